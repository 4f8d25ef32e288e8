import { Type } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { httpError } from '#shared/http/errors.ts';
import { answerOnce } from '#shared/http/idempotency.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import {
  amountInput,
  currency,
  idParams,
  page,
  pageQuery,
  strict,
  uuid,
} from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { ChangeDestination } from '../application/commands/change-destination.ts';
import type { PayoutCommands } from '../application/commands/pay-out.ts';
import type { Destinations } from '../application/payout-ports.ts';
import type { ReadPayouts } from '../application/queries/read-payouts.ts';
import {
  balanceSchema,
  destinationSchema,
  payoutSchema,
  payoutStatus,
  payoutWithTransfersSchema,
  toBalanceJson,
  toDestinationJson,
  toPayoutJson,
  toTransferJson,
} from './payout-json.ts';
import { callerOf, tagOf } from './preconditions.ts';

type Ports = Readonly<{
  pool: Platform['pool'];
  commands: PayoutCommands;
  readPayouts: ReadPayouts;
  destinations: Destinations;
  changeDestination: ChangeDestination;
}>;

const tags = ['payments'];
const earners = { roles: ['seller', 'professional'] } as const;
const earnersAndStaff = { roles: ['seller', 'professional', 'admin', 'support'] } as const;

export const readPayoutRoutes =
  ({ readPayouts }: Pick<Ports, 'readPayouts'>): Routes =>
  async (app) => {
    app.get(
      '/balance',
      {
        config: { access: earnersAndStaff, scope: 'payments:read' },
        schema: {
          operationId: 'getBalance',
          summary: 'What I have, by currency: earned, awaited, held, owed, under way',
          description: 'Staff name whose it is.',
          tags,
          querystring: strict({ account_id: Type.Optional(uuid) }),
          response: { 200: balanceSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const { account_id: accountId = caller.id } = request.query;
        const balances = await readPayouts.balances(accountId, caller);
        return reply
          .header('cache-control', 'no-store')
          .send({ items: balances.map(toBalanceJson) });
      },
    );

    app.get(
      '/payouts',
      {
        config: { access: earnersAndStaff, scope: 'payments:read' },
        schema: {
          operationId: 'listPayouts',
          summary: 'My payouts, or all to staff, newest first',
          tags,
          querystring: strict({
            ...pageQuery,
            status: Type.Optional(payoutStatus),
            seller_id: Type.Optional(uuid),
          }),
          response: { 200: page(payoutSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, status, seller_id: of } = request.query;
        const caller = callerOf(request);
        const [createdAt, id] = cursor
          ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
          : [];
        const found = await readPayouts.list({
          limit: limit + 1,
          ...readPayouts.whose(of, caller),
          ...(status === undefined ? {} : { status }),
          ...(createdAt && id ? { after: { createdAt: String(createdAt), id: String(id) } } : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        const next = found.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null;
        return reply
          .header('cache-control', 'no-store')
          .send({ items: items.map(toPayoutJson), next_cursor: next });
      },
    );

    app.get(
      '/payouts/:id',
      {
        config: { access: earnersAndStaff, scope: 'payments:read' },
        schema: {
          operationId: 'getPayout',
          summary: 'A payout with exactly what it pays',
          tags,
          params: idParams,
          response: { 200: payoutWithTransfersSchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { payout, transfers } = await readPayouts.read(id, callerOf(request));
        return reply
          .header('etag', tagOf(payout.version))
          .header('cache-control', 'no-store')
          .send({
            ...toPayoutJson(payout),
            transfers: transfers.map((transfer) => toTransferJson(transfer, payout.currency)),
          });
      },
    );
  };

export const requestPayoutRoute =
  ({ pool, commands }: Pick<Ports, 'pool' | 'commands'>): Routes =>
  async (app) => {
    app.post(
      '/payouts',
      {
        config: { access: earners, scope: 'payments:write', isStepUp: true },
        schema: {
          operationId: 'requestPayout',
          summary: 'Pays out all that is available in one currency',
          description:
            'An amount, when given, must be what is available now; else 409 says what is.',
          tags,
          body: strict({ currency, amount: Type.Optional(amountInput) }),
          response: { 201: payoutSchema },
        },
      },
      async (request, reply) => {
        const { currency: of, amount } = request.body;
        const wantedMinor = amount === undefined ? null : readAmount(amount, of, '/amount');
        const sellerId = requirePrincipal(request).id;
        return answerOnce(pool, request, reply, { forever: true }, async ({ id: payoutId }) => {
          const payout = await commands.request({
            payoutId,
            sellerId,
            currency: of,
            wantedMinor,
            leastMinor: 1n,
            requestedBy: sellerId,
          });
          return {
            status: 201,
            headers: { location: `/api/v1/payouts/${payout.id}` },
            body: JSON.stringify(toPayoutJson(payout)),
          };
        });
      },
    );
  };

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const destinationRoutes =
  ({
    pool,
    destinations,
    changeDestination,
  }: Pick<Ports, 'pool' | 'destinations' | 'changeDestination'>): Routes =>
  async (app) => {
    app.get(
      '/payout-destination',
      {
        config: { access: earners, scope: 'payments:read' },
        schema: {
          operationId: 'getPayoutDestination',
          summary: 'Where my money goes: the last four digits of the account, never more',
          tags,
          response: { 200: destinationSchema },
        },
      },
      async (request, reply) => {
        const found = await destinations.current(requirePrincipal(request).id);
        if (!found) throw httpError('not_found');
        return reply.header('cache-control', 'no-store').send(toDestinationJson(found));
      },
    );

    app.put(
      '/payout-destination',
      {
        config: { access: earners, isStepUp: true },
        schema: {
          operationId: 'changePayoutDestination',
          summary: 'Says where my money is to go; it waits 72 hours before it is used',
          tags,
          body: strict({
            country: Type.String({ pattern: '^[A-Z]{2}$' }),
            type: text(20),
            bank_code: text(10),
            account_number: text(40),
            holder_name: text(100),
            tax_id: text(20),
          }),
          response: { 200: destinationSchema },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const accountId = requirePrincipal(request).id;
        // The fingerprint that is stored must not let anybody find the number by trying.
        const fingerprintBody = { country: body.country, last4: body.account_number.slice(-4) };
        const options = { forever: true, fingerprintBody };
        return answerOnce(pool, request, reply, options, async ({ id }) => {
          const changed = await changeDestination(id, accountId, {
            country: body.country,
            type: body.type,
            bankCode: body.bank_code,
            accountNumber: body.account_number,
            holderName: body.holder_name,
            taxId: body.tax_id,
          });
          return {
            status: 200,
            headers: { 'cache-control': 'no-store' },
            body: JSON.stringify(toDestinationJson(changed)),
          };
        });
      },
    );
  };
