import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { createContextPool } from '#shared/platform/databases.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { everyInterleaving, type SteppedSession } from '#shared/testing/stepping.ts';
import { testPassword } from '#shared/testing/test-postgres.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createPgLedgerChain } from './infrastructure/pg-ledger-chain.ts';
import { entryToJson } from './infrastructure/rows.ts';
import { move, seller, startBooks, type Books } from './ledger-steps.test.ts';

describe('two postings at once and their chain, in every order of their steps', () => {
  let books: Books;
  before(async () => void (books = await startBooks()));
  after(() => books.stop());
  soundAfterEach(() => findFaults(books.pool));
  const connect = (): Pool => {
    const { database, ...address } = books.plaza.admin;
    const log = createLogger({ level: 'silent' });
    const password = testPassword('payments');
    return createContextPool({ address, database, context: 'payments', password, max: 1, log });
  };
  type Entry = ReturnType<typeof move>;
  type Rows = Readonly<{ entries: readonly [Entry, Entry] }>;

  /** Each books one entry, then chains: what is begun stays open until its next step. */
  const session =
    (which: 0 | 1, isGivenUp: boolean) =>
    async ({ pool }: SteppedSession, { entries }: Rows): Promise<void> => {
      const entry = String(entryToJson(entries[which])).replaceAll("'", "''");
      await pool.query(`begin; select post_entry('${entry}', now())`);
      await pool.query(isGivenUp ? 'rollback' : 'commit');
      await pool.query('begin; select chain_ledger(5000)');
      await pool.query('commit');
    };

  for (const [what, account, isSecondGivenUp] of [
    ['on accounts of their own', seller, false],
    ['on one account, where one waits', () => 'seller:shared:available', false],
    ['of which one is given up', seller, true],
  ] as const)
    it(`${what}: the chain has each once and stays whole`, async () => {
      const chain = createPgLedgerChain(books.pool);
      await chain.seal();
      let last = (await chain.head()) ?? { seq: '0', hash: '' };
      const shared = account().replace('shared', crypto.randomUUID());
      const orders = new Set<string>();
      const runs = await everyInterleaving({
        connect,
        setUp: async (): Promise<Rows> => {
          const to = () => (what.includes('one account') ? shared : seller());
          const make = () => move('provider:sandbox', to(), 5n);
          return { entries: [make(), make()] };
        },
        sessions: [session(0, false), session(1, isSecondGivenUp)],
        judge: async ({ entries }, { outcomes }) => {
          assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(['fulfilled']));
          await chain.seal();
          const page = await chain.checkLinks(last, 100);
          assert.deepEqual(page.findings, []);
          assert.equal(page.links, isSecondGivenUp ? 1 : 2, 'each entry has one link');
          last = page.last!;
          const { rows } = await books.pool.query<{ entry_id: string }>(
            'select entry_id from ledger_chain where entry_id = any ($1) order by n',
            [entries.map(({ id }) => id)],
          );
          orders.add(rows.map((row) => entries.findIndex(({ id }) => id === row.entry_id)).join());
        },
      });
      assert.ok(runs.length >= 20, `only ${runs.length} orders of steps`);
      assert.deepEqual([...orders].toSorted(), isSecondGivenUp ? ['0'] : ['0,1', '1,0']);
      const report = await books.get<{ is_sound: boolean; findings: object[] }>('verify');
      assert.deepEqual(report.findings, []);
    });
});
