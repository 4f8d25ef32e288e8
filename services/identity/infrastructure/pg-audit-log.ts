import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { AuditEntry, AuditFault, AuditLog, CheckedLinks } from '../application/audit.ts';

const sealAtOnce = 1_000;

const recordSql = `
  insert into account_events (id, type, at, detail, actor_id, ip, user_agent, act)
  select g.id, 'StaffActed', (g.act->>'actedAt')::timestamptz, g.act->>'operation',
    (g.act->>'actorId')::uuid, g.act->>'ip', g.act->>'userAgent',
    g.act - array['actedAt', 'operation', 'actorId', 'ip', 'userAgent']
      || jsonb_build_object('context', g.context)
  from jsonb_to_recordset($1::jsonb) as g (id uuid, context text, act jsonb)
  on conflict (id) do nothing`;

/** Two shapes of one order: an account's or an actor's entries have an index each. */
const listSql = `
  select e.*, exists (select from audit_chain c where c.event_id = e.id) as is_sealed
  from account_events e
  where ($1::uuid is null or e.account_id = $1) and ($2::uuid is null or e.actor_id = $2)
    and ($3::text is null or e.type = $3) and ($4::timestamptz is null or e.at >= $4)
    and ($5::timestamptz is null or e.at < $5) and ($6::uuid is null or e.id < $6)
  order by e.id desc limit $7`;

/** $1, $2 the link before; an entry that went with its age is one that was sealed long ago. */
const checkSql = `
  with page as (
    select * from audit_chain where seq > $1 order by seq limit $3
  ), checked as (
    select c.seq, c.hash, c.event_id, c.sealed_at, e.id is not null as is_there,
      c.hash = audit_hash(lag(c.hash, 1, decode($2, 'hex')) over (order by c.seq), c.seq,
        c.event_id, c.content, c.personal) as is_chained,
      c.seq = lag(c.seq, 1, $1::bigint) over (order by c.seq) + 1 as is_next,
      e.id is null or audit_content(e) = c.content as is_same,
      e.id is not null and e.salt is null as is_erased,
      case when e.id is null then true
        when e.salt is null then e.ip = '' and e.user_agent is null and e.act is null
        else audit_personal(e) = c.personal end as is_personal_same
    from page c left join account_events e on e.id = c.event_id
  ), judged as (
    select *, case when not is_next then 'link_missing' when not is_chained then 'chain_broken'
      when not is_same or not is_personal_same then 'entry_changed'
      when not is_there and sealed_at > $4::timestamptz - interval '89 days' then 'entry_missing'
      end as fault
    from checked
  )
  select count(*)::integer as links, count(*) filter (where is_erased)::integer as erased,
    count(*) filter (where not is_there)::integer as pruned,
    (max(array[lpad(seq::text, 20, '0'), encode(hash, 'hex')])) as last,
    coalesce(jsonb_agg(jsonb_build_object('fault', fault, 'seq', seq::text, 'entryId', event_id)
      order by seq) filter (where fault is not null), '[]') as findings
  from judged`;

const addedSql = `
  with newest as (select event_tx, event_id from audit_chain order by seq desc limit 1)
  select e.id from account_events e, newest n
  where (e.tx, e.id) <= (n.event_tx, n.event_id)
    and not exists (select from audit_chain c where c.event_id = e.id)
  order by e.tx, e.id limit 100`;

const waitingSql = `
  with newest as (select event_tx, event_id from audit_chain order by seq desc limit 1)
  select count(*)::integer as n from account_events e
  where not exists (select from newest n where (e.tx, e.id) <= (n.event_tx, n.event_id))`;

type EventRow = Readonly<{
  id: string;
  at: Date;
  type: string;
  account_id: string | null;
  actor_id: string | null;
  detail: string | null;
  ip: string;
  user_agent: string | null;
  act: object | null;
  is_sealed: boolean;
}>;

const toEntry = (row: EventRow): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  type: row.type,
  accountId: row.account_id,
  actorId: row.actor_id,
  detail: row.detail,
  ip: row.ip,
  userAgent: row.user_agent,
  act: row.act,
  isSealed: row.is_sealed,
});

export const createPgAuditLog = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): AuditLog => {
  const run = async <Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> =>
    (await pool.query<Row>({ name: `audit-${name}`, text, values: [...values] })).rows;

  return {
    async record(acts) {
      await run('record', recordSql, [JSON.stringify(acts)]);
    },
    async seal() {
      for (;;) {
        const text = 'select seal_audit_log($1, $2) as sealed';
        const [row] = await run<{ sealed: number }>('seal', text, [sealAtOnce, clock()]);
        if (row!.sealed < sealAtOnce) return;
      }
    },
    async list({ accountId, actorId, type, from, to, beforeId, limit }) {
      const values = [accountId, actorId, type, from, to, beforeId, limit];
      return (
        await run<EventRow>(
          'list',
          listSql,
          values.map((value) => value ?? null),
        )
      ).map(toEntry);
    },
    async checkLinks({ seq, hash }, limit): Promise<CheckedLinks> {
      type Row = Omit<CheckedLinks, 'last'> & Readonly<{ last: readonly [string, string] | null }>;
      const [row] = await run<Row>('check', checkSql, [seq, hash, limit, clock()]);
      const { last, ...rest } = row!;
      return { ...rest, last: last ? { seq: String(BigInt(last[0])), hash: last[1] } : undefined };
    },
    async findAdded() {
      const fault: AuditFault = 'entry_added';
      const rows = await run<{ id: string }>('added', addedSql);
      return rows.map(({ id }) => ({ fault, seq: null, entryId: id }));
    },
    async countWaiting() {
      return (await run<{ n: number }>('waiting', waitingSql))[0]!.n;
    },
    async linkAt(seq) {
      const text = `select seq::text, encode(hash, 'hex') as hash from audit_chain where seq = $1`;
      return (await run<{ seq: string; hash: string }>('link', text, [seq]))[0];
    },
  };
};
