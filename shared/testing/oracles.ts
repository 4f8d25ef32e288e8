import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import type { Pool } from 'pg';

/** A question whose answer must be no row (reliability 2); each row says in words what is wrong. */
export type Oracle = Readonly<{ rule: string; sql: string }>;

/** What these oracles find, in words: nothing. */
export const askOracles = async (
  pool: Pool,
  oracles: readonly Oracle[],
): Promise<readonly string[]> => {
  const found = await Promise.all(
    oracles.map(async ({ rule, sql }) => {
      const { rows } = await pool.query<string[]>({ text: sql, rowMode: 'array' });
      return rows.map(([text]) => `${rule}: ${text}`);
    }),
  );
  return found.flat();
};

/**
 * Fails each test of the file, or of the `describe` that it is called in, after which `findFaults` finds
 * one. `tests/architecture` asks for it in every integration test of money, stock and orders.
 */
export const soundAfterEach = (findFaults: () => Promise<readonly string[]>): void => {
  afterEach(async () => assert.deepEqual(await findFaults(), []));
};
