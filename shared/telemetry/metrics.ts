import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { createMessageFlow } from './message-flow.ts';
import { createRecent } from './recent.ts';

const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The numbers of one process, in the names that Prometheus users expect. */
export const createMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const messages = new Counter({
    name: 'plaza_messages_total',
    help: 'Messages taken by a consumer, by result.',
    labelNames: ['consumer', 'result'],
    registers,
  });
  return {
    registry,
    messages,
    /** What the operator page shows of the last hour. */
    requests: createRecent(),
    flow: createMessageFlow(messages),
    httpDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request head to the end of the answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: latencyBuckets,
      registers,
    }),
    outboxPending: new Gauge({
      name: 'plaza_outbox_pending',
      help: 'Messages committed and not yet taken by every consumer.',
      labelNames: ['context'],
      registers,
    }),
    deadLetters: new Gauge({
      name: 'plaza_dead_letters',
      help: 'Messages that no retry saved and nobody has replayed.',
      labelNames: ['context'],
      registers,
    }),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
