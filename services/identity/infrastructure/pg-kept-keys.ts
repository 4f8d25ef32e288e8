import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { DeriveKeys, Keys } from '#shared/platform/secret.ts';
import { seal, unseal } from './sealing.ts';

/** What is hashed with a key and cannot be hashed again, since only its holder has it. */
const keptPurposes: readonly string[] = ['recovery-codes', 'erased-names'];

const idOf = (purpose: string, key: Buffer): string =>
  `${purpose}:${createHash('sha256').update(key).digest('hex')}`;

const insertSql = `
  insert into kept_keys (id, sealed, made_at)
  select id, sealed, $3 from unnest($1::text[], $2::bytea[]) as k (id, sealed)
  on conflict (id) do nothing`;

/**
 * `deriveKeys`, with the keys behind that some secret of the past was good for, where hashes of them may
 * still be there: they are kept sealed under the current secret. The keys of now are kept too.
 */
export const loadKeptKeys = async (
  options: Readonly<{ pool: Pool; deriveKeys: DeriveKeys; clock: Clock }>,
): Promise<DeriveKeys> => {
  const { pool, deriveKeys, clock } = options;
  const sealingKeys = deriveKeys('kept-keys');
  const { rows } = await pool.query<{ id: string; sealed: Buffer }>(
    'select id, sealed from kept_keys order by made_at desc, id',
  );
  const kept = new Map(rows.map(({ id, sealed }) => [id, unseal(sealingKeys, id, sealed)]));
  const missing = keptPurposes
    .flatMap((purpose) => deriveKeys(purpose).map((key) => ({ id: idOf(purpose, key), key })))
    .filter(({ id }) => !kept.has(id));
  if (missing.length > 0) {
    const sealed = missing.map(({ id, key }) => seal(sealingKeys, id, key));
    await pool.query(insertSql, [missing.map(({ id }) => id), sealed, clock()]);
  }
  return (purpose): Keys => {
    const derived = deriveKeys(purpose);
    const known = new Set(derived.map((key) => idOf(purpose, key)));
    const before = [...kept]
      .filter(([id]) => id.startsWith(`${purpose}:`) && !known.has(id))
      .map(([, key]) => key);
    return [...derived, ...before];
  };
};
