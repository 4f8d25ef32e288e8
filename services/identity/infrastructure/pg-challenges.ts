import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import type { Challenges } from '../application/ports.ts';
import { codeRequested } from '../application/published-events.ts';
import type { WriteOptions } from './account-writes.ts';
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

const requestSql = `
  with holder as (
    select id from accounts where email = $1 and status <> 'deactivated'
      and ($2 <> 'verify_email' or email_verified_at is null)
  ), begun as (${insertChallengeSql(3, 'holder')}),
  queued as (${insertIntoOutboxSql(4, 'begun')})
  ${insertHistorySql(5)}`;

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

    async countMiss(challengeId, by) {
      const history = historyJson(null, [{ type: 'CodeRefused' }], by, clock());
      const values = [challengeId, history];
      await pool.query({ name: 'code-missed', text: countMissSql, values });
    },

    async request(email, challenge, by) {
      const now = clock();
      const message = { id: newId(), ...codeRequested(challenge.id) };
      await pool.query({
        name: 'request-challenge',
        text: requestSql,
        values: [
          email,
          challenge.purpose,
          challengeJson(challenge, now),
          JSON.stringify(toOutbox([message], by.trace, now)),
          historyJson(null, [{ type: 'MailRequested', detail: challenge.purpose }], by, now),
        ],
      });
      wakeOutbox();
    },
  };
};
