import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { Ledger } from '../application/ports.ts';
import { earningRules } from './earning-rules.ts';

/** Each answers the rows that break one rule, as a sentence (reliability 2.1). */
const rules: readonly string[] = [
  `select 'entry ' || entry_id || ' does not balance in ' || currency from journal_lines
   group by entry_id, currency
   having sum(case side when 'debit' then amount_minor else -amount_minor end) <> 0`,
  `select 'entry ' || e.id || ' has fewer than two lines' from journal_entries e
   left join journal_lines l on l.entry_id = e.id group by e.id having count(l.entry_id) < 2`,
  `select 'account ' || coalesce(a.id, l.account_id) || ' says ' || coalesce(a.balance_minor, 0)
     || ' and its lines ' || coalesce(l.balance, 0)
   from ledger_accounts a full join (
     select account_id, currency,
       sum(case side when 'credit' then amount_minor else -amount_minor end) as balance
     from journal_lines group by account_id, currency
   ) l on l.account_id = a.id and l.currency = a.currency
   where coalesce(a.balance_minor, 0) <> coalesce(l.balance, 0)`,
  `select 'payment ' || p.id || ' is ' || p.status || ' with ' || count(e.id) || ' captures'
   from payments p left join journal_entries e on e.payment_id = p.id and e.cause_type = 'capture'
   where p.status in ('completed', 'partially_refunded', 'refunded')
   group by p.id having count(e.id) <> 1`,
  `select 'payment ' || p.id || ' refunded ' || p.refunded_minor || ' and its refunds say '
     || coalesce(r.sum, 0)
   from payments p left join (
     select payment_id, sum(amount_minor) from refunds where status = 'completed' group by payment_id
   ) r on r.payment_id = p.id where p.refunded_minor <> coalesce(r.sum, 0)`,
  `select 'the books of ' || currency || ' do not add up to nothing' from ledger_accounts
   group by currency having sum(balance_minor) <> 0`,
  ...earningRules,
];

type EntryRow = Readonly<{
  id: string;
  seq: string;
  cause_type: string;
  cause_id: string;
  payment_id: string;
  order_id: string;
  recorded_at: Date;
  lines: readonly { account: string; side: 'debit' | 'credit'; amount: string; currency: string }[];
}>;

/** Amounts as text inside the JSON: a JSON number would lose digits beyond 2^53. */
const entriesSql = `
  select e.id, e.seq, e.cause_type, e.cause_id, e.payment_id, e.order_id, e.recorded_at,
    (select jsonb_agg(jsonb_build_object('account', l.account_id, 'side', l.side,
       'amount', l.amount_minor::text, 'currency', l.currency) order by l.line_no)
     from journal_lines l where l.entry_id = e.id) as lines
  from journal_entries e
  where ($1::uuid is null or e.payment_id = $1) and ($2::uuid is null or e.order_id = $2)
    and ($3::bigint is null or e.seq < $3)
  order by e.seq desc limit $4`;

export const createPgLedger = (pool: Pool): Ledger => ({
  async accounts() {
    const { rows } = await pool.query<{ id: string; currency: string; balance_minor: string }>(
      'select id, currency, balance_minor from ledger_accounts order by id, currency',
    );
    return rows.map((row) => ({
      id: row.id,
      balance: money(BigInt(row.balance_minor), row.currency),
    }));
  },
  async entries({ paymentId, orderId, beforeSeq, limit }) {
    const values = [paymentId ?? null, orderId ?? null, beforeSeq ?? null, limit];
    const { rows } = await pool.query<EntryRow>(entriesSql, values);
    return rows.map((row) => ({
      id: row.id,
      seq: row.seq,
      causeType: row.cause_type,
      causeId: row.cause_id,
      paymentId: row.payment_id,
      orderId: row.order_id,
      recordedAt: row.recorded_at.toISOString(),
      lines: row.lines.map(({ account, side, amount, currency }) => ({
        account,
        side,
        amount: money(BigInt(amount), currency),
      })),
    }));
  },
  async verify() {
    const found = await Promise.all(
      rules.map((sql) => pool.query<string[]>({ text: sql, rowMode: 'array' })),
    );
    const { rows } = await pool.query<{ n: number }>(
      'select count(*)::int as n from journal_entries',
    );
    return { entryCount: rows[0]!.n, faults: found.flatMap((r) => r.rows.map(([text]) => text!)) };
  },
});
