import { Type } from 'typebox';
import { amount, currency, instant, uuid } from '#shared/http/schemas.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { LedgerEntry, StatementLine } from '../application/ledger.ts';

const nullable = <T extends typeof uuid>(schema: T) => Type.Union([schema, Type.Null()]);
const side = Type.Union([Type.Literal('debit'), Type.Literal('credit')]);

const about = {
  cause_type: Type.String(),
  cause_id: uuid,
  payment_id: nullable(uuid),
  order_id: nullable(uuid),
  job_id: nullable(uuid),
} as const;

export const entrySchema = Type.Object({
  id: uuid,
  ...about,
  reverses: nullable(uuid),
  recorded_at: instant,
  lines: Type.Array(Type.Object({ account: Type.String(), side, amount, currency })),
});

export const toEntryJson = (entry: LedgerEntry) => ({
  id: entry.id,
  cause_type: entry.causeType,
  cause_id: entry.causeId,
  payment_id: entry.paymentId,
  order_id: entry.orderId,
  job_id: entry.jobId,
  reverses: entry.reverses,
  recorded_at: entry.recordedAt,
  lines: entry.lines.map((line) => ({
    account: line.account,
    side: line.side,
    amount: formatAmount(line.amount.amountMinor, line.amount.currency),
    currency: line.amount.currency,
  })),
});

export const statementLineSchema = Type.Object({
  entry_id: uuid,
  ...about,
  recorded_at: instant,
  side,
  amount,
  balance: amount,
});

export const toStatementLineJson = (line: StatementLine, code: string) => ({
  entry_id: line.entryId,
  cause_type: line.causeType,
  cause_id: line.causeId,
  payment_id: line.paymentId,
  order_id: line.orderId,
  job_id: line.jobId,
  recorded_at: line.recordedAt,
  side: line.side,
  amount: formatAmount(line.amountMinor, code),
  balance: formatAmount(line.balanceMinor, code),
});
