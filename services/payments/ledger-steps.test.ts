/** What the tests of the books share; it has no tests of its own. */
import pg from 'pg';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';
import { post, type JournalEntry } from './domain/posting.ts';
import { entryToJson } from './infrastructure/rows.ts';
import { paymentsModule } from './module.ts';

export const newId = (): string => crypto.randomUUID();
export const seller = (): string => `seller:${newId()}:available`;

/** A transfer between two accounts by hand. */
export const move = (
  from: string,
  to: string,
  amount: bigint,
  currency = 'COP',
  about: JournalEntry['about'] = {},
): JournalEntry =>
  post(
    'adjustment',
    { id: newId(), causeId: newId(), about },
    { currency, names: { from, to }, amounts: { amount } },
  );

export const startBooks = async () => {
  const plaza = await startTestPlaza({ modules: [paymentsModule] });
  const admin = await plaza.account({ roles: ['admin'] });
  const pool = plaza.pool('payments');
  /** The administrator of the database: what no role of Plaza may do. */
  const owner = new pg.Client(plaza.admin);
  await owner.connect();
  await owner.query('set search_path = payments, extensions');
  const book = async (entry: JournalEntry, at: Date = plaza.clock()): Promise<JournalEntry> => {
    await pool.query('select post_entry($1, $2)', [entryToJson(entry), at]);
    return entry;
  };
  return {
    plaza,
    admin,
    pool,
    owner,
    book,
    /** An account that has this much. */
    async funded(amount: bigint, currency = 'COP', account = seller()): Promise<string> {
      await book(move('provider:sandbox', account, amount, currency));
      return account;
    },
    async balanceOf(account: string, currency = 'COP'): Promise<readonly [string, string]> {
      const { rows } = await pool.query<{ balance: string; pending: string }>(
        `select balance_minor as balance, pending_minor as pending from ledger_balances
         where id = $1 and currency = $2`,
        [account, currency],
      );
      return [rows[0]?.balance ?? '0', rows[0]?.pending ?? '0'];
    },
    async get<Body>(url: string): Promise<Body> {
      const reply = await plaza.request({ url: `/api/v1/ledger/${url}`, as: admin });
      if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body}`);
      return reply.json<Body>();
    },
    stop: async (): Promise<void> => {
      await owner.end();
      await plaza.stop();
    },
  };
};

export type Books = Awaited<ReturnType<typeof startBooks>>;

/** The SQL state of a refusal, or `done`. */
export const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
