import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gridOf } from './scale.ts';

describe('the lines behind a chart', () => {
  it('begin at nothing, reach over the most, and are five at most', () => {
    for (let most = 0.5; most < 1e9; most *= 1.37) {
      const { top, ticks } = gridOf(most);
      assert.equal(ticks[0], 0);
      assert.equal(ticks.at(-1), top);
      assert.ok(
        top >= most && ticks.length >= 2 && ticks.length <= 5,
        `${most}: ${ticks.join(' ')}`,
      );
    }
  });

  it('of what is counted have no halves', () => {
    for (let most = 0; most < 200; most += 1) {
      const { top, ticks } = gridOf(most, true);
      assert.ok(ticks.every(Number.isInteger) && top >= most, `${most}: ${ticks.join(' ')}`);
      assert.ok(ticks.length <= 5);
    }
  });
});
