import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { FactorList, SecondFactors } from '../application/second-factor-ports.ts';
import {
  accountColumns,
  historyJson,
  insertHistorySql,
  toAccount,
  type AccountRow,
} from './rows.ts';

const instantOf = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const listSql = `
  select coalesce((
    select jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'name', p.name,
        'created_at', f."addedAt", 'last_used_at', ${instantOf('coalesce(p.last_used_at, t.last_used_at, c.used_at)')})
      order by f."addedAt", f.id)
    from jsonb_to_recordset(a.second_factors) as f (id uuid, kind text, "addedAt" text)
    left join passkeys p on p.id = f.id
    left join totp_secrets t on t.id = f.id
    left join challenges c on f.kind = 'email' and c.account_id = a.id and c.purpose = 'second_step'
  ), '[]') as items,
  (select count(*)::int from recovery_codes r where r.account_id = a.id and r.used_at is null)
    as recovery_codes_left
  from accounts a where a.id = $1`;

const startTotpSql = `
  insert into totp_secrets as t (account_id, id, secret, created_at) values ($1, $2, $3, $4)
  on conflict (account_id) do update set
    id = excluded.id, secret = excluded.secret, created_at = excluded.created_at, last_step = 0
    where t.confirmed_at is null`;

const renamePasskeySql = `
  with renamed as (
    update passkeys set name = $3 where id = $2 and account_id = $1 returning account_id as id
  ), recorded as (${insertHistorySql(4, 'renamed')})
  select id from renamed`;

const pendingTotpSql = `
  select ${accountColumns('a')}, t.id as totp_id, t.secret, t.created_at as totp_created_at
  from accounts a left join totp_secrets t on t.account_id = a.id and t.confirmed_at is null
  where a.id = $1`;

type PendingRow = AccountRow &
  Readonly<{ totp_id: string | null; secret: Buffer; totp_created_at: Date }>;

export const createPgSecondFactors = (
  options: Readonly<{ pool: Pool; clock: Clock }>,
): SecondFactors => {
  const { pool, clock } = options;
  return {
    async list(accountId) {
      const query = { name: 'second-factors', text: listSql, values: [accountId] };
      return (await pool.query<FactorList>(query)).rows[0];
    },

    async renamePasskey({ accountId, factorId, name }, by) {
      const history = historyJson(accountId, [{ type: 'PasskeyRenamed' }], by, clock());
      const { rowCount } = await pool.query({
        name: 'passkey-rename',
        text: renamePasskeySql,
        values: [accountId, factorId, name, history],
      });
      return rowCount === 1;
    },

    async startTotp(accountId, { id, sealed }) {
      const { rowCount } = await pool.query({
        name: 'totp-start',
        text: startTotpSql,
        values: [accountId, id, sealed, clock()],
      });
      return rowCount === 1;
    },

    async findPendingTotp(accountId) {
      const query = { name: 'totp-pending', text: pendingTotpSql, values: [accountId] };
      const [row] = (await pool.query<PendingRow>(query)).rows;
      if (!row) return undefined;
      const { totp_id: id, secret: sealed, totp_created_at: createdAt } = row;
      return { account: toAccount(row), totp: id === null ? undefined : { id, sealed, createdAt } };
    },
  };
};
