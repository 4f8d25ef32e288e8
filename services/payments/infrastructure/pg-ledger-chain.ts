import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { ChainedEntry, LedgerChain } from '../application/ledger.ts';
import { entryColumns, toEntry, type EntryRow } from './pg-ledger.ts';

const sealAtOnce = 5_000;
const waitMs = 20;
const waitsMax = 250;
const readAtOnce = 1_000n;

/** $1, $2 the link before. An entry is hashed anew, as it stands there now. */
const checkSql = `
  with page as (
    select c.* from ledger_chain c where c.n > $1 order by c.n limit $3
  ), lines as (
    select l.entry_id, string_agg(ledger_line(l), E'\\n' order by l.line_no) as content
    from page p join journal_lines l on l.entry_id = p.entry_id group by l.entry_id
  ), checked as (
    select p.n, p.hash, p.entry_id, e.id is not null as is_there,
      p.n = lag(p.n, 1, $1::bigint) over w + 1 as is_next,
      p.hash = sha256(lag(p.hash, 1, decode($2, 'hex')) over w
        || convert_to(concat_ws(E'\\n', ledger_head(e), l.content), 'UTF8')) as is_right
    from page p left join journal_entries e on e.id = p.entry_id
    left join lines l on l.entry_id = p.entry_id
    window w as (order by p.n)
  ), judged as (
    select *, case when not is_next then 'link_missing' when not is_there then 'entry_missing'
      when not is_right then 'chain_broken' end as rule
    from checked
  )
  select count(*)::integer as links,
    max(array[lpad(n::text, 20, '0'), encode(hash, 'hex')]) as last,
    coalesce(jsonb_agg(jsonb_build_object('rule', rule, 'entryId', entry_id, 'text',
      'link ' || n || ' of entry ' || entry_id || ': ' || rule) order by n)
      filter (where rule is not null), '[]') as findings
  from judged`;

/** Behind the mark nothing can come any more. */
const unchainedSql = `
  select e.id from journal_entries e, ledger_chain_mark m
  where e.seq <= m.swept_seq and not exists (select from ledger_chain c where c.entry_id = e.id)
  order by e.seq limit 100`;
const countSql = `
  with entries as (select count(*)::integer as n from journal_entries)
  select entries.n as entries, (
    select count(*)::integer from journal_entries e, ledger_chain_mark m
    where e.seq > m.swept_seq and not exists (select from ledger_chain c where c.entry_id = e.id)
  ) as waiting from entries`;
const readSql = `
  select c.n, encode(c.hash, 'hex') as hash, ${entryColumns}
  from (
    select * from ledger_chain where n > $1 and n <= least($1::bigint + ${readAtOnce}, $2)
  ) c join journal_entries e on e.id = c.entry_id order by c.n`;

export const createPgLedgerChain = (pool: Pool): LedgerChain => {
  const run = async <Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> =>
    (await pool.query<Row>({ name: `ledger-${name}`, text, values: [...values] })).rows;

  return {
    async seal() {
      for (let waits = 0; waits < waitsMax;) {
        const [row] = await run<{ n: number | null }>('chain', 'select chain_ledger($1) as n', [
          sealAtOnce,
        ]);
        // What another process is at may have begun before the newest entry was there.
        if (row!.n === null) {
          waits += 1;
          await setTimeout(waitMs);
        } else if (row!.n < sealAtOnce) return;
      }
    },
    async checkLinks({ seq, hash }, limit) {
      type Row = Omit<Awaited<ReturnType<LedgerChain['checkLinks']>>, 'last'> &
        Readonly<{ last: readonly [string, string] | null }>;
      const [row] = await run<Row>('check', checkSql, [seq, hash, limit]);
      const { last, ...rest } = row!;
      return { ...rest, last: last ? { seq: String(BigInt(last[0])), hash: last[1] } : undefined };
    },
    async findUnchained() {
      const rows = await run<{ id: string }>('unchained', unchainedSql);
      return rows.map(({ id }) => ({
        rule: 'entry_added',
        entryId: id,
        text: `entry ${id} came behind the chain`,
      }));
    },
    async count() {
      return (await run<{ entries: number; waiting: number }>('count', countSql))[0]!;
    },
    async linkAt(seq) {
      const text = `select n::text as seq, encode(hash, 'hex') as hash from ledger_chain where n = $1`;
      return (await run<{ seq: string; hash: string }>('link', text, [seq]))[0];
    },
    async head() {
      const text = `select n::text as seq, encode(hash, 'hex') as hash from ledger_chain
        order by n desc limit 1`;
      return (await run<{ seq: string; hash: string }>('head', text))[0];
    },
    async *read({ from, to, upTo }) {
      type Row = EntryRow & Readonly<{ n: string; hash: string }>;
      // The numbers have no gaps, so that this much further is the next page.
      for (let after = 0n; after < BigInt(upTo); after += readAtOnce) {
        const rows = await run<Row>('read', readSql, [after.toString(), upTo]);
        const entries = rows
          .filter((row) => row.recorded_at >= from && row.recorded_at < to)
          .map((row): ChainedEntry => ({ ...toEntry(row), n: row.n, hash: row.hash }));
        if (entries.length > 0) yield entries;
      }
    },
    async firstOf(entryIds) {
      const text = 'select id from journal_entries where id = any($1) order by seq limit 1';
      const [first] = await run<{ id: string }>('first', text, [[...new Set(entryIds)]]);
      return first?.id ?? entryIds[0];
    },
  };
};
