import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extentOf, spansOf, summariesOf, type LogRecord, type StoredEvent } from './spans.ts';

const at = (ms: number): string => new Date(Date.UTC(2026, 10, 20, 12) + ms).toISOString();
const event = (id: string, cause: string | null, from: number, to: number | null): StoredEvent => ({
  id,
  source: cause === null ? '/orders' : '/payments',
  type: 'orders.order-placed.v1',
  subject: 's',
  time: at(from),
  aggregate_version: 1,
  correlation_id: 'p1',
  causation_id: cause,
  data: {},
  sent_at: to === null ? null : at(to),
});
const record = (ms: number, level: LogRecord['level'], fields: object): LogRecord => ({
  time: at(ms),
  level,
  service: 'orders',
  message: 'payment not asked yet',
  correlation_id: 'p1',
  fields: { ...fields },
});
const request = { method: 'POST', route: '/api/v1/orders', status: 201, ms: 30 };

describe('a trace', () => {
  it('begins with the request, and each event stands behind its cause', () => {
    const spans = spansOf(
      [event('b', 'a', 20, 60), event('a', null, 10, 25)],
      [record(30, 'info', request), record(40, 'error', {})],
      new Set(['b']),
    );
    assert.deepEqual(
      spans.map(({ kind, what, depth, isWrong }) => [kind, what, depth, isWrong]),
      [
        ['request', 'POST /api/v1/orders → 201', 0, false],
        ['event', 'order-placed', 0, false],
        ['event', 'order-placed', 1, true],
        ['record', 'payment not asked yet', 0, true],
      ],
    );
    assert.equal(spans[0]!.startsAt, Date.parse(at(0)));
    assert.deepEqual(extentOf(spans), { from: Date.parse(at(0)), ms: 60 });
  });

  it('does not end in events that name each other as their cause', () => {
    const spans = spansOf([event('a', 'b', 0, 1), event('b', 'a', 0, 1)], [], new Set());
    assert.deepEqual(spans.map(({ depth }) => depth).toSorted(), [1, 1]);
  });

  it('is summed up in one line: what began it, where it went, whether it is done', () => {
    const events = [event('b', 'a', 20, 60), event('a', null, 10, 25)];
    const [summary] = summariesOf(events, new Set());
    assert.partialDeepStrictEqual(summary, {
      id: 'p1',
      first: { id: 'a' },
      count: 2,
      services: ['orders', 'payments'],
      ms: 50,
      state: 'done',
    });
    assert.equal(summariesOf([event('c', null, 0, null)], new Set())[0]!.state, 'waiting');
    assert.equal(summariesOf(events, new Set(['p1']))[0]!.state, 'failed');
  });
});
