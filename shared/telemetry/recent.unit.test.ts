import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecent } from './recent.ts';

const minuteMs = 60_000;

describe('recent figures', () => {
  it('tell quantiles to within a quarter, and what has failed', () => {
    const recent = createRecent(() => 0);
    for (let ms = 1; ms <= 1_000; ms++) recent.add('orders', ms, ms > 990);
    const { count, failed, p50, p95, p99 } = recent.figures('orders', 15);
    assert.deepEqual([count, failed], [1_000, 10]);
    for (const [found, real] of [
      [p50, 500],
      [p95, 950],
      [p99, 990],
    ] as const)
      assert.ok(found! >= real && found! <= real * 1.25, `${found} for ${real}`);
  });

  it('say nothing of a time without requests, instead of 0 ms', () => {
    const recent = createRecent(() => 0);
    assert.deepEqual(recent.figures('orders', 15), {
      count: 0,
      failed: 0,
      p50: null,
      p95: null,
      p99: null,
    });
  });

  it('forget what is older than asked for, and keep no more than an hour', () => {
    let now = 0;
    const recent = createRecent(() => now);
    recent.add('orders', 5, false);
    now += 4 * minuteMs;
    assert.equal(recent.figures('orders', 5).count, 1);
    assert.equal(recent.figures('orders', 1).count, 0);
    now += 56 * minuteMs;
    recent.add('orders', 5, false);
    assert.equal(recent.figures('orders', 60).count, 1);
  });

  it('cut time into parts, the oldest first', () => {
    let now = 0;
    const recent = createRecent(() => now);
    for (const ms of [10, 20, 40]) {
      recent.add('orders', ms, false);
      now += 5 * minuteMs;
    }
    now -= 10_000;
    const counts = recent.series('orders', 15, 3).map(({ count }) => count);
    assert.deepEqual(counts, [1, 1, 1]);
  });

  it('remember when something went well last', () => {
    let now = minuteMs;
    const recent = createRecent(() => now);
    recent.add('orders', 5, false);
    now += minuteMs;
    recent.add('orders', 5, true);
    assert.equal(recent.lastGood('orders'), minuteMs);
    assert.equal(recent.lastGood('users'), undefined);
  });
});
