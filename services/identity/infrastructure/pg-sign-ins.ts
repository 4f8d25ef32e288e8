import type { Pool } from 'pg';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { Clock } from '#shared/platform/module.ts';
import { lockSecondsByFailure } from '../domain/sign-in-lock.ts';
import type { SignIns } from '../application/ports.ts';
import {
  accountColumns,
  historyJson,
  insertHistorySql,
  isSamePasswordSql,
  openSessionSql,
  replaceSessionSql,
  sessionJson,
  toAccount,
  type AccountRow,
} from './rows.ts';

const findSql = (column: 'email' | 'username'): string => `
  select ${accountColumns('a')}, t.locked_until
  from (select) one
  left join accounts a on a.${column} = $1
  cross join (
    select max(locked_until) as locked_until from sign_in_tries
    where tries_key in (select decode(key, 'hex') from unnest($2::text[]) as key)
      and locked_until > $3
  ) t`;

const openSql = `
  with found as (
    select id, session_epoch from accounts
    where id = $1 and ${isSamePasswordSql(2, 8)} and status <> 'deactivated'
      and second_factors = $7
      and not exists (
        select from sign_in_tries where tries_key = decode($3, 'hex') and locked_until > $4
      )
  ), forgiven as (
    delete from sign_in_tries where tries_key = decode($3, 'hex') and exists (select from found)
  ), ${openSessionSql(5, 'found')},
  recorded as (${insertHistorySql(6, 'found')})
  select id from found`;

const stepUpSql = `
  with found as (
    select id, session_epoch from accounts
    where id = $1 and ${isSamePasswordSql(2, 9)} and status <> 'deactivated'
      and second_factors = $7
      and not exists (
        select from sign_in_tries where tries_key = decode($3, 'hex') and locked_until > $4
      )
  ), forgiven as (
    delete from sign_in_tries where tries_key = decode($3, 'hex') and exists (select from found)
  ), ${replaceSessionSql('$8', 5, 4, 'found')},
  recorded as (${insertHistorySql(6, 'opened')})
  select id from opened`;

/** Tries that race wait for each other at the row, so no more of them count than the lock allows. */
const countFailureSql = `
  with counted as (
    insert into sign_in_tries as t (tries_key, failures, last_failed_at)
    values (decode($1, 'hex'), 1, $2)
    on conflict (tries_key) do update set
      failures = case when t.last_failed_at < $2 - interval '1 day' then 1 else t.failures + 1 end,
      last_failed_at = $2,
      locked_until = case when t.last_failed_at < $2 - interval '1 day' then null
        else $2 + make_interval(secs => ($3::integer[])[least(t.failures + 1, cardinality($3::integer[]))]) end
      where t.locked_until is null or t.locked_until <= $2
    returning tries_key
  ), recorded as (${insertHistorySql(4)})
  select exists (select from counted) as is_counted,
    (select locked_until from sign_in_tries where tries_key = decode($1, 'hex')) as locked_until`;

/** Told when the lock itself was committed after this statement began to look. */
const leastLockMs = 1_000;

export const createPgSignIns = ({
  pool,
  clock,
  endedSessions,
}: Readonly<{ pool: Pool; clock: Clock; endedSessions: EndedSessions }>): SignIns => ({
  async find(name, triesKeys) {
    const { rows } = await pool.query<AccountRow & { locked_until: Date | null }>({
      name: `sign-in-by-${name.kind}`,
      text: findSql(name.kind),
      values: [name.value, triesKeys, clock()],
    });
    const row = rows[0]!;
    return {
      account: (row.id as string | null) === null ? undefined : toAccount(row),
      lockedUntil: row.locked_until,
    };
  },

  async open(account, triesKey, session, by) {
    const now = clock();
    const { rowCount } = await pool.query({
      name: 'sign-in',
      text: openSql,
      values: [
        account.id,
        account.passwordHash,
        triesKey,
        now,
        sessionJson(session, by, now),
        historyJson(account.id, [{ type: session ? 'LoggedIn' : 'PasswordRight' }], by, now),
        JSON.stringify(account.secondFactors),
        account.sessionEpoch,
      ],
    });
    return rowCount === 1;
  },

  async stepUp(account, triesKey, sessionId, session, by) {
    const now = clock();
    const history = [{ type: 'SteppedUp', detail: session.methods.join(' ') }];
    const { rowCount } = await pool.query({
      name: 'step-up-password',
      text: stepUpSql,
      values: [
        account.id,
        account.passwordHash,
        triesKey,
        now,
        sessionJson(session, by, now),
        historyJson(account.id, history, by, now),
        JSON.stringify(account.secondFactors),
        sessionId,
        account.sessionEpoch,
      ],
    });
    if (rowCount === 1) await endedSessions.tell({ sessionId });
    return rowCount === 1;
  },

  async countFailure(triesKey, accountId, by) {
    const now = clock();
    const { rows } = await pool.query<{ is_counted: boolean; locked_until: Date | null }>({
      name: 'sign-in-failed',
      text: countFailureSql,
      values: [
        triesKey,
        now,
        lockSecondsByFailure,
        historyJson(accountId, [{ type: 'LoginFailed' }], by, now),
      ],
    });
    const { is_counted: isCounted, locked_until: until } = rows[0]!;
    if (isCounted) return { wasLockedUntil: null };
    const least = new Date(now.getTime() + leastLockMs);
    return { wasLockedUntil: until && until > least ? until : least };
  },

  async lockedUntil(triesKeys) {
    const { rows } = await pool.query<{ locked_until: Date | null }>({
      name: 'sign-in-lock',
      text: `select max(locked_until) as locked_until from sign_in_tries
        where tries_key in (select decode(key, 'hex') from unnest($1::text[]) as key)
          and locked_until > $2`,
      values: [triesKeys, clock()],
    });
    return rows[0]?.locked_until ?? null;
  },
});
