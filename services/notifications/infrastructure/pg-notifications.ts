import type { Platform } from '#shared/platform/module.ts';
import type { Language } from '../domain/money-text.ts';
import type { Notice } from '../domain/notice.ts';
import type { Notifications, Outgoing } from '../application/ports.ts';

/** The deadline kind of notices that are stored and not known to be out. */
export const noticeDeadline = 'send-notice';

const outgoingColumns = 'n.id, n.notice, r.account_id, r.email, r.full_name, r.language';
const isWaitingSql = 'n.sent_at is null and n.refused_at is null';
const takeSql = 'select where take_message($1, $2)';
const setTimerSql = (from: string): string => `
  insert into deadlines (kind, key, due_at)
  select '${noticeDeadline}', ${from}.id::text, $3::timestamptz + interval '1 minute' from ${from}
  on conflict (kind, key) do update set due_at = excluded.due_at`;

const recordSql = `
  with taken as (${takeSql}),
  n as (
    insert into notifications (id, recipient_id, cause_id, notice, created_at)
    select $4::uuid, $5::uuid, $2, $6::jsonb, $3 from taken
    on conflict (recipient_id, cause_id) do nothing returning id, recipient_id, notice
  ), timer as (${setTimerSql('n')})
  select ${outgoingColumns} from n join recipients r on r.account_id = n.recipient_id`;

/** Notices that another statement stores at this moment are not seen here: their timer comes. */
const learnSql = `
  with taken as (${takeSql}),
  r as (
    insert into recipients (account_id, email, full_name, language)
    select $4::uuid, $5, $6, $7 from taken
    on conflict (account_id) do nothing returning *
  ), n as (
    select n.* from notifications n join r on r.account_id = n.recipient_id
    where ${isWaitingSql}
  ), timer as (${setTimerSql('n')})
  select ${outgoingColumns} from n join r on r.account_id = n.recipient_id
  order by n.created_at, n.id`;

const findSql = `
  select ${outgoingColumns} from notifications n join recipients r on r.account_id = n.recipient_id
  where n.id = $1 and ${isWaitingSql}`;

/** $1 the ids; $2 which of them were sent, at the same places; $3 now. */
const doneSql = `
  with done as (select * from unnest($1::uuid[], $2::boolean[]) as d (id, is_sent)),
  forgotten as (
    delete from deadlines
    where kind = '${noticeDeadline}' and key in (select id::text from done)
  )
  update notifications n set sent_at = case when is_sent then $3::timestamptz end,
    refused_at = case when is_sent then null else $3::timestamptz end
  from done where n.id = done.id`;

type Row = Readonly<{
  id: string;
  notice: Notice;
  account_id: string;
  email: string;
  full_name: string | null;
  language: Language;
}>;

const toOutgoing = (row: Row): Outgoing => ({
  id: row.id,
  notice: row.notice,
  recipient: {
    accountId: row.account_id,
    email: row.email,
    fullName: row.full_name,
    language: row.language,
  },
});

type Options = Pick<Platform, 'pool' | 'clock' | 'newId' | 'gather'>;
type Done = Readonly<{ id: string; isSent: boolean }>;

export const createPgNotifications = ({ pool, clock, newId, gather }: Options): Notifications => {
  const query = async (name: string, text: string, values: readonly unknown[]) => {
    const { rows } = await pool.query<Row>({ name, text, values: [...values] });
    return rows.map(toOutgoing);
  };
  const done = gather<Done>(async (items) => {
    const ids = items.map(({ id }) => id);
    await query('notice-done', doneSql, [ids, items.map(({ isSent }) => isSent), clock()]);
  });
  return {
    async record(recipientId, notice, { consumer, messageId }) {
      const values = [consumer, messageId, clock(), newId(), recipientId, JSON.stringify(notice)];
      return (await query('notice-record', recordSql, values))[0];
    },
    learn({ accountId, email, fullName, language }, { consumer, messageId }) {
      const values = [consumer, messageId, clock(), accountId, email, fullName, language];
      return query('recipient-learn', learnSql, values);
    },
    async find(id) {
      return (await query('notice', findSql, [id]))[0];
    },
    done: (id, outcome) => done.add({ id, isSent: outcome === 'sent' }),
  };
};
