import { Type, type Static } from 'typebox';
import { instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { askAddress, Away } from './ask-service.ts';
import { collect } from './event-sources.ts';
import { partialPage } from './partial-page.ts';
import { contextAt } from './routing.ts';
import type { Upstream } from './upstreams.ts';

const levels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
type Level = (typeof levels)[number];

const recordSchema = Type.Object({
  time: instant,
  level: Type.String({ enum: [...levels] }),
  service: Type.String(),
  message: Type.String(),
  correlation_id: Type.Union([Type.String(), Type.Null()]),
  fields: Type.Record(Type.String(), Type.Unknown()),
});
export type LogRecord = Static<typeof recordSchema>;

export type LogQuery = Readonly<{
  service: string | null;
  /** This and what is worse. */
  level: Level;
  /** Of a process, a request or a message: whatever record names it. */
  correlationId: string | null;
  limit: number;
}>;

/** The newest records of one process, or of all replicas of a service; elsewhere it raises `Away`. */
export type LogSource = Readonly<{
  name: string;
  logs: (query: LogQuery, authorization?: string) => Promise<readonly LogRecord[]>;
}>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Whose record it is: as it says itself, by the consumer it tells of, or by the route. */
const serviceOf = (fields: Readonly<Record<string, unknown>>): string =>
  text(fields['context']) ??
  text(fields['consumer'])?.split('.', 1)[0] ??
  contextAt(text(fields['route']) ?? '', text(fields['method']) ?? 'GET') ??
  'gateway';

const readRecord = (line: string): LogRecord | undefined => {
  try {
    const { time, level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const known = levels.find((one) => one === level);
    if (known === undefined || typeof time !== 'string') return undefined;
    const correlationId = text(fields['correlation_id']) ?? text(fields['request_id']) ?? null;
    return {
      time,
      level: known,
      service: serviceOf(fields),
      message: text(msg) ?? '',
      correlation_id: correlationId,
      fields,
    };
  } catch {
    return undefined;
  }
};

/** The records that `query` asks for among `lines`, the newest first. */
export const findRecords = (
  lines: readonly string[],
  { service, level, correlationId, limit }: LogQuery,
): readonly LogRecord[] => {
  const found: LogRecord[] = [];
  for (let i = lines.length - 1; i >= 0 && found.length < limit; i--) {
    const line = lines[i]!;
    if (correlationId !== null && !line.includes(correlationId)) continue;
    const record = readRecord(line);
    if (!record || levels.indexOf(record.level as Level) < levels.indexOf(level)) continue;
    if (service === null || record.service === service) found.push(record);
  }
  return found;
};

export const logsHere = (lines: () => readonly string[]): LogSource => ({
  name: 'here',
  logs: async (query) => findRecords(lines(), query),
});

export const logsElsewhere = (upstream: Upstream): LogSource => ({
  name: upstream.context,
  async logs({ service, level, correlationId, limit }, authorization) {
    const query = new URLSearchParams({ level, limit: String(limit) });
    if (service !== null) query.set('service', service);
    if (correlationId !== null) query.set('correlation_id', correlationId);
    const path = `/api/v1/admin/logs?${query.toString()}`;
    const answers = await Promise.all(
      upstream.candidates().map(({ url }) => askAddress(url, path, { authorization })),
    ).catch((error: unknown) => {
      throw new Away(`${upstream.context} does not answer`, { cause: error });
    });
    if (answers.some(({ status }) => status !== 200))
      throw new Away(`${upstream.context} does not tell`);
    return answers.flatMap(({ body }) => (body as { items: readonly LogRecord[] }).items);
  },
});

/** What processes have logged lately: the newest lines, which each keeps in its memory. */
export const logRoutes =
  (sources: readonly LogSource[]): Routes =>
  async (app) => {
    app.get(
      '/api/v1/admin/logs',
      {
        config: { access: { roles: ['admin'] } },
        schema: {
          operationId: 'listLogs',
          summary: 'The newest records of the logs of all processes',
          tags: ['operation'],
          querystring: strict({
            service: Type.Optional(Type.String({ pattern: '^[a-z]{1,40}$' })),
            level: Type.Optional(Type.String({ enum: [...levels], default: 'info' })),
            correlation_id: Type.Optional(uuid),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
          }),
          response: { 200: partialPage(recordSchema) },
        },
      },
      async (request, reply) => {
        const { service = null, level = 'info', limit = 100 } = request.query;
        const query: LogQuery = {
          service,
          level: level as Level,
          correlationId: request.query.correlation_id ?? null,
          limit,
        };
        const found = await collect(sources, (source) =>
          source.logs(query, request.headers.authorization),
        );
        const items = found.items
          .toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))
          .slice(0, limit);
        return reply
          .header('cache-control', 'no-store')
          .send({ ...found, items, next_cursor: null });
      },
    );
  };
