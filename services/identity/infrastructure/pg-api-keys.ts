import type { Scope } from '#shared/kernel/scopes.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { AccountRole } from '../domain/account.ts';
import { keysMax } from '../domain/api-key.ts';
import type { ApiKeys } from '../application/key-ports.ts';
import { historyJson, insertHistorySql } from './rows.ts';

/** Of two that take one place at once, one finds it taken and comes again. */
const createSql = `
  with free as (
    select a.id as account_id, place from accounts a, generate_series(1, ${keysMax}) as place
    where a.id = $2 and a.status <> 'deactivated' and not exists (
      select from api_keys k where k.account_id = a.id and k.slot = place and k.revoked_at is null
    )
    order by place limit 1
  ), made as (
    insert into api_keys
      (id, account_id, slot, name, prefix, key_hash, scopes, created_at, expires_at)
    select $1, account_id, place, $3, $4, decode($5, 'hex'), $6, $7, $8 from free
    on conflict (account_id, slot) where revoked_at is null do nothing
    returning id
  ), recorded as (${insertHistorySql(9, 'made')})
  select exists (select from free) as is_room, exists (select from made) as is_made`;

const listSql = `
  select id, account_id, name, prefix, scopes, created_at, expires_at, last_used_at from api_keys
  where account_id = $1 and revoked_at is null order by id desc`;

const revokeSql = `
  with revoked as (
    update api_keys set revoked_at = $3
    where id = $2 and account_id = $1 and revoked_at is null
    returning id
  ), recorded as (${insertHistorySql(4, 'revoked')})
  select id from revoked`;

const findSql = `
  select k.id, k.account_id, k.scopes, k.expires_at, a.roles, a.session_epoch,
    a.email_verified_at is not null as is_email_verified
  from api_keys k join accounts a on a.id = k.account_id
  where k.key_hash = decode($1, 'hex') and k.revoked_at is null and k.expires_at > $2
    and a.status <> 'deactivated'`;

const usedSql = `
  update api_keys set last_used_at = $2
  where id = any ($1::uuid[])
    and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`;

type ListedRow = Readonly<{
  id: string;
  account_id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
}>;
type ShownRow = Readonly<{
  id: string;
  account_id: string;
  scopes: string[];
  expires_at: Date;
  roles: AccountRole[];
  session_epoch: number;
  is_email_verified: boolean;
}>;

export const createPgApiKeys = (
  options: Readonly<Pick<Platform, 'pool' | 'clock' | 'gather' | 'endedSessions'>>,
): ApiKeys => {
  const { pool, clock, endedSessions } = options;
  const marks = options.gather<string>(async (ids) => {
    const text = usedSql;
    await pool.query({ name: 'api-keys-used', text, values: [[...new Set(ids)], clock()] });
  });

  return {
    async create(key, hash, by) {
      const { id, accountId, name, prefix, scopes, createdAt, expiresAt } = key;
      const detail = `${prefix} ${scopes.join(' ')}`;
      const history = historyJson(accountId, [{ type: 'ApiKeyCreated', detail }], by, createdAt);
      const values = [id, accountId, name, prefix, hash, scopes, createdAt, expiresAt, history];
      for (;;) {
        const { rows } = await pool.query<{ is_room: boolean; is_made: boolean }>({
          name: 'api-key-create',
          text: createSql,
          values,
        });
        const { is_room: isRoom, is_made: isMade } = rows[0]!;
        // A place that another took meanwhile is one less to find: this ends.
        if (isMade || !isRoom) return isMade;
      }
    },

    async list(accountId) {
      const values = [accountId];
      const { rows } = await pool.query<ListedRow>({ name: 'api-keys', text: listSql, values });
      return rows.map((row) => ({
        id: row.id,
        accountId: row.account_id,
        name: row.name,
        prefix: row.prefix,
        scopes: row.scopes,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
      }));
    },

    async revoke(accountId, id, by) {
      const now = clock();
      const history = historyJson(accountId, [{ type: 'ApiKeyRevoked', detail: id }], by, now);
      const { rowCount } = await pool.query({
        name: 'api-key-revoke',
        text: revokeSql,
        values: [accountId, id, now, history],
      });
      if (rowCount !== 1) return false;
      await endedSessions.tell({ sessionId: id });
      return true;
    },

    async find(hash) {
      const values = [hash, clock()];
      const { rows } = await pool.query<ShownRow>({ name: 'api-key', text: findSql, values });
      const [row] = rows;
      return (
        row && {
          id: row.id,
          accountId: row.account_id,
          scopes: row.scopes,
          expiresAt: row.expires_at,
          roles: row.roles,
          isEmailVerified: row.is_email_verified,
          epoch: row.session_epoch,
        }
      );
    },

    used: (id) => marks.add(id),
  };
};
