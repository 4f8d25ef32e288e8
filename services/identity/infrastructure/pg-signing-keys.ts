import { createPrivateKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import { newKey, unsealKey } from './sealed-keys.ts';

/** Keys as a signer and a verifier need them; `publicKeys` has the next one too. */
export type KeyRing = Readonly<{
  signingKid: string;
  signingKey: ReturnType<typeof createPrivateKey>;
  publicKeys: readonly JWK[];
}>;

type Row = Readonly<{
  generation: number;
  kid: string;
  public_jwk: JWK;
  private_key: Buffer;
  created_at: Date;
  signs_from: Date | number;
}>;

export const rotateDeadline = 'rotate-keys';
export const retireDeadline = 'retire-keys';

const rotateEveryDays = 30;
/** A key is known to every verifier and signer before it signs: longer than any of them remembers. */
const publishedBeforeMs = 60_000;
/** The first two at once: nobody may see the one without the other, nor a crash leave it so. */
const makeSql = `
  with made as (
    insert into signing_keys (generation, kid, public_jwk, private_key, created_at, signs_from)
    values (1, $3, $4::jsonb, $5::bytea, $1::timestamptz, $1::timestamptz),
      (2, $6, $7::jsonb, $8::bytea, $1::timestamptz, 'infinity')
    on conflict (generation) do nothing
  )
  insert into deadlines as d (kind, key, due_at) values ('${rotateDeadline}', 'signing', $2)
  on conflict (kind, key) do update set due_at = least(d.due_at, excluded.due_at)`;
const postponeRotationSql = `
  update deadlines set due_at = $1 where kind = '${rotateDeadline}' and key = 'signing'`;

/**
 * Promotes the next key, adds one after it, and sets when the old one goes and when to come again.
 * Two that rotate at once promote one key: the second finds nothing that waits.
 */
const rotateSql = `
  with promoted as (
    update signing_keys set signs_from = $1 where generation = $2 and signs_from = 'infinity'
    returning generation
  ), added as (
    insert into signing_keys (generation, kid, public_jwk, private_key, created_at, signs_from)
    select generation + 1, $3, $4, $5, $1, 'infinity' from promoted
    on conflict (generation) do nothing
  )
  insert into deadlines as d (kind, key, due_at)
  select v.kind, 'signing', v.due_at from promoted, (values
    ('${rotateDeadline}', $1::timestamptz + interval '${rotateEveryDays} days'),
    ('${retireDeadline}', $6::timestamptz)
  ) as v (kind, due_at)
  on conflict (kind, key) do update set due_at = excluded.due_at`;

/** Keys before the one that signs, once no token of theirs can be alive. */
const retireSql = `
  delete from signing_keys k using (
    select generation, signs_from from signing_keys
    where signs_from <= $1 order by generation desc limit 1
  ) current
  where k.generation < current.generation and current.signs_from <= $2`;

/**
 * Signing keys in identity's schema: one signs, the next is published before it does, and those
 * before stay published until their tokens have ended. The private half is sealed with a key of the
 * installation.
 */
export const createPgSigningKeys = (
  options: Readonly<{
    pool: Pool;
    deriveKeys: DeriveKeys;
    clock: Clock;
    /** No token lives longer; a key is published at least so long after it signed its last. */
    longestTokenMs: number;
  }>,
) => {
  const { pool, clock, longestTokenMs } = options;
  const sealingKeys = options.deriveKeys('signing-keys');

  const readAll = async (): Promise<readonly Row[]> => {
    const { rows } = await pool.query<Row>(
      'select generation, kid, public_jwk, private_key, created_at, signs_from from signing_keys order by generation',
    );
    return rows;
  };

  /** The first starter makes two keys; another at the same moment finds them made. */
  const ensure = async (): Promise<readonly Row[]> => {
    const found = await readAll();
    if (found.length > 0) return found;
    const now = clock();
    const dueAt = new Date(now.getTime() + rotateEveryDays * 86_400_000);
    const keys = [await newKey(sealingKeys), await newKey(sealingKeys)];
    await pool.query(makeSql, [now, dueAt, ...keys.flat()]);
    return readAll();
  };

  const isInUse = ({ signs_from: from }: Row, now: Date): boolean =>
    from instanceof Date && from <= now;

  return {
    async load(): Promise<KeyRing> {
      const rows = await ensure();
      const now = clock();
      const current = rows.findLast((row) => isInUse(row, now)) ?? rows[0]!;
      const jwk = JSON.parse(unsealKey(sealingKeys, current.kid, current.private_key)) as JWK;
      return {
        signingKid: current.kid,
        signingKey: createPrivateKey({ key: jwk, format: 'jwk' }),
        publicKeys: rows.map((row) => row.public_jwk),
      };
    },
    async rotate(): Promise<void> {
      const rows = await ensure();
      const next = rows.find((row) => !(row.signs_from instanceof Date));
      if (!next) throw new Error('there is no next signing key');
      const now = clock();
      const readyAt = new Date(next.created_at.getTime() + publishedBeforeMs);
      if (readyAt > now) {
        await pool.query(postponeRotationSql, [readyAt]);
        return;
      }
      const retireAt = new Date(now.getTime() + longestTokenMs);
      await pool.query(rotateSql, [now, next.generation, ...(await newKey(sealingKeys)), retireAt]);
    },
    async retire(): Promise<void> {
      const now = clock();
      await pool.query(retireSql, [now, new Date(now.getTime() - longestTokenMs)]);
    },
  };
};

export type SigningKeys = ReturnType<typeof createPgSigningKeys>;
