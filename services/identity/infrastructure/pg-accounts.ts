import type { Accounts, AccountSummary } from '../application/ports.ts';
import type { WriteOptions } from './account-writes.ts';
import { createPgChangeAccount } from './pg-change-account.ts';
import { createPgOpenAccount } from './pg-open-account.ts';
import { accountColumns, toAccount, type AccountRow } from './rows.ts';

const summarySql = `
  select id, username, email, email_verified_at is not null as email_verified, full_name,
    phone_number, roles, language,
    to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
  from accounts where id = $1`;

export const createPgAccounts = (
  options: WriteOptions & Readonly<{ erasedNamesOf: (username: string) => readonly string[] }>,
): Accounts => ({
  ...createPgOpenAccount(options),
  ...createPgChangeAccount(options),

  async find(id) {
    const { rows } = await options.pool.query<AccountRow>({
      name: 'account',
      text: `select ${accountColumns('a')} from accounts a where id = $1`,
      values: [id],
    });
    return rows[0] && toAccount(rows[0]);
  },

  async renewPasswordHash(id, before, after) {
    await options.pool.query({
      name: 'renew-password-hash',
      text: 'update accounts set password_hash = $3 where id = $1 and password_hash = $2',
      values: [id, before, after],
    });
  },

  async summary(id) {
    const { rows } = await options.pool.query<AccountSummary>({
      name: 'summary',
      text: summarySql,
      values: [id],
    });
    return rows[0];
  },
});
