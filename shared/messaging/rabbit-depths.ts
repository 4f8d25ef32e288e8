import type { Connection } from 'rabbitmq-client';
import type { QueueDepth } from './message.ts';
import type { Consuming } from './rabbit-session.ts';
import { ownerOf } from './rabbit-topology.ts';

/**
 * Asks the broker how much waits in the queues that are consumed here: a declaration that makes
 * nothing, on a channel of its own, which a queue that is away costs. A broker that is away is an error.
 */
export const createRabbitDepths = (
  options: Readonly<{
    connection: Connection;
    consumers: readonly Consuming[];
    /** Whoever looks at a page asks every few seconds; several of them share an answer. */
    keptMs: number;
  }>,
): (() => Promise<readonly QueueDepth[]>) => {
  const { connection, consumers, keptMs } = options;
  let kept: Readonly<{ at: number; answer: Promise<readonly QueueDepth[]> }> | undefined;

  const ask = async (): Promise<readonly QueueDepth[]> => {
    if (!connection.ready) throw new Error('the broker is away');
    const channel = await connection.acquire();
    try {
      const depths: QueueDepth[] = [];
      for (const { queue, held } of consumers) {
        const { messageCount, consumerCount } = await channel.queueDeclare({
          queue,
          passive: true,
        });
        depths.push({
          queue,
          ...ownerOf(queue),
          ready: messageCount,
          unacknowledged: held(),
          consumers: consumerCount,
        });
      }
      return depths;
    } finally {
      await channel.close();
    }
  };

  return () => {
    const now = performance.now();
    if (!kept || now - kept.at > keptMs) kept = { at: now, answer: ask() };
    return kept.answer;
  };
};
