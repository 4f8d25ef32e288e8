import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isNothing, lessOf, sumOf, timesOf, typedAmount } from './amounts.ts';

describe('amounts', () => {
  it('add up and multiply to the last digit', () => {
    assert.equal(sumOf(['9007199254740993.10', '0.05']), '9007199254740993.15');
    assert.equal(sumOf(['12', '0.5']), '12.5');
    assert.equal(timesOf('84500.00', 3), '253500.00');
    assert.equal(lessOf('10.00', '12.50'), '-2.50');
    assert.equal(sumOf([]), '0');
    assert.ok(isNothing('0.00') && !isNothing('0.01'));
  });
  it('are read as people write them', () => {
    const typed = ['12.500,50', '12,500.50', '12500.5', '$ 12.500', '12.500', '7,5', '0'];
    assert.deepEqual(typed.map(typedAmount), [
      '12500.50',
      '12500.50',
      '12500.5',
      '12500',
      '12500',
      '7.5',
      '0',
    ]);
    for (const wrong of ['', 'doce', '-5', '1e5', '1.2,3.4x'])
      assert.equal(typedAmount(wrong), undefined);
  });
});
