import { outboxColumns, readMessage, type OutboxRow } from '#shared/messaging/outbox.ts';
import type { DeadLetter } from '#shared/messaging/dead-letters.ts';
import type { Message } from '#shared/messaging/message.ts';
import type { RunningContext } from '#shared/platform/run.ts';
import { askService, Away, type Question } from './ask-service.ts';
import type { Upstream } from './upstreams.ts';

type SentMessage = Message & Readonly<{ sent_at: string | null }>;

export type EventsQuery = Readonly<{
  correlationId: string | null;
  /** A type, or a pattern of them with `*`. */
  type: string | null;
  after: string | null;
  /** From the beginning instead of from the newest. */
  isChain: boolean;
  limit: number;
}>;

/**
 * What one context, here or elsewhere, has of events. `authorization` is the caller's own header.
 * Elsewhere all of it raises `Away` when nobody answers.
 */
export type EventSource = Readonly<{
  name: string;
  events: (query: EventsQuery, authorization?: string) => Promise<readonly SentMessage[]>;
  deadLetters: (limit: number, authorization?: string) => Promise<readonly DeadLetter[]>;
  replay: (
    id: string,
    authorization?: string,
  ) => Promise<'taken' | 'not_found' | Readonly<{ error: string }>>;
}>;

const eventsSql = `select ${outboxColumns}, sent_at from outbox
  where ($1::uuid is null or correlation_id = $1)
    and ($2::text is null or type like $2)
    and ($3::timestamptz is null or time > $3)
  order by case when $4 then time end asc, time desc, seq desc limit $5`;

/** `order.*` and `orders.order-*` are patterns of types; what LIKE means by % and _ is not. */
const toLike = (pattern: string): string =>
  pattern.replaceAll(/[%_\\]/g, String.raw`\$&`).replaceAll('*', '%');

export const sourceHere = ({ name, pool, deadLetters }: RunningContext): EventSource => ({
  name,
  async events({ correlationId, type, after, isChain, limit }) {
    const { rows } = await pool.query<OutboxRow & { sent_at: Date | null }>(eventsSql, [
      correlationId,
      type === null ? null : toLike(type),
      after,
      isChain,
      limit,
    ]);
    return rows.map((row) => ({
      ...readMessage(row, `/${name}`),
      sent_at: row.sent_at?.toISOString() ?? null,
    }));
  },
  deadLetters: (limit) => deadLetters.list({ limit }),
  replay: (id) => deadLetters.replay(id),
});

const root = '/api/v1/admin/events';

/** A context of other processes: each of its replicas reads the same database. */
export const sourceElsewhere = (upstream: Upstream): EventSource => {
  const list = async <Item>(path: string, question: Question): Promise<readonly Item[]> => {
    const { status, body } = await askService(upstream, path, question);
    if (status !== 200) throw new Away(`${upstream.context} answers ${status}`);
    return (body as { items: readonly Item[] }).items;
  };
  return {
    name: upstream.context,
    events({ correlationId, type, after, limit }, authorization) {
      const query = new URLSearchParams({ limit: String(limit) });
      if (correlationId !== null) query.set('correlation_id', correlationId);
      if (type !== null) query.set('type', type);
      if (after !== null) query.set('after', after);
      return list(`${root}?${query.toString()}`, { authorization });
    },
    deadLetters: (limit, authorization) =>
      list(`${root}/dead-letters?limit=${limit}`, { authorization }),
    async replay(id, authorization) {
      // What a reaction does may take its time; it is handed over once, whoever asks again.
      const { status, body } = await askService(upstream, `${root}/dead-letters/${id}/replay`, {
        method: 'POST',
        authorization,
        withinMs: 25_000,
      });
      if (status === 404) return 'not_found';
      if (status !== 200) throw new Away(`${upstream.context} answers ${status}`);
      const { result, error } = body as { result: string; error: string | null };
      return result === 'taken' ? 'taken' : { error: error ?? 'failed' };
    },
  };
};

/** What all sources answer, and the names of those that are away. Their other errors are raised. */
export const collect = async <Source extends { name: string }, Item>(
  sources: readonly Source[],
  ask: (source: Source) => Promise<readonly Item[]>,
): Promise<{ items: readonly Item[]; missing?: string[] }> => {
  const missing: string[] = [];
  const lists = await Promise.all(
    sources.map(async (source) => {
      try {
        return await ask(source);
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        missing.push(source.name);
        return [];
      }
    }),
  );
  return { items: lists.flat(), ...(missing.length > 0 ? { missing } : {}) };
};
