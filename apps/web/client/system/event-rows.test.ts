import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptMax, mergeEvents, windowOf, type ShownEvent } from './event-rows.ts';

const event = (n: number, tookMs: number | null = null): ShownEvent => ({
  id: `e${n}`,
  type: 'orders.order-placed.v1',
  source: 'orders',
  time: new Date(n * 1_000).toISOString(),
  correlationId: 'c',
  tookMs,
});

test('the newest stand on top, however they come', () => {
  const rows = mergeEvents([event(3), event(1)], [event(2), event(4)]);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['e4', 'e3', 'e2', 'e1'],
  );
});

test('a tab keeps the newest 500, and no more', () => {
  const known = Array.from({ length: keptMax }, (_, i) => event(i));
  const rows = mergeEvents(known, [event(keptMax), event(keptMax + 1)]);
  assert.equal(rows.length, keptMax);
  assert.equal(rows.at(0)?.id, `e${keptMax + 1}`);
  assert.equal(rows.at(-1)?.id, 'e2');
});

test('how long one took stays known when it is told of again', () => {
  const [first] = mergeEvents([event(1, 12)], [event(1)]);
  assert.equal(first?.tookMs, 12);
  const [second] = mergeEvents([event(1)], [event(1, 12)]);
  assert.equal(second?.tookMs, 12);
});

test('no row that is seen is left out, and few others are drawn', () => {
  for (const top of [-300, 0, 1, 456, 457, 10_000])
    for (const seen of [0, 60, 400, 900]) {
      const { from, to } = windowOf(top, seen, 57);
      const first = Math.floor(Math.max(0, top) / 57);
      const last = Math.ceil((Math.max(0, top) + seen) / 57);
      assert.ok(from <= first, `${from} after ${first}`);
      assert.ok(to >= last, `${to} before ${last}`);
      assert.ok(to - from <= last - first + 40);
    }
});
