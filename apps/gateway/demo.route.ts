import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { instant, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { reasonsToStay } from '../demo/clear/what-stays.ts';
import type { Heads } from '../demo/clear/reseal.ts';
import type { DemoData } from '../demo/demo-data.ts';

const tags = ['operation'];
const count = Type.Integer({ minimum: 0 });
const counts = { products: count, orders: count, people: count };

const demoSchema = Type.Object({
  is_there: Type.Boolean({ description: 'an example is there that can be taken away' }),
  is_being_filled: Type.Boolean({ description: 'it comes as a whole, within about a minute' }),
  ...counts,
  products_changed: Type.Integer({ minimum: 0, description: 'since; they go all the same' }),
  filled_at: Type.Union([instant, Type.Null()]),
});
const clearedSchema = Type.Object({
  removed: Type.Object(counts),
  kept: Type.Array(
    Type.Object({
      kind: Type.String({ enum: ['product', 'order', 'account', 'category'] }),
      reason: Type.String({ enum: [...reasonsToStay], description: 'what needs it' }),
      count,
    }),
  ),
});

const none = { products: 0, orders: 0, people: 0 };

type Json = Readonly<Record<string, unknown>>;
type Ask = (method: 'GET' | 'DELETE', path: string) => Promise<Json>;

/** Asks this server as who asked it. */
const asker =
  (app: FastifyInstance, authorization: string | undefined): Ask =>
  async (method, path) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: authorization === undefined ? {} : { authorization },
    });
    // Somebody else may have archived it: then it is as it should be.
    const isDone = answer.statusCode < 400 || (method === 'DELETE' && answer.statusCode === 404);
    if (!isDone) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
    return answer.statusCode === 200 ? answer.json<Json>() : {};
  };

/** Rows that leave must not take the trace of a change with them: both chains are checked to the end. */
const readSoundHeads = async (ask: Ask): Promise<Heads> => {
  const [ledger, audit] = await Promise.all([
    ask('GET', '/ledger/verify'),
    ask('GET', '/admin/audit/verify'),
  ]);
  if (ledger['is_sound'] !== true || audit['is_sound'] !== true)
    throw httpError('example_books_unsound');
  return {
    ledger_head: ledger['head'] as string | null,
    audit_head: audit['head'] as string | null,
  };
};

/**
 * No context has the right to take rows of others away, only who owns the database: without `demo`, as in the
 * split, there is no example.
 */
export const demoRoutes =
  (demo: DemoData | undefined, log: Logger): Routes =>
  async (app) => {
    const finish = async (ask: Ask): Promise<void> =>
      demo?.finish(async (id) => void (await ask('DELETE', `/products/${id}`)));

    app.get(
      '/api/v1/admin/demo',
      {
        config: { access: { roles: ['admin'] } },
        schema: {
          operationId: 'getDemo',
          summary: 'What the example brought, as far as it can be taken away',
          tags,
          response: { 200: demoSchema },
        },
      },
      async (_, reply) => {
        const found = await demo?.count();
        return reply.header('cache-control', 'no-store').send({
          is_there: found !== undefined,
          is_being_filled: !found && (await demo?.isBeingFilled()) === true,
          products: found?.products ?? 0,
          orders: found?.orders ?? 0,
          people: found?.people ?? 0,
          products_changed: found?.productsChanged ?? 0,
          filled_at: found?.filledAt.toISOString() ?? null,
        });
      },
    );

    app.delete(
      '/api/v1/admin/demo',
      {
        config: { access: { roles: ['admin'] }, isStepUp: true },
        schema: {
          operationId: 'clearDemo',
          summary: 'Takes the example away, with what happened to it alone, and nothing else',
          tags,
          body: Type.Union([strict({}), Type.Null()]),
          response: { 200: clearedSchema },
        },
      },
      async (request) => {
        if (!demo) return { removed: none, kept: [] };
        const ask = asker(app, request.headers.authorization);
        const { id } = requirePrincipal(request);
        const by = { id, ip: request.ip, userAgent: request.headers['user-agent'] ?? null };
        const result = await demo.clear(by, await readSoundHeads(ask));
        if (result.outcome === 'busy') throw httpError('example_busy');
        if (result.outcome === 'own_account') throw httpError('example_own_account');
        await finish(ask);
        if (result.outcome !== 'cleared') return { removed: none, kept: [] };
        const { removed, kept } = result;
        log.info({ removed, kept }, 'the example was taken away');
        return { removed, kept: [...kept] };
      },
    );
  };
