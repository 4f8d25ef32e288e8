/**
 * Postings a second, 8 writers at a time, beside a hand-written insert of two rows in a transaction
 * of its own on the same server with the same durability, alternated: over 10 hot accounts that may
 * not go below zero, over 10 hot ones of a shop, over 10,000. Then the verification of a million
 * entries.
 */
import { randomUUIDv7 } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createContextPool, createDatabase, prepareSchemas } from '#shared/platform/databases.ts';
import { startEmbeddedPostgres } from '#shared/platform/embedded-postgres.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import type { Postings } from '../services/payments/application/ledger.ts';
import { createVerifyLedger } from '../services/payments/application/queries/verify-ledger.ts';
import { post } from '../services/payments/domain/posting.ts';
import { createGroupedPostings } from '../services/payments/infrastructure/grouped-postings.ts';
import { createLedgerRules } from '../services/payments/infrastructure/oracles.ts';
import { createPgLedgerChain } from '../services/payments/infrastructure/pg-ledger-chain.ts';
import { entryToJson } from '../services/payments/infrastructure/rows.ts';
import { paymentsModule } from '../services/payments/module.ts';
import { median } from './lib/cpu.ts';

const rounds = Number(process.env['ROUNDS'] ?? 5);
const roundMs = Number(process.env['ROUND_MS'] ?? 2_000);
const rows = Number(process.env['ROWS'] ?? 1_000_000);
const writers = 8;

const sellerOf = (n: number): string =>
  `seller:00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}:available`;
const below = (n: number): number => Math.floor(Math.random() * n);

type Pair = readonly [from: string, to: string];
const cases: Readonly<Record<string, () => Pair>> = {
  'any two of 10 that may not go below zero': () => {
    const from = below(10);
    return [sellerOf(from), sellerOf((from + 1 + below(9)) % 10)];
  },
  'a provider to one of 9 sellers': () => ['provider:sandbox', sellerOf(below(9))],
  'a provider to one of 10,000 sellers': () => ['provider:sandbox', sellerOf(below(10_000))],
};

const startBooks = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plaza-bench-'));
  const server = await startEmbeddedPostgres({ directory });
  const { host, port, user, password, socket } = server;
  const address = { host, port, user, password };
  await createDatabase(address, 'bench');
  await prepareSchemas(address, 'bench', [paymentsModule], () => 'bench');
  const admin = new pg.Client({ ...address, database: 'bench' });
  await admin.connect();
  await admin.query(`set search_path = payments, extensions;
    create table raw_lines (entry_id uuid, line_no integer, account_id text, currency text,
      side text, amount_minor bigint, primary key (entry_id, line_no));
    grant insert on raw_lines to plaza_payments`);
  const pool = createContextPool({
    address: { host: socket ?? host, port },
    database: 'bench',
    context: 'payments',
    password: 'bench',
    max: writers,
    log: createLogger({ level: 'silent' }),
  });
  const stop = async (): Promise<void> => {
    await pool.end();
    await admin.end();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { admin, pool, stop };
};

const entryOf = ([from, to]: Pair, amount = 100n) =>
  post(
    'adjustment',
    { id: randomUUIDv7(), causeId: randomUUIDv7(), about: {} },
    { currency: 'COP', names: { from, to }, amounts: { amount } },
  );

/** How many a second `writers` get done, each waiting for its own. */
const rateOf = async (one: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < start + roundMs) {
        await one();
        done += 1;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - start);
};

type Books = Awaited<ReturnType<typeof startBooks>>;

const benchPostings = async ({ pool, admin }: Books) => {
  const clock = (): Date => new Date();
  const grouped: Postings = createGroupedPostings({ pool, clock });
  const raw = ([from, to]: Pair) =>
    pool.query({
      name: 'raw',
      text: `insert into raw_lines values ($1, 1, $2, 'COP', 'debit', $4), ($1, 2, $3, 'COP', 'credit', $4)`,
      values: [randomUUIDv7(), from, to, '100'],
    });
  const single = (pair: Pair) =>
    pool.query({
      name: 'single',
      text: 'select post_entry($1, $2)',
      values: [entryToJson(entryOf(pair)), clock()],
    });
  const open = Array.from({ length: 10_000 }, (_, n) =>
    entryOf(['provider:sandbox', sellerOf(n)], n < 10 ? 10_000_000_000n : 100n),
  );
  await Promise.all(open.map((entry) => grouped.post(entry)));
  await admin.query('vacuum analyze');
  await admin.query('checkpoint');
  const found: Record<string, Record<string, number[]>> = {};
  for (let round = 0; round <= rounds; round++)
    for (const [name, pick] of Object.entries(cases)) {
      const rates = {
        raw: await rateOf(() => raw(pick())),
        single: await rateOf(() => single(pick())),
        grouped: await rateOf(() => grouped.post(entryOf(pick()))),
      };
      if (round === 0) continue; // Warms statements, code and pages.
      const of = (found[name] ??= {});
      for (const [what, rate] of Object.entries(rates)) (of[what] ??= []).push(rate);
      (of['single / raw'] ??= []).push(rates.single / rates.raw);
      (of['grouped / raw'] ??= []).push(rates.grouped / rates.raw);
    }
  return Object.fromEntries(
    Object.entries(found).map(([name, of]) => [
      name,
      Object.fromEntries(
        Object.entries(of).map(([what, values]) => [
          what,
          Number(median(values).toPrecision(what.includes('/') ? 2 : 4)),
        ]),
      ),
    ]),
  );
};

const benchVerification = async ({ pool }: Books) => {
  const client = await pool.connect();
  await client.query('set statement_timeout = 0');
  for (let made = 0; made < rows; made += 2_000)
    await client.query(
      `select post_entries((
         select jsonb_agg(jsonb_build_object('id', uuidv7(), 'causeType', 'adjustment',
           'causeId', uuidv7(), 'about', '{}'::jsonb, 'lines', jsonb_build_array(
             jsonb_build_object('account', 'provider:sandbox', 'currency', 'COP', 'side', 'debit',
               'amountMinor', '100'),
             jsonb_build_object('account', 'seller:00000000-0000-7000-8000-' ||
               lpad(to_hex((random() * 9999)::int), 12, '0') || ':available', 'currency', 'COP',
               'side', 'credit', 'amountMinor', '100'))))
         from generate_series(1, $1)), now())`,
      [Math.min(2_000, rows - made)],
    );
  client.release(true);
  const chain = createPgLedgerChain(pool);
  const sealing = performance.now();
  await chain.seal();
  const sealed = performance.now();
  let peakMb = 0;
  const watch = setInterval(
    () => void (peakMb = Math.max(peakMb, process.memoryUsage().heapUsed / 1_048_576)),
    20,
  );
  const report = await createVerifyLedger({ chain, rules: createLedgerRules(pool) })();
  clearInterval(watch);
  return {
    entries: report.entries,
    'is sound': report.isSound,
    'chaining, s': Number(((sealed - sealing) / 1_000).toFixed(1)),
    'verification, s': Number(((performance.now() - sealed) / 1_000).toFixed(1)),
    'heap of the process, MB at most': Math.round(peakMb),
  };
};

export const benchLedger = async () => {
  const books = await startBooks();
  try {
    const postings = await benchPostings(books);
    return { postings, verification: await benchVerification(books) };
  } finally {
    await books.stop();
  }
};

if (import.meta.main) {
  const { postings, verification } = await benchLedger();
  console.table(postings);
  console.table(verification);
}
