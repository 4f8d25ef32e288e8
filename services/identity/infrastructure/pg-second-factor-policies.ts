import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { KeptPolicy, SecondFactorPolicies } from '../application/second-factor-ports.ts';
import type { SecondFactorPolicy } from '../domain/second-factors.ts';
import { historyJson, insertHistorySql } from './rows.ts';

type Row = Readonly<{
  version: number;
  mode: SecondFactorPolicy['mode'];
  roles: SecondFactorPolicy['roles'];
  changed_at: Date;
  changed_by: string;
}>;

const columns = 'version, mode, roles, changed_at, changed_by';

/** The first is written over nothing, each other over the one that was read. */
const changeSql = `
  with changed as (
    insert into second_factor_policy (${columns})
    select $1::integer + 1, $2, $3, $4, $5
    where $1 = 0 or exists (select from second_factor_policy)
    on conflict (only_row) do update set version = excluded.version, mode = excluded.mode,
      roles = excluded.roles, changed_at = excluded.changed_at, changed_by = excluded.changed_by
      where second_factor_policy.version = $1
    returning ${columns}
  ), recorded as (${insertHistorySql(6, 'changed')})
  select ${columns} from changed`;

/** As the audit log names it, and as the environment would: `required:support,admin`. */
const named = ({ mode, roles }: SecondFactorPolicy): string =>
  roles.length === 0 ? mode : `${mode}:${roles.join(',')}`;

/** `initial` is the environment's, which counts until somebody has chosen. */
export const createPgSecondFactorPolicies = async ({
  pool,
  clock,
  initial,
}: Readonly<{
  pool: Pool;
  clock: Clock;
  initial: SecondFactorPolicy;
}>): Promise<SecondFactorPolicies> => {
  const toKept = (row: Row | undefined): KeptPolicy =>
    row
      ? {
          mode: row.mode,
          roles: row.roles,
          version: row.version,
          changedAt: row.changed_at,
          changedBy: row.changed_by,
        }
      : { ...initial, version: 0, changedAt: null, changedBy: null };
  let known: KeptPolicy;
  const find = async (): Promise<KeptPolicy> => {
    const text = `select ${columns} from second_factor_policy`;
    return toKept((await pool.query<Row>({ name: 'second-factor-policy', text })).rows[0]);
  };
  /** An answer that was under way while a newer one came is not taken. */
  const keep = (found: KeptPolicy): KeptPolicy => {
    if (found.version >= known.version) known = found;
    return found;
  };
  known = await find();
  return {
    current: {
      get mode() {
        return known.mode;
      },
      get roles() {
        return known.roles;
      },
    },
    find: async () => keep(await find()),
    async change(policy, version, by) {
      const entry = { type: 'SecondFactorPolicyChanged', detail: named(policy) };
      const { rows } = await pool.query<Row>({
        name: 'second-factor-policy-change',
        text: changeSql,
        values: [
          version,
          policy.mode,
          policy.roles,
          clock(),
          by.actorId,
          historyJson(by.actorId, [entry], by, clock()),
        ],
      });
      return rows[0] && keep(toKept(rows[0]));
    },
    refresh: async () => void keep(await find()),
  };
};
