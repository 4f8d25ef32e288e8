import bowser from 'bowser';
import type { Pool } from 'pg';
import { longestTokenMinutes, type EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { ProofMethod, Sessions, SessionSummary } from '../application/ports.ts';
import {
  accountColumns,
  historyJson,
  insertHistorySql,
  isLivingSql,
  toAccount,
  type AccountRow,
} from './rows.ts';

/** How long an answer may be lost on its way, or another tab be late. */
const graceSeconds = 10;

/**
 * Of two that bring one token at once, both see it unused. The second waits at its row to use it,
 * then finds it used, stores nothing, and answers the same successor; who comes later finds it in
 * its grace.
 */
const rotateSql = `
  with living as (
    select t.hash, t.used_at, s.id as session_id, s.authenticated_at, s.methods,
      ${accountColumns('a')}
    from refresh_tokens t
      join sessions s on s.id = t.session_id and ${isLivingSql(3)}
      join accounts a on a.id = s.account_id and a.session_epoch = s.epoch
        and a.status <> 'deactivated'
    where t.hash = decode($1, 'hex') and (t.used_at is null
      or (t.used_at > $3::timestamptz - interval '${graceSeconds} seconds'
      and exists (select from refresh_tokens n
        where n.hash = decode($2, 'hex') and n.used_at is null)))
  ), used as (
    update refresh_tokens t set used_at = $3 from living
    where t.hash = living.hash and t.used_at is null
    returning t.session_id
  ), next as (
    insert into refresh_tokens (hash, session_id, issued_at)
    select decode($2, 'hex'), session_id, $3 from used
  ), touched as (
    update sessions s set last_used_at = $3 from living where s.id = living.session_id
  )
  select * from living`;

const endReusedSql = `
  with reused as (
    select session_id from refresh_tokens where hash = decode($1, 'hex') and used_at is not null
  ), ended as (
    update sessions s set ended_at = $2 from reused
    where s.id = reused.session_id and s.ended_at is null
    returning s.id, s.account_id
  ), recorded as (
    insert into account_events (account_id, type, at, ip)
    select account_id, 'RefreshTokenReused', $2, '' from ended
  )
  select reused.session_id, exists (select from ended) as is_new from reused`;

const endByRefreshSql = `
  update sessions s set ended_at = $2 from refresh_tokens t
  where t.hash = decode($1, 'hex') and s.id = t.session_id and s.ended_at is null
  returning s.id`;

const endOwnSql = `
  with ended as (
    update sessions s set ended_at = $4 from accounts a
    where s.id = $2 and s.account_id = $1 and a.id = s.account_id and s.epoch = a.session_epoch
      and ${isLivingSql(4)}
    returning s.account_id
  ), recorded as (${insertHistorySql(3, 'ended')})
  select 1 from ended`;

const listSql = `
  select s.id, s.created_at, s.last_used_at, s.expires_at, s.ip, s.user_agent
  from sessions s join accounts a on a.id = s.account_id
  where s.account_id = $1 and s.epoch = a.session_epoch and ${isLivingSql(2)}
  order by s.last_used_at desc, s.id limit 100`;

/**
 * What ended while tokens of it may live. An account's newest epoch says it for all of its sessions
 * but those that were lifted to it.
 */
const endedLatelySql = `
  with since as (
    select $1::timestamptz - interval '${longestTokenMinutes} minutes' as at
  ), raised as (
    select distinct e.account_id from account_events e, since
    where e.at > since.at and e.account_id is not null
      and e.type in ('PasswordChanged', 'RoleRevoked', 'AccountDeactivated', 'SessionsEnded')
  )
  select s.id as session_id, null::uuid as account_id, null::integer as epoch, null::uuid as kept
  from sessions s, since where s.ended_at > since.at
  union all
  select g.id, null, null, null from ended_grants g, since where g.ended_at > since.at
  union all
  select null, a.id, a.session_epoch, (
    select s.id from sessions s where s.account_id = a.id and s.epoch = a.session_epoch
      and s.ended_at is null order by s.created_at limit 1)
  from raised join accounts a on a.id = raised.account_id`;

/** A token of another kind names no session of ours, but its grant; and the account's epoch. */
const isEndedSql = `
  select not exists (
    select from accounts a left join sessions s on s.id = $2::uuid and s.account_id = a.id
    where a.id = $1 and a.status <> 'deactivated'
      and case when s.id is null then coalesce($3::integer >= a.session_epoch, true)
        else ${isLivingSql(4)} and s.epoch = a.session_epoch end
  ) or exists (select from ended_grants where id = $2::uuid) as is_ended`;

const isAliveSql = `
  select 1 from sessions s join accounts a on a.id = s.account_id
  where s.id = $1 and ${isLivingSql(2)}
    and s.epoch = a.session_epoch and a.status <> 'deactivated'`;

/** What a person knows their device by; null where the client says nothing that is known. */
const deviceOf = (userAgent: string | null): SessionSummary['device'] => {
  if (!userAgent) return { browser: null, system: null, kind: null };
  const { browser, os, platform } = bowser.parse(userAgent);
  return { browser: browser.name ?? null, system: os.name ?? null, kind: platform.type ?? null };
};

type SessionRow = Readonly<{
  id: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  ip: string;
  user_agent: string | null;
}>;
type EndedRow = Readonly<{
  session_id: string | null;
  account_id: string | null;
  epoch: number | null;
  kept: string | null;
}>;

export const createPgSessions = (
  options: Readonly<{ pool: Pool; clock: Clock; endedSessions: EndedSessions }>,
): Sessions => {
  const { pool, clock, endedSessions } = options;
  const run = <Row extends object>(name: string, text: string, values: readonly unknown[]) =>
    pool.query<Row>({ name, text, values: [...values, clock()] });
  return {
    async rotate(refreshHash, nextHash) {
      const { rows } = await run<
        AccountRow & { session_id: string; authenticated_at: Date; methods: ProofMethod[] }
      >('refresh', rotateSql, [refreshHash, nextHash]);
      const [row] = rows;
      if (!row) return undefined;
      const { session_id: sessionId, authenticated_at: authenticatedAt, methods } = row;
      return { sessionId, authenticatedAt, methods, account: toAccount(row) };
    },
    async endReused(refreshHash) {
      const { rows } = await run<{ session_id: string; is_new: boolean }>(
        'refresh-reused',
        endReusedSql,
        [refreshHash],
      );
      const [reused] = rows;
      if (reused?.is_new) await endedSessions.tell({ sessionId: reused.session_id });
      return reused !== undefined;
    },
    async endByRefresh(refreshHash) {
      const { rows } = await run<{ id: string }>('session-end-by-token', endByRefreshSql, [
        refreshHash,
      ]);
      for (const { id } of rows) await endedSessions.tell({ sessionId: id });
    },
    async end(sessionId) {
      const text = 'update sessions set ended_at = $2 where id = $1 and ended_at is null';
      const { rowCount } = await run('session-end', text, [sessionId]);
      if (rowCount === 1) await endedSessions.tell({ sessionId });
    },
    async endOwn(accountId, sessionId, by) {
      const history = historyJson(accountId, [{ type: 'SessionEnded' }], by, clock());
      const { rowCount } = await run('session-end-own', endOwnSql, [accountId, sessionId, history]);
      if (rowCount === 1) await endedSessions.tell({ sessionId });
      return rowCount === 1;
    },
    async isAlive(sessionId) {
      const { rowCount } = await run('session-alive', isAliveSql, [sessionId]);
      return rowCount === 1;
    },
    async list(accountId) {
      const { rows } = await run<SessionRow>('sessions', listSql, [accountId]);
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_used_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        ip: row.ip,
        device: deviceOf(row.user_agent),
      }));
    },
    truth: {
      async load() {
        const { rows } = await run<EndedRow>('sessions-ended', endedLatelySql, []);
        return rows.map((row) =>
          row.session_id !== null
            ? { sessionId: row.session_id }
            : { accountId: row.account_id!, epoch: row.epoch!, keptSessionId: row.kept },
        );
      },
      async isEnded({ id, sessionId, epoch }) {
        const values = [id, sessionId ?? null, epoch ?? null];
        const { rows } = await run<{ is_ended: boolean }>('session-ended', isEndedSql, values);
        return rows[0]!.is_ended;
      },
    },
  };
};
