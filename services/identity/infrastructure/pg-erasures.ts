import type { HeldData } from '#shared/personal-data/personal-data.ts';
import { insertIntoOutboxSql } from '#shared/messaging/outbox.ts';
import type { Mail } from '#shared/platform/mail.ts';
import type { Pool } from 'pg';
import type { Erasures } from '../application/ports.ts';
import type { PublishedEvent } from '../application/published-events.ts';
import { outboxOf, type WriteOptions } from './account-writes.ts';

/**
 * $1, $2 consumer and message; $3 the account; $4 now; $5 the hash of its name; $6 the message when it
 * is closed, $7 when it stays. Administrators are locked in one order, as in every change of them, and
 * before the account itself, which is why "locked" asks for their number: two who leave at once, each
 * with their own row and waiting for the other's, would be a deadlock.
 */
const closeSql = `
  with taken as (
    select 1 as one where take_message($1, $2)
  ), admins as (
    select a.id from taken, accounts a
    where 'admin' = any (a.roles) and a.status = 'active' order by a.id for update of a
  ), locked as (
    select a.id, a.version, 'admin' = any (a.roles) and a.status = 'active' as is_admin
    from taken, accounts a
    where a.id = $3 and a.closed_at is null and (select count(*) from admins) >= 0
    for no key update of a
  ), closed as (
    update accounts a set status = 'deactivated', closed_at = $4, version = a.version + 1,
      session_epoch = a.session_epoch + 1
    from locked
    where a.id = locked.id
      and (not is_admin or (select count(*) from admins where id <> $3) > 0)
    returning a.id, a.session_epoch
  ), named as (
    insert into erased_usernames (username_hash) select decode($5, 'hex') from closed
    on conflict do nothing
  ), kept as (
    select id from locked where not exists (select from closed)
  ), told as (${insertIntoOutboxSql(6, 'closed', true)}),
  refused as (${insertIntoOutboxSql(7, 'kept', true)})
  select (select session_epoch from closed) as epoch, exists (select from closed) as is_closed, exists (select from kept) as is_kept`;

export const createPgErasures = (options: WriteOptions): Erasures => {
  const { pool, clock, wakeOutbox, endedSessions } = options;
  return {
    async close({ erasureId, accountId, usernameHash }, { consumer, messageId, trace }) {
      const now = clock();
      const at = now.toISOString();
      const circumstances = { trace, actorId: null, ip: '', userAgent: null };
      // An erasure is told once, so it is a subject of its own.
      const about = { subject: erasureId, aggregateVersion: 1 };
      const outbox = (event: PublishedEvent) => outboxOf(options, [event], circumstances, now);
      const closed = outbox({
        ...about,
        type: 'identity.account-erased.v1',
        data: { erasureId, accountId, erasedAt: at },
      });
      const kept = outbox({
        ...about,
        type: 'identity.erasure-refused.v1',
        data: { erasureId, accountId, reason: 'last_admin', refusedAt: at },
      });
      const { rows } = await pool.query<{ is_closed: boolean; is_kept: boolean; epoch: number }>({
        name: 'close-account',
        text: closeSql,
        values: [
          consumer,
          messageId,
          accountId,
          now,
          usernameHash,
          JSON.stringify(closed),
          JSON.stringify(kept),
        ],
      });
      const [row] = rows;
      if (row?.is_closed) {
        wakeOutbox(closed);
        const { epoch } = row;
        await endedSessions.tell({ accountId, epoch, keptSessionId: null });
      }
      if (row?.is_kept) wakeOutbox(kept);
    },
  };
};

/** What identity holds of people. No hash and no key goes out: they are not theirs but the house's. */
export const identityHeldData = ({
  pool,
  mail,
}: Readonly<{ pool: Pool; mail: Mail }>): HeldData => ({
  sections: [
    {
      name: 'account',
      sql: `select to_jsonb(a) - 'password_hash' from accounts a where id = $1`,
    },
    {
      name: 'sessions',
      sql: `select to_jsonb(s) - 'epoch' from sessions s where account_id = $1 order by created_at`,
    },
    {
      name: 'mails',
      sql: `select jsonb_build_object('purpose', purpose, 'expires_at', expires_at, 'used_at', used_at,
        'requested_at', requested_at) from challenges where account_id = $1`,
    },
    {
      name: 'history',
      sql: `select to_jsonb(e) from account_events e where account_id = $1 order by id`,
    },
  ],
  async forget(accountId) {
    const { rows } = await pool.query<{ email: string }>({
      name: 'forget-email',
      text: 'select email from accounts where id = $1',
      values: [accountId],
    });
    const forgetMails = async (): Promise<void> => {
      for (const { email } of rows) await mail.forget?.(email);
    };
    await forgetMails();
    // Again when the row is gone: a mail may have been on its way.
    return forgetMails;
  },
});
