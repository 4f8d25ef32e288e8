import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { Ledger, LedgerEntry, StatementLine } from '../application/ledger.ts';

export type EntryRow = Readonly<{
  id: string;
  seq: string;
  cause_type: string;
  cause_id: string;
  payment_id: string | null;
  order_id: string | null;
  job_id: string | null;
  reverses: string | null;
  recorded_at: Date;
  lines: readonly { account: string; side: 'debit' | 'credit'; amount: string; currency: string }[];
}>;

/** Amounts as text inside the JSON: a JSON number would lose digits beyond 2^53. */
export const entryColumns = `
  e.id, e.seq, e.cause_type, e.cause_id, e.payment_id, e.order_id, e.job_id, e.reverses,
  e.recorded_at, (
    select jsonb_agg(jsonb_build_object('account', l.account_id, 'side', l.side,
      'amount', l.amount_minor::text, 'currency', l.currency) order by l.line_no)
    from journal_lines l where l.entry_id = e.id) as lines`;

export const toEntry = (row: EntryRow): LedgerEntry => ({
  id: row.id,
  seq: row.seq,
  causeType: row.cause_type,
  causeId: row.cause_id,
  paymentId: row.payment_id,
  orderId: row.order_id,
  jobId: row.job_id,
  reverses: row.reverses,
  recordedAt: row.recorded_at.toISOString(),
  lines: row.lines.map(({ account, side, amount, currency }) => ({
    account,
    side,
    amount: money(BigInt(amount), currency),
  })),
});

/** Each filter that is given is a condition of its own, so that its index is used. */
const entryFilters = {
  id: (n: number) => `e.id = $${n}`,
  paymentId: (n: number) => `e.payment_id = $${n}`,
  orderId: (n: number) => `e.order_id = $${n}`,
  jobId: (n: number) => `e.job_id = $${n}`,
  account: (n: number) =>
    `e.id in (select l.entry_id from journal_lines l where l.account_id = $${n})`,
  causeType: (n: number) => `e.cause_type = $${n}`,
  beforeSeq: (n: number) => `e.seq < $${n}`,
} as const;

const signed = `case l.side when 'credit' then l.amount_minor else -l.amount_minor end`;
const trialBalanceSql = `
  select l.account_id, l.currency,
    coalesce(sum(l.amount_minor) filter (where l.side = 'debit'), 0) as debit,
    coalesce(sum(l.amount_minor) filter (where l.side = 'credit'), 0) as credit
  from journal_lines l join journal_entries e on e.id = l.entry_id
  where e.recorded_at < $1 group by 1, 2 order by 1, 2`;

/** $5 to $7 the place after which the page begins; what came before it is added up, not listed. */
const statementSql = `
  with mine as (
    select e.seq, l.line_no, e.id, e.cause_type, e.cause_id, e.payment_id, e.order_id, e.job_id,
      date_trunc('milliseconds', e.recorded_at) as recorded_at, l.side, l.amount_minor,
      ${signed} as minor
    from journal_lines l join journal_entries e on e.id = l.entry_id
    where l.account_id = $1 and l.currency = $2 and e.recorded_at < $4
  ), sums as (
    select coalesce(sum(minor) filter (where recorded_at < $3), 0) as opening,
      coalesce(sum(minor), 0) as closing,
      coalesce(sum(minor) filter (where recorded_at < $3
        or (recorded_at, seq, line_no) <= ($5::timestamptz, $6::bigint, $7::integer)), 0) as before
    from mine
  ), page as (
    select * from mine where recorded_at >= $3 and ($5::timestamptz is null
      or (recorded_at, seq, line_no) > ($5::timestamptz, $6::bigint, $7::integer))
    order by recorded_at, seq, line_no limit $8
  )
  select sums.opening, sums.closing, page.*,
    sums.before + sum(page.minor) over (order by recorded_at, seq, line_no) as balance
  from sums left join page on true order by recorded_at, seq, line_no`;

type StatementRow = Readonly<{
  opening: string;
  closing: string;
  seq: string | null;
  line_no: number;
  id: string;
  cause_type: string;
  cause_id: string;
  payment_id: string | null;
  order_id: string | null;
  job_id: string | null;
  recorded_at: Date;
  side: 'debit' | 'credit';
  amount_minor: string;
  balance: string;
}>;

const toStatementLine = (row: StatementRow): StatementLine => ({
  seq: row.seq!,
  lineNo: row.line_no,
  entryId: row.id,
  causeType: row.cause_type,
  causeId: row.cause_id,
  paymentId: row.payment_id,
  orderId: row.order_id,
  jobId: row.job_id,
  recordedAt: row.recorded_at.toISOString(),
  side: row.side,
  amountMinor: BigInt(row.amount_minor),
  balanceMinor: BigInt(row.balance),
});

/** Reads rows by the million: without the limits of a request, and by no index where that is slower. */
const readAll = async <Row extends object>(
  pool: Pool,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> => {
  const client = await pool.connect();
  try {
    await client.query(`begin transaction read only; set local statement_timeout = '10min';
      set local enable_seqscan = on; set local plan_cache_mode = auto`);
    const { rows } = await client.query<Row>(text, [...values]);
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
};

export const createPgLedger = (pool: Pool): Ledger => ({
  async accounts() {
    type Row = { id: string; kind: string; currency: string; balance: string; pending: string };
    const { rows } = await pool.query<Row>(
      `select id, kind, currency, balance_minor as balance, pending_minor as pending
       from ledger_balances order by id, currency`,
    );
    return rows.map(({ id, kind, currency, balance, pending }) => ({
      id,
      kind,
      balance: money(BigInt(balance), currency),
      pending: money(BigInt(pending), currency),
    }));
  },
  async entries({ limit, ...filter }) {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    const where = given.map(([name], i) => entryFilters[name as keyof typeof entryFilters](i + 1));
    const { rows } = await pool.query<EntryRow>(
      `select ${entryColumns} from journal_entries e
       where ${['true', ...where].join(' and ')} order by e.seq desc limit $${given.length + 1}`,
      [...given.map(([, value]) => value), limit],
    );
    return rows.map(toEntry);
  },
  async trialBalance(asOf) {
    type Row = { account_id: string; currency: string; debit: string; credit: string };
    const rows = await readAll<Row>(pool, trialBalanceSql, [asOf]);
    return rows.map((row) => ({
      account: row.account_id,
      currency: row.currency,
      debitMinor: BigInt(row.debit),
      creditMinor: BigInt(row.credit),
    }));
  },
  async statement({ account, currency, from, to, after, limit }) {
    const rows = await readAll<StatementRow>(pool, statementSql, [
      account,
      currency,
      from,
      to,
      after?.recordedAt ?? null,
      after?.seq ?? null,
      after?.lineNo ?? null,
      limit,
    ]);
    return {
      openingMinor: BigInt(rows[0]!.opening),
      closingMinor: BigInt(rows[0]!.closing),
      lines: rows.filter(({ seq }) => seq !== null).map(toStatementLine),
    };
  },
});
