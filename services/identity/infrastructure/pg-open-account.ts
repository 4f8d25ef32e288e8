import { insertIntoOutboxSql } from '#shared/messaging/outbox.ts';
import { openAccount } from '../domain/account.ts';
import type { Accounts } from '../application/ports.ts';
import { codeRequested, toPublished } from '../application/published-events.ts';
import { outboxOf, type WriteOptions } from './account-writes.ts';
import {
  accountValues,
  challengeJson,
  historyJson,
  historyOf,
  insertAccountSql,
  insertChallengeSql,
  insertHistorySql,
  openSessionSql,
  sessionJson,
} from './rows.ts';

/** No name of somebody who was forgotten: its hashes, by one key each, are parameter `$<parameter>`. */
const isFreeSql = (parameter: number): string => `not exists (
    select from erased_usernames where username_hash in (
      select decode(hash, 'hex') from unnest($${parameter}::text[]) as hash))`;

/**
 * $1–$13 the account; $14 its messages; $15 its challenge; $16, $17 the notice and its message; $18
 * history; $19 the hashes of its name.
 */
const registerSql = `
  with claimed as (
    insert into usernames (username, account_id)
    select $4::text, $1::uuid where ${isFreeSql(19)}
    on conflict (username) do nothing returning account_id
  ), made as (
    ${insertAccountSql(1, 'claimed')} on conflict (email) do nothing returning id
  ), challenged as (${insertChallengeSql(15, 'made')}),
  queued as (${insertIntoOutboxSql(14, 'made', true)}),
  holder as (
    select a.id from accounts a, claimed where a.email = $3 and not exists (select from made)
  ), noticed as (${insertChallengeSql(16, 'holder')}),
  queued_notice as (${insertIntoOutboxSql(17, 'noticed')}),
  recorded as (${insertHistorySql(18)})
  select exists (select from claimed) as is_claimed, exists (select from made) as is_made`;

/**
 * $14 its messages; $15 the token of the setup link, or null; $16 the session, $17 history; $18 now; $19
 * the hashes of its name.
 */
const openByOperatorSql = `
  with link as (
    update setup_links set used_at = $18 where token_hash = decode($15, 'hex')
      and used_at is null and expires_at > $18
      and not exists (select from accounts where 'admin' = any (roles)) and ${isFreeSql(19)}
    returning only_row
  ), allowed as (
    select 1 as one where ($15::text is null or exists (select from link)) and ${isFreeSql(19)}
  ), claimed as (
    insert into usernames (username, account_id) select $4, $1 from allowed
  ), made as (
    ${insertAccountSql(1, 'allowed')} returning id, session_epoch
  ), queued as (${insertIntoOutboxSql(14, 'made', true)}),
  ${openSessionSql(16, 'made')},
  recorded as (${insertHistorySql(17, 'made')})
  select exists (select from made) as is_made, ${isFreeSql(19)} as is_free`;

const uniqueViolation = '23505';

/** The two ways in which an account begins, each one statement. */
export const createPgOpenAccount = (
  options: WriteOptions & Readonly<{ erasedNamesOf: (username: string) => readonly string[] }>,
): Pick<Accounts, 'register' | 'openByOperator'> => {
  const { pool, clock, wakeOutbox } = options;
  return {
    async register({ events, challenge, notice }, by) {
      const now = clock();
      const account = openAccount(events);
      const published = [...toPublished(undefined, events), codeRequested(challenge.id)];
      const outbox = outboxOf(options, published, by, now);
      const { rows } = await pool.query<{ is_claimed: boolean; is_made: boolean }>({
        name: 'register',
        text: registerSql,
        values: [
          ...accountValues(account),
          JSON.stringify(outbox),
          challengeJson(challenge, now),
          challengeJson(notice, now),
          JSON.stringify(outboxOf(options, [codeRequested(notice.id)], by, now)),
          historyJson(account.id, [{ type: 'RegistrationTried' }], by, now),
          options.erasedNamesOf(account.username),
        ],
      });
      const { is_claimed: isClaimed, is_made: isMade } = rows[0]!;
      if (!isClaimed) return 'username_taken';
      // A notice is stored only when its address has not had too many.
      wakeOutbox(isMade ? outbox : undefined);
      return isMade ? 'opened' : 'email_taken';
    },

    async openByOperator({ events, setup }, by) {
      const now = clock();
      const account = openAccount(events);
      const outbox = outboxOf(options, toPublished(undefined, events), by, now);
      try {
        const { rows } = await pool.query<{ is_made: boolean; is_free: boolean }>({
          name: 'open-by-operator',
          text: openByOperatorSql,
          values: [
            ...accountValues(account),
            JSON.stringify(outbox),
            setup?.tokenHash ?? null,
            sessionJson(setup?.openSession, by, now),
            historyJson(account.id, historyOf(events), by, now),
            now,
            options.erasedNamesOf(account.username),
          ],
        });
        const { is_made: isMade, is_free: isFree } = rows[0]!;
        if (!isMade) return isFree ? 'link_not_valid' : 'username_taken';
        wakeOutbox(outbox);
        return 'opened';
      } catch (error) {
        const { code, constraint } = error as { code?: string; constraint?: string };
        if (code !== uniqueViolation) throw error;
        return constraint === 'accounts_email_key' ? 'email_taken' : 'username_taken';
      }
    },
  };
};
