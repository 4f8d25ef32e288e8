import type { Delivery } from '#shared/kernel/trace.ts';
import { createBatching } from '#shared/platform/gather.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import { causeOf, isMailedHere } from '../domain/causes.ts';
import type { Notice } from '../domain/notice.ts';
import type { Notifications, Outgoing, Recipient } from '../application/ports.ts';

/** The deadline kind of notices that are stored and not known to be out. */
export const noticeDeadline = 'send-notice';

const outgoingColumns = 'n.id, n.notice, r.account_id, r.email, r.full_name, r.language';
const isWaitingSql = 'n.is_by_mail and n.sent_at is null and n.refused_at is null';
/** By its key, one by one, however many rows the planner of an empty database expects. */
const recipientSql = (of: string): string =>
  `cross join lateral (select * from recipients where account_id = ${of} offset 0) r`;
/** The timer of each row of `n`; $1 is now. */
const setTimerSql = `
  insert into deadlines (kind, key, due_at)
  select '${noticeDeadline}', n.id::text, $1::timestamptz + interval '1 minute' from n
  on conflict (kind, key) do update set due_at = excluded.due_at`;

/**
 * $2–$8: consumers, messages, ids, recipients, notices, their causes, and whether they are ever mailed,
 * at the same places. What is told to a guest who is an account by now is told as the account wants it.
 */
const recordSql = `
  with given as (
    select * from unnest($2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::jsonb[], $7::text[], $8::boolean[])
      as g (taken_by, message_id, id, recipient_id, notice, cause, is_mailed)
  ), stored as (
    insert into notifications (id, recipient_id, cause_id, notice, created_at, is_by_mail, is_in_app)
    select id, recipient_id, message_id, notice, $1,
      is_mailed and coalesce(p.by_mail, true), coalesce(p.in_app, true)
    from given join take_messages($2, $3) using (taken_by, message_id)
    left join lateral (
      select by_mail, in_app from preferences p
      where p.cause = given.cause and p.account_id = coalesce(
        (select account_id from claimed_guests where guest_id = given.recipient_id),
        given.recipient_id)
      offset 0) p on true
    on conflict (recipient_id, cause_id) do nothing
    returning id, recipient_id, notice, is_by_mail
  ), n as (select * from stored where is_by_mail), timer as (${setTimerSql})
  select ${outgoingColumns} from n ${recipientSql('n.recipient_id')}`;

/**
 * $2–$7: consumers, messages, accounts, addresses, names, languages, at the same places. Notices that
 * another statement stores at this moment are not seen here: their timer comes.
 */
const learnSql = `
  with given as (
    select * from unnest($2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
      as g (taken_by, message_id, account_id, email, full_name, language)
  ), r as (
    insert into recipients (account_id, email, full_name, language)
    select account_id, email, full_name, language
    from given join take_messages($2, $3) using (taken_by, message_id) order by account_id
    on conflict (account_id) do nothing returning *
  ), n as (
    select n.* from r cross join lateral (
      select * from notifications n where n.recipient_id = r.account_id and ${isWaitingSql} offset 0) n
  ), timer as (${setTimerSql})
  select ${outgoingColumns} from n join r on r.account_id = n.recipient_id
  order by n.created_at, n.id`;

const findSql = `
  select ${outgoingColumns} from notifications n join recipients r on r.account_id = n.recipient_id
  where n.id = $1 and ${isWaitingSql}`;

const renameSql = `
  update recipients set full_name = $4, language = $5, profile_version = $6
  where account_id = $3 and profile_version < $6 and take_message($1, $2)`;

/** Messages of one account come in order: it was learnt before. */
const moveSql = `
  update recipients set email = $4 where account_id = $3 and take_message($1, $2)`;

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
type Recorded = Readonly<{ id: string; recipientId: string; notice: Notice; delivery: Delivery }>;
type Learnt = Readonly<{ recipient: Recipient; delivery: Delivery }>;

/** Mails are in no hurry: what comes within this long is stored together, but no more than so many. */
const together = { everyMs: 50, max: 8 } as const;

const deliveriesOf = (items: readonly Readonly<{ delivery: Delivery }>[]) => [
  items.map(({ delivery }) => delivery.consumer),
  items.map(({ delivery }) => delivery.messageId),
];

export const createPgNotifications = ({ pool, clock, newId, gather }: Options): Notifications => {
  const query = async (name: string, text: string, values: readonly unknown[]) => {
    const { rows } = await pool.query<Row>({ name, text, values: [...values] });
    return rows.map(toOutgoing);
  };
  const done = gather<Done>(async (items) => {
    const ids = items.map(({ id }) => id);
    await query('notice-done', doneSql, [ids, items.map(({ isSent }) => isSent), clock()]);
  });
  const record = createBatching<Recorded, Outgoing | undefined>({
    ...together,
    async write(items) {
      const stored = await query('notice-record', recordSql, [
        clock(),
        ...deliveriesOf(items),
        items.map(({ id }) => id),
        items.map(({ recipientId }) => recipientId),
        items.map(({ notice }) => JSON.stringify(notice)),
        items.map(({ notice }) => causeOf(notice)),
        items.map(({ notice }) => isMailedHere(notice)),
      ]);
      const byId = new Map(stored.map((outgoing) => [outgoing.id, outgoing]));
      return items.map(({ id }) => byId.get(id));
    },
  });
  const learn = createBatching<Learnt, readonly Outgoing[]>({
    ...together,
    async write(items) {
      const waiting = await query('recipient-learn', learnSql, [
        clock(),
        ...deliveriesOf(items),
        items.map(({ recipient }) => recipient.accountId),
        items.map(({ recipient }) => recipient.email),
        items.map(({ recipient }) => recipient.fullName),
        items.map(({ recipient }) => recipient.language),
      ]);
      const byAccount = Map.groupBy(waiting, ({ recipient }) => recipient.accountId);
      return items.map(({ recipient: { accountId } }) => {
        const found = byAccount.get(accountId) ?? [];
        byAccount.delete(accountId); // The same message twice in one batch sends once.
        return found;
      });
    },
  });
  return {
    record: (recipientId, notice, delivery) =>
      record({ id: newId(), recipientId, notice, delivery }),
    learn: (recipient, delivery) => learn({ recipient, delivery }),
    async find(id) {
      return (await query('notice', findSql, [id]))[0];
    },
    async renameRecipient({ accountId, fullName, language, version }, { consumer, messageId }) {
      const values = [consumer, messageId, accountId, fullName, language, version];
      await query('recipient-rename', renameSql, values);
    },
    async moveRecipient(accountId, email, { consumer, messageId }) {
      await query('recipient-move', moveSql, [consumer, messageId, accountId, email]);
    },
    async claim(guestId, accountId, { consumer, messageId }) {
      const values = [consumer, messageId, guestId, accountId];
      await query('notices-claim', 'select claim_notices($1, $2, $3, $4)', values);
    },
    async forgetGuests(before, next) {
      const { rows } = await pool.query<{ address: string }>({
        name: 'guests-forget',
        text: `with timer as (
            insert into deadlines (kind, key, due_at) values ('forget-guests', '', $2)
            on conflict (kind, key) do update set due_at = excluded.due_at
          )
          select address from forget_guests($1) as address`,
        values: [before, next],
      });
      return rows.map(({ address }) => address);
    },
    done: (id, outcome) => done.add({ id, isSent: outcome === 'sent' }),
  };
};
