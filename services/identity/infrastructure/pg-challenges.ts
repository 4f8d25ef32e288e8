import { limitKeyOf } from '#shared/http/client-address.ts';
import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import { mailCoolDownSeconds } from '../domain/challenge.ts';
import type { Challenges, NewChallenge } from '../application/ports.ts';
import { codeRequested } from '../application/published-events.ts';
import type { WriteOptions } from './account-writes.ts';
import { countMailSql } from './pg-second-step-mails.ts';
import {
  accountColumns,
  challengeJson,
  historyJson,
  insertChallengeSql,
  insertHistorySql,
  toAccount,
  type AccountRow,
} from './rows.ts';

const isOpenSql = `c.used_at is null and c.attempts_left > 0 and c.expires_at > $2
  and a.status <> 'deactivated'`;
const findSql = (condition: string): string => `
  select c.id as challenge_id, ${accountColumns('a')}
  from accounts a join challenges c on c.account_id = a.id
  where ${condition} and ${isOpenSql}`;

/** As a subquery, so that the planner of an empty database finds the primary key of challenges. */
const ofAddressSql = `c.account_id = (select id from accounts where email = $1)
  and c.purpose = 'verify_email'`;

/** The history row is written for challenges that do not exist too: both cost one commit. */
const countMissSql = `
  with missed as (
    update challenges set attempts_left = attempts_left - 1, misses = misses + 1
    where id = $1 and used_at is null and attempts_left > 0
  )
  ${insertHistorySql(2)}`;

/** Counted for addresses without an account too, so that the limit tells nothing of them. */
const requestSql = `
  with counted as (${countMailSql(6, '(select) one', 7)}),
  holder as (
    select a.id from accounts a, counted where a.email = $1 and a.status <> 'deactivated'
      and ($2 <> 'verify_email' or a.email_verified_at is null)
  ), begun as (${insertChallengeSql(3, 'holder', mailCoolDownSeconds)}),
  queued as (${insertIntoOutboxSql(4, 'begun')}),
  recorded as (${insertHistorySql(5)})
  select exists (select from counted) as is_counted`;

/** $1 the account; $2 to $4 its challenges and the holder's notice, $5 to $7 their messages; $8 history. */
const requestEmailChangeSql = `
  with mover as (
    select id from accounts where id = $1 and status <> 'deactivated'
  ), holder as (
    select a.id from accounts a, jsonb_to_recordset($3::jsonb) as t (address text)
    where a.email = t.address
  ), free as (select id from mover where not exists (select from holder)),
  begun_from as (${insertChallengeSql(2, 'mover')}),
  queued_from as (${insertIntoOutboxSql(5, 'begun_from')}),
  begun_to as (${insertChallengeSql(3, 'free')}),
  queued_to as (${insertIntoOutboxSql(6, 'begun_to')}),
  -- An earlier change that is still open must not end with a code of this one.
  dropped as (
    update challenges c set used_at = $9 from mover, holder
    where c.account_id = mover.id and c.purpose = 'change_email_to' and c.used_at is null
  ),
  noticed as (${insertChallengeSql(4, 'holder')}),
  queued_notice as (${insertIntoOutboxSql(7, 'noticed')})
  ${insertHistorySql(8)}`;

const findEmailChangeSql = `
  select c.id as to_id, f.id as from_id, c.address, ${accountColumns('a')}
  from accounts a join challenges c on c.account_id = a.id and c.purpose = 'change_email_to'
    join challenges f on f.account_id = a.id and f.purpose = 'change_email_from'
  where a.id = $1 and ${isOpenSql} and f.used_at is null and f.attempts_left > 0
    and f.expires_at > $2`;

export const createPgChallenges = ({
  pool,
  clock,
  newId,
  wakeOutbox,
}: WriteOptions): Challenges => {
  const find = async (name: string, condition: string, value: string) => {
    const { rows } = await pool.query<AccountRow & { challenge_id: string }>({
      name,
      text: findSql(condition),
      values: [value, clock()],
    });
    const [row] = rows;
    return row && { challengeId: row.challenge_id, account: toAccount(row) };
  };

  return {
    findCode: (by) =>
      'email' in by
        ? find('code-by-email', ofAddressSql, by.email)
        : find('code-by-id', `c.id = $1 and c.purpose = 'verify_email'`, by.challengeId),

    findLink: (hash) =>
      find(
        'link-by-hash',
        `c.secret_hash = decode($1, 'hex') and c.purpose = 'reset_password'`,
        hash,
      ),

    async requestEmailChange(accountId, { from, to, notice }, by) {
      const now = clock();
      const messageOf = ({ id }: NewChallenge): string =>
        JSON.stringify(toOutbox([{ id: newId(), ...codeRequested(id) }], by.trace, now));
      await pool.query({
        name: 'request-email-change',
        text: requestEmailChangeSql,
        values: [
          accountId,
          ...[from, to, notice].map((challenge) => challengeJson(challenge, now)),
          ...[from, to, notice].map(messageOf),
          historyJson(accountId, [{ type: 'EmailChangeRequested' }], by, now),
          now,
        ],
      });
      wakeOutbox();
    },

    async findEmailChange(accountId) {
      type Row = AccountRow & Readonly<{ to_id: string; from_id: string; address: string }>;
      const { rows } = await pool.query<Row>({
        name: 'email-change',
        text: findEmailChangeSql,
        values: [accountId, clock()],
      });
      const [row] = rows;
      if (!row) return undefined;
      const { to_id: toId, from_id: fromId, address } = row;
      return { toId, fromId, address, account: toAccount(row) };
    },

    async countMiss(challengeId, by) {
      const history = historyJson(null, [{ type: 'CodeRefused' }], by, clock());
      const values = [challengeId, history];
      await pool.query({ name: 'code-missed', text: countMissSql, values });
    },

    async request(email, challenge, by) {
      const now = clock();
      const message = { id: newId(), ...codeRequested(challenge.id) };
      const { rows } = await pool.query<{ is_counted: boolean }>({
        name: 'request-challenge',
        text: requestSql,
        values: [
          email,
          challenge.purpose,
          challengeJson(challenge, now),
          JSON.stringify(toOutbox([message], by.trace, now)),
          historyJson(null, [{ type: 'MailRequested', detail: challenge.purpose }], by, now),
          limitKeyOf(by.ip),
          now,
        ],
      });
      if (!rows[0]!.is_counted) return 'too_many';
      wakeOutbox();
      return 'requested';
    },
  };
};
