import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { authError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { preconditionOf } from '#shared/http/if-match.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { ChangeOrderStatusHandler } from '../application/commands/change-order-status.ts';
import type { HistoryEntry, StoredOrder } from '../application/ports.ts';
import type { ReadOrders } from '../application/queries/read-orders.ts';
import type { FindCaller } from '../application/queries/find-caller.ts';
import { callerOf, causeOf, findCallerOf, orGuest } from './caller.ts';
import {
  formatMoney,
  orderSchema,
  summarySchema,
  toldReason,
  toOrderJson,
  toSummaryJson,
} from './order-json.ts';

const statuses = [
  'pending',
  'awaiting_payment',
  'paid',
  'shipped',
  'delivered',
  'cancelled',
  'failed',
  'partially_refunded',
  'refunded',
] as const;

const listQuery = strict({
  ...pageQuery,
  status: Type.Optional(Type.Union(statuses.map((status) => Type.Literal(status)))),
  view: Type.Optional(
    Type.Union([Type.Literal('bought'), Type.Literal('sold'), Type.Literal('all')], {
      description: 'bought by me (default), with lines I sell, or all (administrators)',
    }),
  ),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'part of a number; among all orders also of the name or e-mail of a buyer',
    }),
  ),
  is_sold: Type.Optional(
    Type.Boolean({ description: 'paid and not cancelled: what sales are summed of' }),
  ),
  buyer_id: Type.Optional(uuid),
  placed_from: Type.Optional(instant),
  placed_before: Type.Optional(instant),
  sort: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('oldest')])),
});

const historySchema = Type.Object({
  items: Type.Array(
    Type.Object({
      version: Type.Integer(),
      type: Type.String(),
      at: instant,
      data: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
});

const trackingSchema = strict({
  carrier: Type.String({ minLength: 1, maxLength: 80 }),
  number: Type.String({ minLength: 1, maxLength: 80, pattern: '^[\\w./ -]+$' }),
});

/** Programs may change an order unread; who sends `If-Match` is told when it is another by now. */
const versionCheckOf = (request: FastifyRequest) =>
  request.headers['if-match'] === undefined ? {} : { checkVersion: preconditionOf(request) };

const hiddenMembers: ReadonlySet<string> = new Set([
  'lines',
  'shipping',
  'buyerId',
  'guestId',
  'orderId',
]);

/** An event's own members in the API's spelling; lines and shipping are in the order itself. */
const toHistoryJson = ({ version, event, recordedAt }: HistoryEntry, isOperator: boolean) => {
  const {
    type,
    at: _,
    ...data
  } = event.type === 'OrderCancelled'
    ? { ...event, reason: toldReason(event.reason, isOperator) }
    : event;
  const shown = Object.entries(data)
    .filter(([name]) => !hiddenMembers.has(name))
    .map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === 'object' && value !== null && 'amountMinor' in value
        ? formatMoney(value)
        : value,
    ]);
  return {
    version,
    type,
    at: recordedAt,
    data: Object.fromEntries(shown) as Record<string, unknown>,
  };
};

const send = (
  reply: FastifyReply,
  stored: StoredOrder,
  { isAdmin: isOperator }: Readonly<{ isAdmin: boolean }>,
) =>
  reply
    .header('etag', `"${stored.version}"`)
    .header('cache-control', 'no-store')
    .send(toOrderJson(stored, { isOperator }));

export const readOrderRoutes = (readOrders: ReadOrders, findCaller: FindCaller): Routes => {
  const whoAsks = findCallerOf(findCaller);
  const tags = ['orders'];
  return async (app) => {
    app.get(
      '/orders',
      {
        config: { access: 'account', scope: 'orders:read' },
        schema: {
          operationId: 'listOrders',
          summary: 'Orders, newest first',
          tags,
          querystring: listQuery,
          response: { 200: page(summarySchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, status, view = 'bought', q, sort } = request.query;
        const { buyer_id: buyerId, placed_from: from, placed_before: before } = request.query;
        const caller = callerOf(request);
        if (view === 'all' && !caller.isAdmin) throw authError('insufficient_role');
        if (buyerId !== undefined && view !== 'all') throw authError('insufficient_role');
        if (view === 'sold' && !caller.isSeller) throw authError('insufficient_role');
        const [placedAt, id] = cursor
          ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
          : [];
        const found = await readOrders.list({
          limit: limit + 1,
          ...(view === 'all' && buyerId !== undefined ? { buyerId } : {}),
          ...(q === undefined ? {} : { text: q, isContactSearched: view === 'all' }),
          ...(request.query.is_sold ? { isSold: true } : {}),
          ...(from === undefined ? {} : { placedFrom: from }),
          ...(before === undefined ? {} : { placedBefore: before }),
          isOldestFirst: sort === 'oldest',
          ...(view === 'bought' ? { buyerId: caller.id } : {}),
          ...(view === 'sold' ? { sellerId: caller.id } : {}),
          ...(status === undefined ? {} : { status }),
          ...(placedAt && id ? { after: { placedAt: String(placedAt), id: String(id) } } : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        const isMore = found.length > limit && last;
        return reply.header('cache-control', 'no-store').send({
          items: items.map(toSummaryJson),
          next_cursor: isMore ? encodeCursor([last.placedAt, last.id]) : null,
        });
      },
    );

    app.get(
      '/orders/:id',
      {
        config: { access: orGuest, scope: 'orders:read' },
        schema: {
          operationId: 'getOrder',
          summary: 'An order, to its buyer, its sellers and administrators',
          tags,
          params: idParams,
          response: { 200: orderSchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const caller = await whoAsks(request, id);
        return send(reply, await readOrders.read(id, caller), caller);
      },
    );

    app.get(
      '/orders/:id/history',
      {
        config: { access: orGuest, scope: 'orders:read' },
        schema: {
          operationId: 'getOrderHistory',
          summary: 'What happened to an order, oldest first: its events',
          tags,
          params: idParams,
          response: { 200: historySchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const caller = await whoAsks(request, id);
        const entries = await readOrders.history(id, caller);
        return reply
          .header('cache-control', 'no-store')
          .send({ items: entries.map((entry) => toHistoryJson(entry, caller.isAdmin)) });
      },
    );
  };
};

export const changeOrderRoutes = (
  changeStatus: ChangeOrderStatusHandler,
  findCaller: FindCaller,
): Routes => {
  const whoAsks = findCallerOf(findCaller);
  const tags = ['orders'];
  return async (app) => {
    app.post(
      '/orders/:id/cancel',
      {
        config: { access: orGuest, isForOthers: true, hasHistory: true, scope: 'orders:write' },
        schema: {
          operationId: 'cancelOrder',
          summary: 'Cancels an order before it is shipped; what was paid is refunded',
          tags,
          params: idParams,
          body: Type.Union([strict({}), Type.Null()]),
          response: { 200: orderSchema },
        },
      },
      async (request, reply) => {
        const { id: orderId } = request.params;
        const caller = await whoAsks(request, orderId);
        const change = {
          orderId,
          status: 'cancelled',
          ...versionCheckOf(request),
          caller,
          cause: causeOf(request),
        } as const;
        return send(reply, await changeStatus(change), caller);
      },
    );

    app.put(
      '/orders/:id/status',
      {
        config: { access: { roles: ['seller', 'admin'] }, hasHistory: true, scope: 'orders:write' },
        schema: {
          operationId: 'changeOrderStatus',
          summary: 'The seller (for its own lines) or an administrator moves an order on',
          tags,
          params: idParams,
          body: Type.Union([
            strict({ status: Type.Literal('shipped'), tracking: Type.Optional(trackingSchema) }),
            strict({ status: Type.Union([Type.Literal('delivered'), Type.Literal('cancelled')]) }),
          ]),
          response: { 200: orderSchema },
        },
      },
      async (request, reply) => {
        const { status } = request.body;
        const tracking = 'tracking' in request.body ? request.body.tracking : undefined;
        const caller = {
          ...callerOf(request),
          isAdmin: requirePrincipal(request).roles.includes('admin'),
        };
        const { id: orderId } = request.params;
        const change = {
          orderId,
          status,
          ...(tracking ? { tracking } : {}),
          ...versionCheckOf(request),
          caller,
          cause: causeOf(request),
        };
        return send(reply, await changeStatus(change), caller);
      },
    );
  };
};
