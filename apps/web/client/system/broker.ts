import type { System } from './use-system.ts';

type Queue = System['processes'][number]['queues'][number];

/** The queues of all processes: `none` where messages never leave the one that there is. */
export type Broker = Readonly<{
  state: 'none' | 'there' | 'away';
  queues: readonly Queue[];
}>;

/**
 * Replicas see the same queue: what waits in it is counted once, what each has in hand is added. Queues
 * with most to do stand first, dead letters before all.
 */
export const brokerOf = ({ processes }: Pick<System, 'processes'>): Broker => {
  const served = processes.filter(({ broker }) => broker !== 'none');
  const byName = new Map<string, Queue>();
  for (const queue of served.flatMap(({ queues }) => queues)) {
    const known = byName.get(queue.queue);
    byName.set(queue.queue, {
      ...queue,
      ready: Math.max(queue.ready, known?.ready ?? 0),
      consumers: Math.max(queue.consumers, known?.consumers ?? 0),
      unacknowledged: queue.unacknowledged + (known?.unacknowledged ?? 0),
    });
  }
  const weigh = ({ consumer, ready, unacknowledged }: Queue): number =>
    ready + unacknowledged === 0 ? 0 : consumer === null ? Infinity : ready + unacknowledged;
  return {
    state:
      served.length === 0
        ? 'none'
        : served.some(({ broker }) => broker === 'away')
          ? 'away'
          : 'there',
    queues: [...byName.values()].toSorted(
      (a, b) => (weigh(b) === weigh(a) ? 0 : weigh(b) - weigh(a)) || (a.queue < b.queue ? -1 : 1),
    ),
  };
};
