import { Type } from 'typebox';
import { decodeCursor, encodeCursor, isDigits, isInstant } from '#shared/http/cursor.ts';
import { httpError } from '#shared/http/errors.ts';
import { amount, currency, instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Ledger } from '../application/ledger.ts';
import {
  entrySchema,
  statementLineSchema,
  toEntryJson,
  toStatementLineJson,
} from './ledger-json.ts';

const tags = ['payments'];
const config = { access: { roles: ['admin'] }, scope: 'ledger:read' } as const;
const account = Type.String({
  pattern: '^[A-Za-z0-9_.:-]{1,100}$',
  examples: ['provider:sandbox'],
});

const entriesSchema = {
  operationId: 'listLedgerEntries',
  summary: 'Journal entries, newest first',
  tags,
  querystring: strict({
    ...pageQuery,
    entry_id: Type.Optional(uuid),
    payment_id: Type.Optional(uuid),
    order_id: Type.Optional(uuid),
    job_id: Type.Optional(uuid),
    account: Type.Optional(account),
    cause_type: Type.Optional(Type.String({ pattern: '^[a-z_]{1,60}$', examples: ['capture'] })),
  }),
  response: { 200: page(entrySchema) },
};

const trialBalanceSchema = {
  operationId: 'getTrialBalance',
  summary: 'Every account as of any date, rebuilt from the entries recorded before it',
  tags,
  querystring: strict({ as_of: Type.Optional(instant) }),
  response: {
    200: Type.Object({
      as_of: instant,
      items: Type.Array(
        Type.Object({
          account: Type.String(),
          currency,
          debits: amount,
          credits: amount,
          balance: amount,
        }),
      ),
      totals: Type.Array(Type.Object({ currency, debits: amount, credits: amount })),
    }),
  },
};

const statementSchema = {
  operationId: 'getLedgerStatement',
  summary: 'One account between two dates, line by line, oldest first',
  tags,
  querystring: strict({
    ...pageQuery,
    account,
    currency,
    from: Type.Optional(instant),
    to: Type.Optional(instant),
  }),
  response: {
    200: Type.Object({
      account: Type.String(),
      currency,
      from: instant,
      to: instant,
      opening_balance: amount,
      closing_balance: amount,
      items: Type.Array(statementLineSchema),
      next_cursor: Type.Union([Type.String(), Type.Null()]),
    }),
  },
};

const requireKnownCurrency = (code: string): void => {
  if (currencyExponent(code) !== undefined) return;
  const detail = 'is not a currency Plaza knows';
  const errors = [{ pointer: '#/querystring/currency', code: 'unknown_currency', detail }];
  throw httpError('validation', { errors });
};

export const ledgerRoutes =
  (ledger: Ledger, clock: () => Date): Routes =>
  async (app) => {
    app.addHook(
      'onSend',
      async (_request, reply) => void reply.header('cache-control', 'no-store'),
    );

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
              items: Type.Array(
                Type.Object({
                  id: Type.String(),
                  kind: Type.String(),
                  balance: amount,
                  pending: amount,
                  currency,
                }),
              ),
            }),
          },
        },
      },
      async () => ({
        items: (await ledger.accounts()).map(({ id, kind, balance, pending }) => ({
          id,
          kind,
          balance: formatAmount(balance.amountMinor, balance.currency),
          pending: formatAmount(pending.amountMinor, pending.currency),
          currency: balance.currency,
        })),
      }),
    );

    app.get('/ledger/entries', { config, schema: entriesSchema }, async (request) => {
      const { limit = 20, cursor, ...query } = request.query;
      const [beforeSeq] = cursor ? decodeCursor(cursor, [isDigits]) : [];
      const filter = {
        id: query.entry_id,
        paymentId: query.payment_id,
        orderId: query.order_id,
        jobId: query.job_id,
        account: query.account,
        causeType: query.cause_type,
        beforeSeq: beforeSeq === undefined ? undefined : String(beforeSeq),
      };
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
      const found = await ledger.entries({ ...given, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        next_cursor: found.length > limit && last ? encodeCursor([last.seq]) : null,
        items: items.map(toEntryJson),
      };
    });

    app.get('/ledger/trial-balance', { config, schema: trialBalanceSchema }, async (request) => {
      const asOf = new Date(request.query.as_of ?? clock());
      const rows = await ledger.trialBalance(asOf);
      const sums = Map.groupBy(rows, (row) => row.currency);
      const sum = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);
      return {
        as_of: asOf.toISOString(),
        items: rows.map((row) => ({
          account: row.account,
          currency: row.currency,
          debits: formatAmount(row.debitMinor, row.currency),
          credits: formatAmount(row.creditMinor, row.currency),
          balance: formatAmount(row.creditMinor - row.debitMinor, row.currency),
        })),
        totals: [...sums].map(([code, of]) => ({
          currency: code,
          debits: formatAmount(sum(of.map((row) => row.debitMinor)), code),
          credits: formatAmount(sum(of.map((row) => row.creditMinor)), code),
        })),
      };
    });

    app.get('/ledger/statement', { config, schema: statementSchema }, async (request) => {
      const { limit = 20, cursor, account: id, currency: code, ...query } = request.query;
      requireKnownCurrency(code);
      const from = new Date(query.from ?? 0);
      const to = new Date(query.to ?? clock());
      const place = cursor ? decodeCursor(cursor, [isInstant, isDigits, isDigits]) : undefined;
      const found = await ledger.statement({
        account: id,
        currency: code,
        from,
        to,
        limit: limit + 1,
        ...(place
          ? {
              after: {
                recordedAt: String(place[0]),
                seq: String(place[1]),
                lineNo: Number(place[2]),
              },
            }
          : {}),
      });
      const items = found.lines.slice(0, limit);
      const last = items.at(-1);
      return {
        account: id,
        currency: code,
        from: from.toISOString(),
        to: to.toISOString(),
        opening_balance: formatAmount(found.openingMinor, code),
        closing_balance: formatAmount(found.closingMinor, code),
        items: items.map((line) => toStatementLineJson(line, code)),
        next_cursor:
          found.lines.length > limit && last
            ? encodeCursor([last.recordedAt, last.seq, String(last.lineNo)])
            : null,
      };
    });
  };
