import { Type } from 'typebox';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import {
  amount,
  currency,
  idParams,
  instant,
  page,
  pageQuery,
  strict,
  uuid,
} from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Reconcile, ResolveDifference } from '../application/commands/reconcile.ts';
import type { Difference, Reconciliation } from '../application/reconciliation.ts';

const tags = ['payments'];
const config = { access: { roles: ['admin'] }, scope: 'ledger:read' } as const;
const nullable = <T extends typeof uuid>(schema: T) => Type.Union([schema, Type.Null()]);

const differenceSchema = Type.Object({
  id: uuid,
  provider: Type.String(),
  kind: Type.String({
    examples: ['missing_here', 'missing_there', 'amount_differs', 'withdrawal', 'payout'],
  }),
  matter: Type.String(),
  reference: Type.Union([Type.String(), Type.Null()]),
  currency,
  provider_amount: Type.Union([amount, Type.Null()]),
  booked_amount: Type.Union([amount, Type.Null()]),
  entry_id: nullable(uuid),
  payment_id: nullable(uuid),
  payout_id: nullable(uuid),
  occurred_at: instant,
  found_at: instant,
  age_hours: Type.Integer({ minimum: 0 }),
  state: Type.String(),
  note: Type.Union([Type.String(), Type.Null()]),
  resolved_by: nullable(uuid),
  resolved_at: Type.Union([instant, Type.Null()]),
});

const toJson = (one: Difference, now: Date) => {
  const write = (minor: bigint | null) =>
    minor === null ? null : formatAmount(minor, one.currency);
  return {
    id: one.id,
    provider: one.provider,
    kind: one.kind,
    matter: one.matter,
    reference: one.reference,
    currency: one.currency,
    provider_amount: write(one.providerMinor),
    booked_amount: write(one.bookedMinor),
    entry_id: one.entryId,
    payment_id: one.paymentId,
    payout_id: one.payoutId,
    occurred_at: one.occurredAt,
    found_at: one.foundAt,
    age_hours: Math.max(0, Math.floor((now.getTime() - Date.parse(one.occurredAt)) / 3_600_000)),
    state: one.state,
    note: one.note,
    resolved_by: one.resolvedBy,
    resolved_at: one.resolvedAt,
  };
};

const states = ['open', 'explained', 'corrected', 'booked', 'matched'] as const;
const listSchema = {
  operationId: 'listReconciliationDifferences',
  summary: 'What a provider and the books say differently, oldest first',
  tags,
  querystring: strict({
    ...pageQuery,
    state: Type.Optional(
      Type.Union(
        states.map((state) => Type.Literal(state)),
        { default: 'open' },
      ),
    ),
  }),
  response: { 200: page(differenceSchema) },
};

const resolveSchema = {
  operationId: 'resolveReconciliationDifference',
  summary: 'Says why a difference is none, that it was corrected, or has a withdrawal booked',
  tags,
  params: idParams,
  body: strict({
    state: Type.Union([
      Type.Literal('explained'),
      Type.Literal('corrected'),
      // Only of what went to a bank by hand: kinds `withdrawal` and `payout`.
      Type.Literal('booked'),
    ]),
    note: Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' }),
  }),
  response: { 200: differenceSchema },
};

const runSchema = {
  operationId: 'runReconciliation',
  summary: 'Holds what the providers moved against the books now; it also runs every hour',
  tags,
  body: strict({ from: Type.Optional(instant), to: Type.Optional(instant) }),
  response: {
    200: Type.Object({
      runs: Type.Array(
        Type.Object({
          provider: Type.String(),
          from: instant,
          to: instant,
          movements: Type.Integer(),
          differences: Type.Integer(),
        }),
      ),
    }),
  },
};

export const reconciliationRoutes =
  (
    handlers: Readonly<{
      reconciliation: Pick<Reconciliation, 'list'>;
      reconcile: Reconcile;
      resolveDifference: ResolveDifference;
    }>,
    clock: () => Date,
  ): Routes =>
  async (app) => {
    app.get(
      '/reconciliation/differences',
      { config, schema: listSchema },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const { limit = 20, cursor, state = 'open' } = request.query;
        const [occurredAt, id] = cursor
          ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
          : [];
        const found = await handlers.reconciliation.list({
          state,
          limit: limit + 1,
          ...(occurredAt && id
            ? { after: { occurredAt: String(occurredAt), id: String(id) } }
            : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return {
          items: items.map((one) => toJson(one, clock())),
          next_cursor:
            found.length > limit && last ? encodeCursor([last.occurredAt, last.id]) : null,
        };
      },
    );

    app.post(
      '/reconciliation/differences/:id/resolve',
      { config: { access: { roles: ['admin'] } }, schema: resolveSchema },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const by = requirePrincipal(request).id;
        const how = { ...request.body, by };
        return toJson(await handlers.resolveDifference(request.params.id, how), clock());
      },
    );

    app.post(
      '/reconciliation/runs',
      { config: { access: { roles: ['admin'] } }, schema: runSchema },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const { from, to } = request.body;
        const runs = await handlers.reconcile({
          ...(from === undefined ? {} : { from: new Date(from) }),
          ...(to === undefined ? {} : { to: new Date(to) }),
        });
        return { runs: [...runs] };
      },
    );
  };
