import type { Pool } from 'pg';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import { sealAnew } from './sealing.ts';

/** Everything that is sealed here, and for whom: the key of its row. */
const sealedColumns = [
  { table: 'signing_keys', owner: 'kid', type: 'text', column: 'private_key', of: 'signing-keys' },
  { table: 'kept_keys', owner: 'id', type: 'text', column: 'sealed', of: 'kept-keys' },
  {
    table: 'totp_secrets',
    owner: 'account_id',
    type: 'uuid',
    column: 'secret',
    of: 'totp-secrets',
  },
] as const;
type SealedColumn = (typeof sealedColumns)[number];

const pageRows = 500;

const pageSql = ({ table, owner, type, column }: SealedColumn): string => `
  select ${owner}::text as owner, ${column} as sealed from ${table}
  where $1::${type} is null or ${owner} > $1::${type} order by ${owner} limit ${pageRows}`;

/** Only what is still as it was read: others may seal the same rows anew, or replace them. */
const replaceSql = ({ table, owner, type, column }: SealedColumn): string => `
  with locked as (
    select t.${owner}, g.after from ${table} t
      join unnest($1::${type}[], $2::bytea[], $3::bytea[]) as g (owner, before, after)
        on g.owner = t.${owner} and g.before = t.${column}
    order by t.${owner} for no key update of t
  )
  update ${table} t set ${column} = l.after from locked l where t.${owner} = l.${owner}`;

type Row = Readonly<{ owner: string; sealed: Buffer }>;

/**
 * Seals with the current secret whatever a former one sealed. It may be cut off anywhere and be done
 * by many at once: each row opens with one secret or the other at every moment.
 */
export const createPgResealing = ({
  pool,
  deriveKeys,
}: Readonly<{ pool: Pool; deriveKeys: DeriveKeys }>) => {
  const resealColumn = async (sealedColumn: SealedColumn): Promise<number> => {
    const keys = deriveKeys(sealedColumn.of);
    let last: string | null = null;
    let done = 0;
    for (;;) {
      const { rows }: { rows: Row[] } = await pool.query<Row>(pageSql(sealedColumn), [last]);
      const stale = rows
        .map((row) => ({ ...row, after: sealAnew(keys, row.owner, row.sealed) }))
        .filter(({ after }) => after !== 'current');
      if (stale.some(({ after }) => after === 'foreign'))
        throw new Error(
          `Something in ${sealedColumn.table} was sealed with a secret that is neither the one of this ` +
            'installation nor a previous one that it was given. Give the right one as PLAZA_PREVIOUS_SECRET, ' +
            'or as a line of the file `secret`. Nothing is lost.',
        );
      if (stale.length > 0) {
        const columns = [
          stale.map(({ owner }) => owner),
          stale.map(({ sealed }) => sealed),
          stale.map(({ after }) => after),
        ];
        done += (await pool.query(replaceSql(sealedColumn), columns)).rowCount ?? 0;
      }
      if (rows.length < pageRows) return done;
      last = rows.at(-1)!.owner;
    }
  };
  return {
    /** Whether there is a former secret that something may be sealed with. */
    isNeeded: deriveKeys('signing-keys').length > 1,
    /** Answers how many were sealed anew. Raises when something opens with no secret. */
    async run(): Promise<number> {
      let done = 0;
      for (const sealedColumn of sealedColumns) done += await resealColumn(sealedColumn);
      return done;
    },
  };
};

export type Resealing = ReturnType<typeof createPgResealing>;
