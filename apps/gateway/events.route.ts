import { Type } from 'typebox';
import { instant, page, strict, uuid } from '#shared/http/schemas.ts';
import { httpError } from '#shared/http/errors.ts';
import type { Routes } from '#shared/http/server.ts';
import { Away } from './ask-service.ts';
import { collect, type EventSource } from './event-sources.ts';
import { readEventTypes } from './event-types.ts';
import { partialPage } from './partial-page.ts';

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

const typeSchema = Type.Object({
  type: Type.String(),
  owner: Type.String(),
  consumers: Type.Array(Type.String({ description: '<context>.<reaction>' })),
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

const config = { access: { roles: ['admin'] } } as const;
const tags = ['operation'];

/** The chain of events behind what somebody sees, and what no consumer could take. */
export const eventRoutes =
  (sources: () => readonly EventSource[]): Routes =>
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
          response: { 200: partialPage(eventSchema) },
        },
      },
      async (request, reply) => {
        const {
          correlation_id: correlationId = null,
          type = null,
          after = null,
          limit = 100,
        } = request.query;
        // A chain is read from its beginning, news from the newest.
        const isChain = correlationId !== null || after !== null;
        const query = { correlationId, type, after, isChain, limit };
        const found = await collect(sources(), (source) =>
          source.events(query, request.headers.authorization),
        );
        const sign = isChain ? 1 : -1;
        const items = found.items
          .toSorted((a, b) =>
            a.time === b.time ? (a.id < b.id ? -sign : sign) : a.time < b.time ? -sign : sign,
          )
          .slice(0, limit);
        return reply
          .header('cache-control', 'no-store')
          .send({ ...found, items, next_cursor: null });
      },
    );

    app.get(
      '/api/v1/admin/events/types',
      {
        config,
        schema: {
          operationId: 'listEventTypes',
          summary: 'Every integration event: who tells it, and who takes it',
          tags,
          response: { 200: page(typeSchema) },
        },
      },
      async () => {
        const types = await readEventTypes();
        const items = types.map(({ type, owner, consumers }) => ({
          type,
          owner,
          consumers: [...consumers],
        }));
        return { items, next_cursor: null };
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
          response: { 200: partialPage(letterSchema) },
        },
      },
      async (request, reply) => {
        const limit = request.query.limit ?? 50;
        const found = await collect(sources(), (source) =>
          source.deadLetters(limit, request.headers.authorization),
        );
        const items = found.items
          .toSorted((a, b) => (a.died_at < b.died_at ? 1 : -1))
          .slice(0, limit);
        return reply
          .header('cache-control', 'no-store')
          .send({ ...found, items, next_cursor: null });
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
        const { authorization } = request.headers;
        let isAway = false;
        for (const source of sources())
          try {
            const result = await source.replay(request.params.id, authorization);
            if (result === 'taken') return { result, error: null };
            if (result !== 'not_found') return { result: 'failed', error: result.error };
          } catch (error) {
            if (!(error instanceof Away)) throw error;
            isAway = true;
          }
        // It may be with the one that could not be asked.
        if (isAway) throw httpError('unavailable', { retryAfterSeconds: 5 });
        throw httpError('not_found');
      },
    );
  };
