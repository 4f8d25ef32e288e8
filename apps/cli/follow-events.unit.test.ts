import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEventFollower, type ReadEvents, type ShownEvent } from './follow-events.ts';

const begin = Date.parse('2026-11-22T12:00:00.000Z');
const at = (ms: number): string => new Date(begin + ms).toISOString();
const eventOf = (id: string, ms: number): ShownEvent => ({
  id,
  source: '/orders',
  type: 'orders.order-placed.v1',
  subject: 's',
  time: at(ms),
  correlation_id: 'c',
  data: {},
});

/** The API's list over events that appear when they are committed. */
const createLog = () => {
  const events: ShownEvent[] = [];
  const read: ReadEvents = async (after, limit) =>
    events
      .filter(({ time }) => time > after)
      .toSorted((a, b) => (a.time === b.time ? (a.id < b.id ? -1 : 1) : a.time < b.time ? -1 : 1))
      .slice(0, limit);
  return { events, read };
};
const idsOf = (events: readonly ShownEvent[]): readonly string[] => events.map(({ id }) => id);

describe('following events', () => {
  it('shows none from before it began, and each one once', async () => {
    const { events, read } = createLog();
    events.push(eventOf('old', -5));
    const next = createEventFollower(read, at(0));
    assert.deepEqual(await next(), []);
    events.push(eventOf('a', 10), eventOf('b', 10));
    assert.deepEqual(idsOf(await next()), ['a', 'b']);
    assert.deepEqual(await next(), []);
    events.push(eventOf('c', 10));
    assert.deepEqual(idsOf(await next()), ['c'], 'of the same millisecond');
  });

  it('shows what commits late, behind newer events', async () => {
    const { events, read } = createLog();
    const next = createEventFollower(read, at(0));
    events.push(eventOf('new', 30_000));
    assert.deepEqual(idsOf(await next()), ['new']);
    events.push(eventOf('late', 1_000));
    assert.deepEqual(idsOf(await next()), ['late']);
    assert.deepEqual(await next(), []);
  });

  it('misses none of thousands at once, also where a page ends inside an instant', async () => {
    const { events, read } = createLog();
    const next = createEventFollower(read, at(0));
    for (let i = 0; i < 3_000; i++)
      events.push(eventOf(String(i).padStart(5, '0'), 1 + Math.floor(i / 7)));
    const found = await next();
    assert.equal(found.length, 3_000);
    assert.equal(new Set(idsOf(found)).size, 3_000);
    assert.deepEqual(await next(), []);
  });

  it('forgets what can no longer come again', async () => {
    const { events, read } = createLog();
    const next = createEventFollower(read, at(0));
    for (let i = 0; i < 500; i++) {
      events.push(eventOf(`e${i}`, 1 + i * 1_000));
      assert.deepEqual(idsOf(await next()), [`e${i}`]);
    }
  });
});
