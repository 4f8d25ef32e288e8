import { Type } from 'typebox';
import { instant, page, strict, uuid } from '#shared/http/schemas.ts';
import { httpError } from '#shared/http/errors.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import { outboxColumns, readMessage, type OutboxRow } from '#shared/messaging/outbox.ts';
import type { RunningContext } from '#shared/platform/run.ts';

const eventSchema = Type.Object({
  id: uuid,
  source: Type.String(),
  type: Type.String(),
  subject: Type.String(),
  time: instant,
  aggregate_version: Type.Integer(),
  correlation_id: uuid,
  causation_id: Type.Union([uuid, Type.Null()]),
  data: Type.Unknown(),
  sent_at: Type.Union([instant, Type.Null()]),
});

const letterSchema = Type.Object({
  id: uuid,
  context: Type.String(),
  consumer: Type.String(),
  message: Type.Unknown(),
  error: Type.String(),
  attempts: Type.Integer(),
  died_at: instant,
  replayed_at: Type.Union([instant, Type.Null()]),
});

const eventsSql = `select ${outboxColumns}, sent_at from outbox
  where ($1::uuid is null or correlation_id = $1)
    and ($2::text is null or type like $2)
    and ($3::timestamptz is null or time > $3)
  order by case when $4 then time end asc, time desc, seq desc limit $5`;

const config = { access: { roles: ['admin'] } } as const;
const tags = ['operation'];

/** `order.*` and `orders.order-*` are patterns of types; what LIKE means by % and _ is not. */
const toLike = (pattern: string): string =>
  pattern.replaceAll(/[%_\\]/g, String.raw`\$&`).replaceAll('*', '%');

/** The chain of events behind what somebody sees, and what no consumer could take. */
export const eventRoutes =
  (contexts: () => readonly RunningContext[]): Routes =>
  async (app) => {
    app.get(
      '/api/v1/admin/events',
      {
        config,
        schema: {
          operationId: 'listEvents',
          summary: 'Integration events of all contexts: of one process, of a type, or after a time',
          tags,
          querystring: strict({
            correlation_id: Type.Optional(uuid),
            type: Type.Optional(Type.String({ pattern: '^[a-z0-9.*-]{1,80}$' })),
            after: Type.Optional(instant),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
          }),
          response: { 200: page(eventSchema) },
        },
      },
      async (request, reply) => {
        const {
          correlation_id: correlationId = null,
          type,
          after = null,
          limit = 100,
        } = request.query;
        // A chain is read from its beginning, news from the newest.
        const isChain = correlationId !== null || after !== null;
        const values = [correlationId, type ? toLike(type) : null, after, isChain, limit];
        const found = await Promise.all(
          contexts().map(async ({ name, pool }) => {
            const { rows } = await pool.query<OutboxRow & { sent_at: Date | null }>(
              eventsSql,
              values,
            );
            return rows.map((row) => ({
              ...readMessage(row, `/${name}`),
              sent_at: row.sent_at?.toISOString() ?? null,
            }));
          }),
        );
        const sign = isChain ? 1 : -1;
        const items = found
          .flat()
          .toSorted((a, b) =>
            a.time === b.time ? (a.id < b.id ? -sign : sign) : a.time < b.time ? -sign : sign,
          )
          .slice(0, limit);
        return reply.header('cache-control', 'no-store').send({ items, next_cursor: null });
      },
    );

    app.get(
      '/api/v1/admin/events/dead-letters',
      {
        config,
        schema: {
          operationId: 'listDeadLetters',
          summary: 'Messages that no retry saved, newest first',
          tags,
          querystring: strict({
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
          }),
          response: { 200: page(letterSchema) },
        },
      },
      async (request, reply) => {
        const limit = request.query.limit ?? 50;
        const lists = await Promise.all(
          contexts().map(({ deadLetters }) => deadLetters.list({ limit })),
        );
        return reply
          .header('cache-control', 'no-store')
          .send({ items: lists.flat().slice(0, limit), next_cursor: null });
      },
    );

    app.post(
      '/api/v1/admin/events/dead-letters/:id/replay',
      {
        config,
        schema: {
          operationId: 'replayDeadLetter',
          summary: 'Hands a dead letter to its consumer again',
          tags,
          params: strict({ id: uuid }),
          body: Type.Union([strict({}), Type.Null()]),
          response: {
            200: Type.Object({
              result: Type.String(),
              error: Type.Union([Type.String(), Type.Null()]),
            }),
          },
        },
      },
      async (request) => {
        for (const { deadLetters } of contexts()) {
          const result = await deadLetters.replay(request.params.id);
          if (result === 'taken') return { result, error: null };
          if (result !== 'not_found') return { result: 'failed', error: result.error };
        }
        throw httpError('not_found');
      },
    );
  };

const mailSchema = Type.Object({
  id: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.Union([Type.String(), Type.Null()]),
  sent_at: Type.String(),
});

/** The captured mailbox of an installation without an SMTP server. */
export const mailRoutes =
  (mailbox: CapturedMail): Routes =>
  async (app) => {
    app.get(
      '/api/v1/admin/mails',
      {
        config,
        schema: {
          operationId: 'listMails',
          summary: 'Mails that would have been sent, newest first',
          tags,
          querystring: strict({
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
          }),
          response: { 200: page(mailSchema) },
        },
      },
      async (request, reply) => {
        const mails = await mailbox.list(request.query.limit ?? 20);
        const items = mails.map(({ id, to, subject, text, html = null, at }) => ({
          id,
          to,
          subject,
          text,
          html,
          sent_at: at,
        }));
        return reply.header('cache-control', 'no-store').send({ items, next_cursor: null });
      },
    );
  };
