import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokerOf } from './broker.ts';
import type { System } from './use-system.ts';

const queue = (consumer: string | null, ready: number, unacknowledged: number) => ({
  queue: consumer === null ? 'plaza.dead-letters.orders' : `plaza.${consumer}`,
  context: 'orders',
  consumer,
  ready,
  unacknowledged,
  consumers: 1,
});
const process = (
  broker: 'none' | 'there' | 'away',
  ...queues: ReturnType<typeof queue>[]
): System['processes'][number] => ({
  name: 'orders',
  pid: 1,
  uptime_seconds: 1,
  memory_bytes: 1,
  memory_limit_bytes: 1,
  heap_bytes: 1,
  heap_limit_bytes: 1,
  messages_per_minute: 0,
  delivery_p95_ms: null,
  publishers: [],
  consumers: [],
  failures: [],
  broker,
  queues,
});

describe('the queues of a broker', () => {
  it('count what waits once and add what replicas have in hand, dead letters first', () => {
    const { state, queues } = brokerOf({
      processes: [
        process('none'),
        process('there', queue('orders.a', 5, 2), queue('orders.b', 0, 0), queue(null, 1, 0)),
        process('there', queue('orders.a', 4, 3)),
      ],
    });
    assert.equal(state, 'there');
    assert.deepEqual(
      queues.map((one) => [one.consumer, one.ready, one.unacknowledged]),
      [
        [null, 1, 0],
        ['orders.a', 5, 5],
        ['orders.b', 0, 0],
      ],
    );
  });

  it('are none where all is one process, and away when somebody does not reach them', () => {
    assert.deepEqual(brokerOf({ processes: [process('none')] }), { state: 'none', queues: [] });
    assert.equal(brokerOf({ processes: [process('there'), process('away')] }).state, 'away');
  });
});
