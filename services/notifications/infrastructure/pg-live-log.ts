import type { Pool } from 'pg';
import type { Platform } from '#shared/platform/module.ts';
import type { LiveEvent, LiveLog, StoredLiveEvent } from '../application/live.ts';

/** Said to all processes when rows were stored. */
export const liveNudge = 'notifications.live';
/** As long as people do not see, and long enough that a busy moment is one statement. */
const gatherMs = 40;

/**
 * One writer at a time, so that `seq` is the order of commits: who has read up to one has read all
 * before it. What it loses in a crash of the server nobody had seen, or it is read again.
 */
const storeSql = `
  with alone as materialized (
    select pg_advisory_xact_lock(7263001), set_config('synchronous_commit', 'off', true)
  )
  insert into live_events (topic, message_id, event, data, happened_at, recorded_at)
  select u.topic, u.message_id, u.event, u.data, u.happened_at, $6::timestamptz
  from alone cross join unnest($1::text[], $2::uuid[], $3::text[], $4::jsonb[], $5::timestamptz[])
    with ordinality as u (topic, message_id, event, data, happened_at, n)
  order by u.n
  on conflict (topic, message_id) do nothing`;
const newestSql = 'select coalesce(max(seq), 0) as seq from live_events';
const columns = 'seq, topic, message_id, event, data, happened_at';
const afterSql = `select ${columns} from live_events where seq > $1 order by seq limit $2`;
const missedSql = `
  select ${columns} from live_events where topic = $1 and seq > $2
    and $2 >= (select seq from live_pruned) order by seq limit $3`;
const knownSql = `
  select $1 between (select seq from live_pruned)
    and greatest((select coalesce(max(seq), 0) from live_events), (select seq from live_pruned)) as is_known`;
const pruneSql = `
  with gone as (delete from live_events where recorded_at < $1::timestamptz - interval '1 hour' returning seq),
  tickets as (delete from live_tickets where expires_at < $1)
  update live_pruned set seq = greatest(live_pruned.seq, (select max(seq) from gone))
  where exists (select from gone)`;

type Row = Readonly<{
  seq: string;
  topic: string;
  message_id: string;
  event: string;
  data: Record<string, unknown>;
  happened_at: Date;
}>;

const toStored = (row: Row): StoredLiveEvent => ({
  seq: BigInt(row.seq),
  topic: row.topic,
  messageId: row.message_id,
  event: row.event,
  data: row.data,
  happenedAt: row.happened_at.toISOString(),
});

/** Takes away what is older than an hour before `now`, and remembers up to where. */
export const pruneLive = async (pool: Pool, now: Date): Promise<void> => {
  await pool.query(pruneSql, [now]);
};

export const createPgLiveLog = ({
  pool,
  clock,
  fanOut,
  gather,
}: Pick<Platform, 'pool' | 'clock' | 'fanOut' | 'gather'>): LiveLog => {
  const stored = gather<LiveEvent>(async (events) => {
    await pool.query({
      name: 'live-store',
      text: storeSql,
      values: [
        events.map((e) => e.topic),
        events.map((e) => e.messageId),
        events.map((e) => e.event),
        events.map((e) => JSON.stringify(e.data)),
        events.map((e) => e.happenedAt),
        clock(),
      ],
    });
    fanOut.publish(liveNudge, null);
  }, gatherMs);
  return {
    tell: (events) => events.forEach((event) => stored.add(event)),
    async newest() {
      const { rows } = await pool.query<{ seq: string }>(newestSql);
      return BigInt(rows[0]!.seq);
    },
    async after(seq, limit) {
      const { rows } = await pool.query<Row>({
        name: 'live-after',
        text: afterSql,
        values: [seq, limit],
      });
      return rows.map(toStored);
    },
    async missed(topic, seq, limit) {
      const known = await pool.query<{ is_known: boolean }>(knownSql, [seq]);
      if (!known.rows[0]!.is_known) return undefined;
      const { rows } = await pool.query<Row>(missedSql, [topic, seq, limit + 1]);
      return rows.length > limit ? undefined : rows.map(toStored);
    },
    prune: () => pruneLive(pool, clock()),
  };
};
