import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Language } from '../domain/money-text.ts';
import type { Notice } from '../domain/notice.ts';
import type { Notifications, Outgoing } from '../application/ports.ts';

/** The deadline kind of notices that are stored and not known to be out. */
export const noticeDeadline = 'send-notice';

const outgoingColumns = 'n.id, n.notice, r.account_id, r.email, r.full_name, r.language';
const isWaitingSql = 'n.sent_at is null and n.refused_at is null';
const takeSql = `insert into inbox (consumer, message_id) values ($1, $2)
  on conflict do nothing returning consumer`;
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

const doneSql = `
  with forgotten as (delete from deadlines where kind = '${noticeDeadline}' and key = $1::text)
  update notifications set sent_at = case when $3 then $2::timestamptz end,
    refused_at = case when $3 then null else $2::timestamptz end
  where id = $1::uuid`;

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

type Options = Readonly<{ pool: Pool; clock: Clock; newId: () => string }>;

export const createPgNotifications = ({ pool, clock, newId }: Options): Notifications => {
  const query = async (name: string, text: string, values: readonly unknown[]) => {
    const { rows } = await pool.query<Row>({ name, text, values: [...values] });
    return rows.map(toOutgoing);
  };
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
    async done(id, outcome) {
      await query('notice-done', doneSql, [id, clock(), outcome === 'sent']);
    },
  };
};
