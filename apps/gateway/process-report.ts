import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { Type, type Static } from 'typebox';
import { instant, uuid } from '#shared/http/schemas.ts';
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

/** What a process may use: its container's, or the machine's. */
const memoryLimit = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
};

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
