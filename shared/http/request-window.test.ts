import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRequestWindow } from './request-window.ts';

describe('createRequestWindow', () => {
  it('lets as many pass as the limit says, each key for itself, and again after its time', () => {
    const take = createRequestWindow(2, 1_000);
    assert.deepEqual(take('a', 0), { isOver: false, left: 1, msLeft: 1_000 });
    assert.deepEqual(take('a', 400), { isOver: false, left: 0, msLeft: 600 });
    assert.deepEqual(take('a', 500), { isOver: true, left: 0, msLeft: 500 });
    assert.equal(take('b', 500).isOver, false);
    assert.equal(take('a', 1_000).isOver, false);
  });

  it('holds a bounded number of keys', () => {
    const take = createRequestWindow(1, 1_000_000);
    take('first', 0);
    for (let n = 0; n < 60_000; n++) take(`key ${n}`, 0);
    assert.equal(take('first', 0).isOver, false, 'it was forgotten');
    assert.equal(take('key 59999', 0).isOver, true, 'the newest were not');
  });
});
