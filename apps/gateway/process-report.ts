import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Type, type Static } from 'typebox';
import { instant, uuid } from '#shared/http/schemas.ts';
import type { QueueDepth } from '#shared/messaging/message.ts';
import { within } from '#shared/platform/within.ts';
import type { MessageFlow } from '#shared/telemetry/message-flow.ts';
import { askAddress } from './ask-service.ts';
import type { Upstream } from './upstreams.ts';

const flowOf = (side: 'from' | 'to', { recent }: MessageFlow) =>
  recent
    .names()
    .filter((name) => name.startsWith(`${side} `))
    .map((name) => {
      const { count, failed } = recent.figures(name, 1);
      return { service: name.slice(side.length + 1), per_minute: count, failed_per_minute: failed };
    });

const flowItem = Type.Object({
  service: Type.String(),
  per_minute: Type.Integer(),
  failed_per_minute: Type.Integer(),
});

const queueItem = Type.Object({
  queue: Type.String(),
  context: Type.String(),
  consumer: Type.Union([Type.String(), Type.Null()], {
    description: '<context>.<reaction>; null for dead letters',
  }),
  ready: Type.Integer({ description: 'messages that nobody has' }),
  unacknowledged: Type.Integer({ description: 'handed to this process, without an answer' }),
  consumers: Type.Integer({ description: 'of all processes' }),
});

/** What a process knows of itself. */
export const processReportSchema = Type.Object({
  name: Type.String(),
  pid: Type.Integer(),
  uptime_seconds: Type.Integer(),
  memory_bytes: Type.Integer(),
  memory_limit_bytes: Type.Integer(),
  heap_bytes: Type.Integer(),
  heap_limit_bytes: Type.Integer(),
  messages_per_minute: Type.Integer(),
  delivery_p95_ms: Type.Union([Type.Number(), Type.Null()]),
  publishers: Type.Array(flowItem),
  consumers: Type.Array(flowItem),
  broker: Type.String({
    enum: ['none', 'there', 'away'],
    description: 'none: messages stay in this process, whose outbox is all that waits',
  }),
  queues: Type.Array(queueItem, { description: 'at the broker, of the consumers here' }),
  failures: Type.Array(
    Type.Object({
      message_id: uuid,
      correlation_id: uuid,
      type: Type.String(),
      consumer: Type.String(),
      attempts: Type.Integer(),
      error: Type.String(),
      at: instant,
    }),
  ),
});

export type ProcessReport = Static<typeof processReportSchema>;

/** A broker that does not answer sooner is away for who looks. */
const depthsMs = 1_500;

/** What a process may use: its container's, or the machine's. */
const memoryLimit = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
};

/** What waits at the broker; undefined where there is none. */
export type AskDepths = (() => Promise<readonly QueueDepth[]>) | undefined;

type QueueReport = Pick<ProcessReport, 'broker' | 'queues'>;

const queuesOf = async (depths: AskDepths): Promise<QueueReport> => {
  if (!depths) return { broker: 'none', queues: [] };
  try {
    return { broker: 'there', queues: [...(await within(depthsMs, depths()))] };
  } catch {
    return { broker: 'away', queues: [] };
  }
};

/** This process with its queues, which the broker is asked for. */
export const wholeReportHere = async (
  name: string,
  flow: MessageFlow,
  depths: AskDepths,
): Promise<ProcessReport> => ({ ...reportHere(name, flow), ...(await queuesOf(depths)) });

export const reportHere = (name: string, flow: MessageFlow): ProcessReport => {
  const heap = getHeapStatistics();
  const all = flow.recent.figures('all', 5);
  return {
    name,
    pid: process.pid,
    uptime_seconds: Math.round(process.uptime()),
    memory_bytes: process.memoryUsage.rss(),
    memory_limit_bytes: memoryLimit(),
    heap_bytes: heap.used_heap_size,
    heap_limit_bytes: heap.heap_size_limit,
    messages_per_minute: flow.recent.figures('all', 1).count,
    delivery_p95_ms: all.p95,
    publishers: flowOf('from', flow),
    consumers: flowOf('to', flow),
    broker: 'none',
    queues: [],
    failures: [...flow.failures()],
  };
};

/** Of the two that a process can run out of, the one that is nearer. */
export const memoryShare = (report: ProcessReport): number =>
  Math.max(
    report.memory_bytes / report.memory_limit_bytes,
    report.heap_bytes / report.heap_limit_bytes,
  );

/** Of every replica of a service that answers; asked as the caller. */
export const reportsElsewhere = async (
  upstream: Upstream,
  authorization: string | undefined,
): Promise<readonly ProcessReport[]> => {
  const path = '/api/v1/admin/system/process';
  const answers = await Promise.allSettled(
    upstream
      .candidates()
      .map(({ url }) => askAddress(url, path, { authorization, withinMs: 2_000 })),
  );
  return answers.flatMap((answer) =>
    answer.status === 'fulfilled' && answer.value.status === 200
      ? [{ ...(answer.value.body as ProcessReport), name: upstream.context }]
      : [],
  );
};
