import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buyerCount } from './buyers.ts';
import { demoProducts } from './catalogue.ts';
import {
  dayMs,
  historyDays,
  hourMs,
  minuteMs,
  planOrders,
  startOfDay,
  unitsSold,
  zoneMsOf,
} from './order-plan.ts';

const now = new Date('2026-11-22T16:40:00.000Z');
const bogota = -5 * hourMs;
const plan = (at: Date, seed?: number) =>
  planOrders({
    products: demoProducts,
    buyerCount,
    now: at,
    zoneMs: bogota,
    ...(seed === undefined ? {} : { seed }),
  });

describe('the plan of demo orders', () => {
  const stories = plan(now);

  it('is a month of a small shop with every kind of end', () => {
    assert.ok(stories.length >= 130 && stories.length <= 220, `${stories.length}`);
    const days = new Set(stories.map(({ placedAt }) => startOfDay(placedAt, bogota).getTime()));
    assert.ok(days.size >= historyDays, `${days.size} days`);
    const steps = new Set(stories.flatMap((story) => story.steps.map(({ does }) => does)));
    assert.equal(steps.size, 8, [...steps].join());
    const buyers = new Set(stories.map(({ buyer }) => buyer));
    assert.ok(buyers.size >= 18, `${buyers.size} buyers`);
  });

  it('is the same for everybody, moved along with the calendar', () => {
    const shape = (one: ReturnType<typeof plan>) =>
      one.map(({ buyer, lines }) => ({ buyer, lines }));
    assert.deepEqual(shape(plan(now)), shape(stories));
    const later = plan(new Date(now.getTime() + dayMs));
    assert.notDeepEqual(later[0]!.placedAt, stories[0]!.placedAt);
  });

  it('has nothing ahead of now, and each step after the one before', () => {
    // At any time of the day and the week, for other shops too.
    for (let hour = 0; hour < 24 * 7; hour += 5)
      for (const { placedAt, steps } of plan(
        new Date(now.getTime() + hour * 60 * minuteMs),
        hour,
      )) {
        const times = [placedAt, ...steps.map((step) => step.at)].map(Number);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        assert.ok(times.at(-1)! < now.getTime() + hour * 60 * minuteMs);
      }
  });

  it('never sells what is not on the shelf, whatever day and hour the shop is opened', () => {
    const atTheEnd = new Map(
      demoProducts.flatMap(({ variants }) =>
        variants.map(({ sku, stock }) => [sku, stock] as const),
      ),
    );
    for (let hour = 0; hour < 24 * 35; hour += 5) {
      const all = plan(new Date(now.getTime() + hour * 60 * minuteMs));
      const shelf = new Map(atTheEnd);
      for (const [sku, quantity] of unitsSold(all)) shelf.set(sku, shelf.get(sku)! + quantity);
      const moves = all.flatMap(({ lines, placedAt, steps }) => [
        { at: placedAt, lines, sign: -1 },
        ...steps
          .filter(({ does }) => ['be_declined', 'expire', 'cancel'].includes(does))
          .map(({ at }) => ({ at, lines, sign: 1 })),
      ]);
      for (const { lines, sign, at } of moves.toSorted((a, b) => Number(a.at) - Number(b.at)))
        for (const { sku, quantity } of lines) {
          shelf.set(sku, shelf.get(sku)! + sign * quantity);
          assert.ok(shelf.get(sku)! >= 0, `${sku} at ${at.toISOString()}, seen ${hour} h later`);
        }
      assert.deepEqual(shelf, atTheEnd);
    }
  });

  it('pays within the time to pay, and expires after it', () => {
    for (const { placedAt, steps } of stories) {
      const [first] = steps;
      const waited = first ? first.at.getTime() - placedAt.getTime() : 0;
      if (first?.does === 'expire') assert.ok(waited > 15 * minuteMs);
      else assert.ok(waited < 15 * minuteMs);
    }
  });

  it('sells what exists, and each order has no SKU twice', () => {
    const skus = new Set(demoProducts.flatMap((one) => one.variants.map(({ sku }) => sku)));
    for (const { lines } of stories) {
      assert.ok(lines.length > 0);
      assert.equal(new Set(lines.map(({ sku }) => sku)).size, lines.length);
      for (const { sku, quantity } of lines) assert.ok(skus.has(sku) && quantity > 0);
    }
    for (const units of unitsSold(stories).values()) assert.ok(units > 0);
  });
});

describe('the clocks of a country', () => {
  it('are as far from UTC as they are on that day', () => {
    for (const [zone, at, hours] of [
      ['America/Bogota', '2026-11-22T16:40:00Z', -5],
      ['America/Santiago', '2026-11-22T16:40:00Z', -3],
      ['America/Santiago', '2026-06-22T16:40:00Z', -4],
      ['Asia/Kathmandu', '2026-06-22T16:40:00Z', 5.75],
      ['UTC', '2026-06-22T16:40:00Z', 0],
    ] as const)
      assert.equal(zoneMsOf(zone, new Date(at)), hours * hourMs, `${zone} ${at}`);
    const midnight = startOfDay(new Date('2026-11-23T02:59:00Z'), -3 * hourMs);
    assert.equal(midnight.toISOString(), '2026-11-22T03:00:00.000Z');
  });
});
