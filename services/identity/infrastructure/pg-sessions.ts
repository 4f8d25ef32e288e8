import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { ProofMethod, Sessions } from '../application/ports.ts';
import { accountColumns, toAccount, type AccountRow } from './rows.ts';

/** Of two that bring one token, the second waits at its row and then finds it used. */
const rotateSql = `
  with used as (
    update refresh_tokens t set used_at = $3
    from sessions s, accounts a
    where t.hash = decode($1, 'hex') and t.used_at is null
      and s.id = t.session_id and s.ended_at is null and s.expires_at > $3
      and a.id = s.account_id and a.session_epoch = s.epoch and a.status <> 'deactivated'
    returning s.id as session_id, s.authenticated_at, s.methods,
      ${accountColumns('a')}
  ), next as (
    insert into refresh_tokens (hash, session_id, issued_at)
    select decode($2, 'hex'), session_id, $3 from used
  ), touched as (
    update sessions s set last_used_at = $3 from used where s.id = used.session_id
  )
  select * from used`;

const endReusedSql = `
  with reused as (
    select session_id from refresh_tokens where hash = decode($1, 'hex') and used_at is not null
  ), ended as (
    update sessions s set ended_at = $2 from reused
    where s.id = reused.session_id and s.ended_at is null
    returning s.account_id
  ), recorded as (
    insert into account_events (account_id, type, at, ip)
    select account_id, 'RefreshTokenReused', $2, '' from ended
  )
  select session_id from reused`;

const endByRefreshSql = `
  update sessions s set ended_at = $2 from refresh_tokens t
  where t.hash = decode($1, 'hex') and s.id = t.session_id and s.ended_at is null`;

const isAliveSql = `
  select 1 from sessions s join accounts a on a.id = s.account_id
  where s.id = $1 and s.ended_at is null and s.expires_at > $2
    and s.epoch = a.session_epoch and a.status <> 'deactivated'`;

export const createPgSessions = (options: Readonly<{ pool: Pool; clock: Clock }>): Sessions => {
  const { pool, clock } = options;
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
      const { rowCount } = await run('refresh-reused', endReusedSql, [refreshHash]);
      return rowCount !== 0;
    },
    async endByRefresh(refreshHash) {
      await run('session-end-by-token', endByRefreshSql, [refreshHash]);
    },
    async end(sessionId) {
      const text = 'update sessions set ended_at = $2 where id = $1 and ended_at is null';
      await run('session-end', text, [sessionId]);
    },
    async isAlive(sessionId) {
      const { rowCount } = await run('session-alive', isAliveSql, [sessionId]);
      return rowCount === 1;
    },
  };
};
