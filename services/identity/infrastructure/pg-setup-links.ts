import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { SetupLinks } from '../application/ports.ts';

const noAdminSql = `not exists (select from accounts where 'admin' = any (roles))`;
const createSql = `
  insert into setup_links (token_hash, expires_at)
  select decode($1, 'hex'), $2 where ${noAdminSql}
  on conflict (only_row) do update set
    token_hash = excluded.token_hash, expires_at = excluded.expires_at, used_at = null`;
const isOpenSql = `
  select 1 from setup_links
  where token_hash = decode($1, 'hex') and used_at is null and expires_at > $2 and ${noAdminSql}`;

/** One row at most, so a new link ends the one before. */
export const createPgSetupLinks = (options: Readonly<{ pool: Pool; clock: Clock }>): SetupLinks => {
  const { pool, clock } = options;
  return {
    async create(tokenHash, expiresAt) {
      return (await pool.query(createSql, [tokenHash, expiresAt])).rowCount === 1;
    },
    async isOpen(tokenHash) {
      return (await pool.query(isOpenSql, [tokenHash, clock()])).rowCount === 1;
    },
  };
};
