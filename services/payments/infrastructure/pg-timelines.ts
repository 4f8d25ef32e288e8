import type { Pool } from 'pg';
import type { Timelines } from '../application/queries/read-timeline.ts';

type Row = Readonly<{
  buyer_ids: readonly string[] | null;
  id: string | null;
  cause_type: string;
  recorded_at: Date;
  lines: readonly { account: string; side: 'debit' | 'credit'; amount: string; currency: string }[];
}>;

/** A payment that has no entry yet is its buyer's too. */
const findSql = (column: 'order_id' | 'job_id'): string => `
  with entries as (
    select * from journal_entries where ${column} = $1 and recorded_at < $2
  ), buyers as (
    select array_agg(distinct p.buyer_id::text) as ids from payments p
    where p.id in (select payment_id from entries)
      ${column === 'order_id' ? 'or p.order_id = $1' : ''}
  )
  select buyers.ids as buyer_ids, e.id, e.cause_type, e.recorded_at, (
    select jsonb_agg(jsonb_build_object('account', l.account_id, 'side', l.side,
      'amount', l.amount_minor::text, 'currency', l.currency) order by l.line_no)
    from journal_lines l where l.entry_id = e.id) as lines
  from buyers left join entries e on true order by e.recorded_at, e.seq`;

const queries = { order_id: findSql('order_id'), job_id: findSql('job_id') } as const;

export const createPgTimelines = (pool: Pool): Timelines => ({
  async find(subject, asOf) {
    const isOrder = 'orderId' in subject;
    const { rows } = await pool.query<Row>({
      name: `timeline-${isOrder ? 'order' : 'job'}`,
      text: queries[isOrder ? 'order_id' : 'job_id'],
      values: [isOrder ? subject.orderId : subject.jobId, asOf],
    });
    return {
      buyerIds: rows[0]?.buyer_ids ?? [],
      entries: rows
        .filter(({ id }) => id !== null)
        .map((row) => ({
          id: row.id!,
          causeType: row.cause_type,
          recordedAt: row.recorded_at.toISOString(),
          lines: row.lines.map(({ account, side, amount, currency }) => ({
            account,
            side,
            amountMinor: BigInt(amount),
            currency,
          })),
        })),
    };
  },
});
