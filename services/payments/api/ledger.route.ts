import { Type } from 'typebox';
import { decodeCursor, encodeCursor, isDigits } from '#shared/http/cursor.ts';
import { amount, currency, instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Ledger } from '../application/ports.ts';

const entrySchema = Type.Object({
  id: uuid,
  cause_type: Type.String(),
  cause_id: uuid,
  payment_id: Type.Union([uuid, Type.Null()]),
  order_id: Type.Union([uuid, Type.Null()]),
  job_id: Type.Union([uuid, Type.Null()]),
  recorded_at: instant,
  lines: Type.Array(
    Type.Object({
      account: Type.String(),
      side: Type.Union([Type.Literal('debit'), Type.Literal('credit')]),
      amount,
      currency,
    }),
  ),
});

const tags = ['payments'];
const config = { access: { roles: ['admin'] }, scope: 'ledger:read' } as const;

export const ledgerRoutes =
  (ledger: Ledger): Routes =>
  async (app) => {
    app.get(
      '/ledger/accounts',
      {
        config,
        schema: {
          operationId: 'listLedgerAccounts',
          summary: 'Every account with its balance: credits less debits',
          tags,
          response: {
            200: Type.Object({
              items: Type.Array(Type.Object({ id: Type.String(), balance: amount, currency })),
            }),
          },
        },
      },
      async (_request, reply) => {
        const accounts = await ledger.accounts();
        return reply.header('cache-control', 'no-store').send({
          items: accounts.map(({ id, balance }) => ({
            id,
            balance: formatAmount(balance.amountMinor, balance.currency),
            currency: balance.currency,
          })),
        });
      },
    );

    app.get(
      '/ledger/entries',
      {
        config,
        schema: {
          operationId: 'listLedgerEntries',
          summary: 'Journal entries, newest first',
          tags,
          querystring: strict({
            ...pageQuery,
            payment_id: Type.Optional(uuid),
            order_id: Type.Optional(uuid),
          }),
          response: { 200: page(entrySchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, payment_id: paymentId, order_id: orderId } = request.query;
        const [beforeSeq] = cursor ? decodeCursor(cursor, [isDigits]) : [];
        const found = await ledger.entries({
          limit: limit + 1,
          ...(paymentId === undefined ? {} : { paymentId }),
          ...(orderId === undefined ? {} : { orderId }),
          ...(beforeSeq ? { beforeSeq: String(beforeSeq) } : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return reply.header('cache-control', 'no-store').send({
          next_cursor: found.length > limit && last ? encodeCursor([last.seq]) : null,
          items: items.map((entry) => ({
            id: entry.id,
            cause_type: entry.causeType,
            cause_id: entry.causeId,
            payment_id: entry.paymentId,
            order_id: entry.orderId,
            job_id: entry.jobId,
            recorded_at: entry.recordedAt,
            lines: entry.lines.map((line) => ({
              account: line.account,
              side: line.side,
              amount: formatAmount(line.amount.amountMinor, line.amount.currency),
              currency: line.amount.currency,
            })),
          })),
        });
      },
    );

    app.get(
      '/ledger/verify',
      {
        config,
        schema: {
          operationId: 'verifyLedger',
          summary: 'Checks every rule of the books over all rows',
          tags,
          response: {
            200: Type.Object({
              is_sound: Type.Boolean(),
              entry_count: Type.Integer(),
              faults: Type.Array(Type.String()),
            }),
          },
        },
      },
      async (_request, reply) => {
        const { entryCount, faults } = await ledger.verify();
        return reply
          .header('cache-control', 'no-store')
          .send({ is_sound: faults.length === 0, entry_count: entryCount, faults: [...faults] });
      },
    );
  };
