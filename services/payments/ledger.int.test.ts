import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { warm, whileHeld } from '#shared/testing/races.ts';
import { createRandom } from '#shared/testing/seeded-random.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { reverse } from './domain/posting.ts';
import { createGroupedPostings } from './infrastructure/grouped-postings.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createPgPendingEntries } from './infrastructure/pg-pending-entries.ts';
import { entryToJson } from './infrastructure/rows.ts';
import { move, newId, outcomeOf, seller, startBooks, type Books } from './ledger-steps.test.ts';

const minute = 60_000;
const largest = 10_000_000_000_000n;

describe('the ledger over real PostgreSQL', () => {
  let books: Books;
  before(async () => void (books = await startBooks()));
  after(() => books.stop());
  soundAfterEach(() => findFaults(books.pool));

  const pending = () => createPgPendingEntries({ pool: books.pool, clock: books.plaza.clock });
  const later = (ms: number): Date => new Date(books.plaza.clock().getTime() + ms);

  describe('accounts', () => {
    it('are of a kind that is known, and each name is of one kind at most', async () => {
      for (const account of [
        'piggy',
        'seller:ana:pending',
        `seller:${newId()}:secret`,
        'tax:',
        `Buyer:${newId()}`,
      ])
        assert.equal(
          await outcomeOf(books.book(move('provider:sandbox', account, 5n))),
          '23514',
          account,
        );
      const { rows } = await books.pool.query<{ id: string; n: string }>(
        `select v.id, count(k.kind) as n
         from (values ('provider:sandbox'), ('tax:CO-BOG'), ('platform:fees'), ('payouts:in_transit'),
           ('platform:losses'), ('platform:provider_fees'), ('buyer:' || uuidv7()), ('escrow:' || uuidv7()),
           ('seller:' || uuidv7() || ':pending'), ('seller:' || uuidv7() || ':available'),
           ('seller:' || uuidv7() || ':owing'), ('seller:' || uuidv7() || ':disputed')) as v (id)
         left join account_kinds k on v.id ~ ('^(' || k.pattern || ')$') group by v.id`,
      );
      assert.equal(rows.length, 12);
      assert.deepEqual(new Set(rows.map(({ n }) => n)), new Set(['1']));
    });

    it('are never below zero where we owe, nor above where we are owed', async () => {
      const account = await books.funded(100n);
      assert.equal(await outcomeOf(books.book(move(account, 'platform:fees', 101n))), '23514');
      await books.book(move(account, 'platform:fees', 100n));
      const owing = `seller:${newId()}:owing`;
      await books.book(move(owing, 'provider:sandbox', 70n));
      assert.equal(await outcomeOf(books.book(move('platform:fees', owing, 71n))), '23514');
      await books.book(move('platform:fees', owing, 70n));
      assert.deepEqual(await books.balanceOf(owing), ['0', '0']);
    });

    it('keep currencies apart, and amounts far beyond 32 bits', async () => {
      const account = await books.funded(largest);
      await books.funded(largest, 'COP', account);
      await books.funded(3_000_000_000n, 'USD', account);
      assert.deepEqual(await books.balanceOf(account), [String(2n * largest), '0']);
      assert.deepEqual(await books.balanceOf(account, 'USD'), ['3000000000', '0']);
      assert.equal(
        await outcomeOf(books.book(move(account, 'platform:fees', 3_000_000_001n, 'USD'))),
        '23514',
        'pesos do not pay dollars',
      );
      const { items } = await books.get<{
        items: { id: string; currency: string; balance: string }[];
      }>('accounts');
      assert.deepEqual(
        items
          .filter(({ id }) => id === account)
          .map(({ currency, balance }) => [currency, balance]),
        [
          ['COP', '200000000000.00'],
          ['USD', '30000000.00'],
        ],
      );
    });

    it('refuse what a balance of 64 bits cannot hold, and add up beyond it', async () => {
      const [one, two] = [seller(), seller()];
      const nearly = 9_223_372_036_854_775_000n;
      // As if a million of the largest amounts had come; a balance follows lines, so both are made.
      await books.owner.query('begin');
      await books.owner.query('set local session_replication_role = replica');
      await books.owner.query(
        `insert into ledger_accounts (id, currency, kind, bound, balance_minor)
         values ($1, 'COP', 'seller_available', 1, $3), ($2, 'COP', 'seller_available', 1, $3)`,
        [one, two, String(nearly)],
      );
      await books.owner.query('commit');
      assert.equal(await outcomeOf(books.book(move('provider:sandbox', one, 1_000n))), '22003');
      const { rows } = await books.pool.query<{ sum: string }>(
        `select sum(balance_minor) from ledger_balances where id = any($1)`,
        [[one, two]],
      );
      assert.equal(rows[0]!.sum, String(2n * nearly));
      await books.owner.query('delete from ledger_accounts where id = any($1)', [[one, two]]);
    });

    it('that every payment touches are kept in several rows, by several writers', async () => {
      await warm(books.pool);
      const before = BigInt((await books.balanceOf('platform:fees'))[0]);
      await Promise.all(
        Array.from({ length: 40 }, () => books.book(move('provider:sandbox', 'platform:fees', 1n))),
      );
      const { rows } = await books.pool.query<{ n: number }>(
        `select count(*)::int as n from ledger_accounts where id = 'platform:fees'`,
      );
      assert.ok(rows[0]!.n > 1, 'one row for all');
      assert.equal(BigInt((await books.balanceOf('platform:fees'))[0]) - before, 40n);
    });

    it('with a bound let two of many spend what is there for two', async () => {
      const account = await books.funded(250n);
      await warm(books.pool);
      const results = await Promise.all(
        Array.from({ length: 10 }, () =>
          outcomeOf(books.book(move(account, 'platform:fees', 100n))),
        ),
      );
      assert.deepEqual(results.toSorted(), [...Array<string>(8).fill('23514'), 'done', 'done']);
    });
  });

  describe('a pending entry', () => {
    const hold = async (account: string, amount: bigint, ms = 10 * minute) => {
      const entry = move(account, 'platform:fees', amount);
      await pending().hold(entry, later(ms));
      return entry;
    };
    it('holds money back that nobody else can spend, and books it once when it is posted', async () => {
      const account = await books.funded(100n);
      const { id } = await hold(account, 80n);
      assert.deepEqual(await books.balanceOf(account), ['100', '80']);
      assert.equal(await outcomeOf(books.book(move(account, 'platform:fees', 21n))), '23514');
      assert.equal(await outcomeOf(hold(account, 21n)), '23514');
      await books.book(move(account, 'platform:fees', 20n));
      assert.equal(await pending().post(id, newId()), 'posted');
      assert.equal(await pending().post(id, newId()), 'posted');
      assert.equal(await pending().void(id), 'posted');
      assert.deepEqual(await books.balanceOf(account), ['0', '0']);
    });

    it('gives everything back when it is voided or its time is over', async () => {
      const account = await books.funded(100n);
      const voided = await hold(account, 60n);
      assert.equal(await pending().void(voided.id), 'voided');
      assert.equal(await pending().post(voided.id, newId()), 'voided');
      const { id } = await hold(account, 100n, minute);
      assert.equal(await pending().expire(id), 'early');
      await books.plaza.advance(minute);
      assert.deepEqual(await books.balanceOf(account), ['100', '0']);
      assert.equal(await pending().post(id, newId()), 'expired');
      assert.equal(await pending().post(newId(), newId()), 'unknown');
    });

    it('that is posted after its time has expired, though no timer came', async () => {
      const account = await books.funded(100n);
      const { id } = await hold(account, 100n, minute);
      const late = createPgPendingEntries({ pool: books.pool, clock: () => later(minute) });
      assert.equal(await late.post(id, newId()), 'expired');
      assert.deepEqual(await books.balanceOf(account), ['100', '0']);
    });

    it('comes once a cause, and balances', async () => {
      const account = await books.funded(100n);
      const entry = move(account, 'platform:fees', 30n);
      await pending().hold(entry, later(minute));
      await pending().hold({ ...entry, id: newId() }, later(minute));
      assert.deepEqual(await books.balanceOf(account), ['100', '30']);
      const wrong = { ...move(account, 'platform:fees', 3n) };
      assert.equal(
        await outcomeOf(pending().hold({ ...wrong, lines: wrong.lines.slice(1) }, later(minute))),
        '23514',
      );
    });

    it('ends once, whoever comes at the same moment', async () => {
      for (let n = 0; n < 5; n++) {
        const account = await books.funded(100n);
        const { id } = await hold(account, 100n);
        const ended = await whileHeld(
          books.pool,
          // A booking that has not ended keeps the account's row.
          (client) =>
            client.query('select post_entry($1, now())', [
              entryToJson(move('provider:sandbox', account, 1n)),
            ]),
          () => [
            pending().post(id, newId()),
            pending().void(id),
            pending().post(id, newId()),
            createPgPendingEntries({ pool: books.pool, clock: () => later(60 * minute) }).expire(
              id,
            ),
          ],
        );
        assert.equal(new Set(ended).size, 1, ended.join());
        assert.deepEqual(await books.balanceOf(account), [
          ended[0] === 'posted' ? '1' : '101',
          '0',
        ]);
      }
    });

    it('agrees with a model of it over three hundred random steps', async () => {
      const random = createRandom(11);
      const account = await books.funded(1_000n);
      const model = { balance: 1_000n, open: new Map<string, bigint>() };
      const held = () => [...model.open.values()].reduce((a, b) => a + b, 0n);
      for (let n = 0; n < 300; n++) {
        const amount = BigInt(1 + Math.floor(random() * 300));
        const step = random();
        const [id] = [...model.open.keys()].toSorted(() => random() - 0.5);
        if (step < 0.4) {
          const entry = move(account, 'platform:fees', amount);
          const may = model.balance - held() >= amount;
          const done = await outcomeOf(pending().hold(entry, later(60 * minute)));
          assert.equal(done, may ? 'done' : '23514');
          if (may) model.open.set(entry.id, amount);
        } else if (step < 0.6 && id) {
          await pending().post(id, newId());
          model.balance -= model.open.get(id)!;
          model.open.delete(id);
        } else if (step < 0.8 && id) {
          await pending().void(id);
          model.open.delete(id);
        } else if (step < 0.9) {
          await books.funded(amount, 'COP', account);
          model.balance += amount;
        } else {
          const may = model.balance - held() >= amount;
          const done = await outcomeOf(books.book(move(account, 'platform:fees', amount)));
          assert.equal(done, may ? 'done' : '23514');
          if (may) model.balance -= amount;
        }
      }
      assert.deepEqual(await books.balanceOf(account), [String(model.balance), String(held())]);
    });
  });

  describe('a reversal', () => {
    it('takes back what one entry booked, in parts, and never more', async () => {
      const account = seller();
      const original = await books.book(move('provider:sandbox', account, 100n));
      const part = (minor: bigint) =>
        books.book(reverse(original, { id: newId(), causeId: newId() }, [minor, minor]));
      await part(60n);
      assert.equal(await outcomeOf(part(41n)), '23514');
      await part(40n);
      assert.equal(await outcomeOf(part(1n)), '23514');
      assert.deepEqual(await books.balanceOf(account), ['0', '0']);
    });

    it('names one entry that booked these lines, and is itself not reversed', async () => {
      const account = await books.funded(100n);
      const original = await books.book(move('provider:sandbox', account, 100n));
      const head = () => ({ id: newId(), causeId: newId() });
      const { reverses: _, ...unnamed } = reverse(original, head());
      assert.equal(await outcomeOf(books.book(unnamed)), '23514');
      const ofNothing = { ...reverse(original, head()), reverses: newId() };
      assert.equal(await outcomeOf(books.book(ofNothing)), '23503');
      const elsewhere = { ...move(account, 'platform:fees', 1n), reverses: original.id };
      assert.equal(await outcomeOf(books.book(elsewhere)), '23514');
      const same = { ...move('provider:sandbox', account, 1n), reverses: original.id };
      assert.equal(await outcomeOf(books.book(same)), '23514', 'the same way once more');
      const reversal = await books.book(reverse(original, head()));
      assert.equal(await outcomeOf(books.book(reverse(reversal, head()))), '23514');
    });

    it('of which many come at once takes back what there was', async () => {
      const account = await books.funded(1_000n);
      const original = await books.book(move('provider:sandbox', account, 100n));
      await warm(books.pool);
      const results = await Promise.all(
        Array.from({ length: 10 }, () =>
          outcomeOf(books.book(reverse(original, { id: newId(), causeId: newId() }, [30n, 30n]))),
        ),
      );
      assert.equal(results.filter((one) => one === 'done').length, 3);
      assert.deepEqual(await books.balanceOf(account), ['1010', '0']);
    });
  });

  describe('several entries at once', () => {
    it('are booked together or not at all', async () => {
      const account = await books.funded(100n);
      const entries = [
        move(account, 'platform:fees', 40n),
        move(account, 'platform:fees', 60n),
        move('provider:sandbox', account, 5n),
      ];
      const post = (list: readonly (typeof entries)[number][]) =>
        books.pool.query('select post_entries($1, now())', [
          `[${list.map((entry) => entryToJson(entry)).join()}]`,
        ]);
      await post(entries);
      assert.deepEqual(await books.balanceOf(account), ['5', '0']);
      assert.equal(
        await outcomeOf(
          post([move('provider:sandbox', account, 1n), move(account, 'platform:fees', 7n)]),
        ),
        '23514',
      );
      assert.deepEqual(await books.balanceOf(account), ['5', '0']);
    });
  });

  describe('postings that wait together', () => {
    it('share a transaction, and only the one that breaks a rule is refused', async () => {
      const account = await books.funded(100n);
      const postings = createGroupedPostings({ pool: books.pool, clock: books.plaza.clock });
      const amounts = [30n, 40n, 50n, 30n, 1n];
      const entries = amounts.map((amount) => move(account, 'platform:fees', amount));
      const first = postings.post(move('provider:sandbox', 'platform:fees', 1n));
      const results = await Promise.all(entries.map((entry) => outcomeOf(postings.post(entry))));
      await first;
      assert.deepEqual(results, ['done', 'done', '23514', 'done', '23514']);
      assert.deepEqual(await books.balanceOf(account), ['0', '0']);
      const twenty = Array.from({ length: 20 }, () => move('provider:sandbox', account, 1n));
      await Promise.all(twenty.map((entry) => postings.post(entry)));
      const { rows } = await books.pool.query<{ n: number }>(
        'select count(distinct xmin::text)::int as n from journal_entries where id = any($1)',
        [twenty.map(({ id }) => id)],
      );
      assert.equal(rows[0]!.n, 2, 'the first alone, then all that waited');
    });
  });

  describe('the API', () => {
    it('filters entries by what they are about', async () => {
      const about = { paymentId: newId(), orderId: newId(), jobId: newId() };
      const account = seller();
      const entry = await books.book(move('provider:sandbox', account, 7n, 'COP', about));
      for (const query of [
        `payment_id=${about.paymentId}`,
        `order_id=${about.orderId}`,
        `job_id=${about.jobId}`,
        `entry_id=${entry.id}`,
        `account=${account}`,
        `cause_type=adjustment&account=${account}`,
      ]) {
        const { items } = await books.get<{ items: { id: string; job_id: string }[] }>(
          `entries?${query}`,
        );
        assert.deepEqual(
          items.map(({ id, job_id }) => [id, job_id]),
          [[entry.id, about.jobId]],
          query,
        );
      }
      const none = await books.get<{ items: object[] }>(
        `entries?cause_type=capture&account=${account}`,
      );
      assert.deepEqual(none.items, []);
      await assert.rejects(books.get('entries?account=%27%20or%201=1'), /422/);
    });

    it('gives statements and trial balances as of any date, from lines alone', async () => {
      const account = seller();
      const at = (n: number): Date => new Date(Date.UTC(2020, 0, n));
      for (let n = 1; n <= 9; n++)
        await books.book(move('provider:sandbox', account, BigInt(n), 'KWD'), at(n));
      await books.book(move(account, 'provider:sandbox', 20n, 'KWD'), at(10));
      type Page = {
        opening_balance: string;
        closing_balance: string;
        items: { amount: string; balance: string; side: string }[];
        next_cursor: string | null;
      };
      const url = `statement?account=${account}&currency=KWD&from=2020-01-03T00:00:00Z&to=2020-01-11T00:00:00Z`;
      const first = await books.get<Page>(`${url}&limit=5`);
      const second = await books.get<Page>(`${url}&limit=5&cursor=${first.next_cursor}`);
      assert.deepEqual([first.opening_balance, first.closing_balance], ['0.003', '0.025']);
      assert.deepEqual([second.opening_balance, second.closing_balance], ['0.003', '0.025']);
      assert.deepEqual(
        [...first.items, ...second.items].map(({ balance }) => balance),
        ['0.006', '0.010', '0.015', '0.021', '0.028', '0.036', '0.045', '0.025'],
      );
      assert.equal(second.items.at(-1)!.side, 'debit');
      assert.equal(second.next_cursor, null);
      type Trial = {
        items: { account: string; currency: string; balance: string; debits: string }[];
        totals: { currency: string; debits: string; credits: string }[];
      };
      for (const [day, balance, total] of [
        ['05', '0.010', '0.010'],
        ['11', '0.025', '0.065'],
      ] as const) {
        const { items, totals } = await books.get<Trial>(
          `trial-balance?as_of=2020-01-${day}T00:00:00Z`,
        );
        assert.equal(items.find((row) => row.account === account)?.balance, balance);
        assert.deepEqual(totals, [{ currency: 'KWD', debits: total, credits: total }]);
      }
      const now = await books.get<Trial>('trial-balance');
      for (const { debits, credits } of now.totals) assert.equal(debits, credits);
      await assert.rejects(
        books.get(`statement?account=${account}&currency=ZZZ`),
        /unknown_currency/,
      );
    });

    it('is for administrators', async () => {
      const support = await books.plaza.account({ roles: ['support'] });
      for (const url of [
        'accounts',
        'entries',
        'verify',
        'export',
        'trial-balance',
        `statement?account=tax:CO&currency=COP`,
      ]) {
        const path = `/api/v1/ledger/${url}`;
        assert.equal((await books.plaza.request({ url: path, as: support })).statusCode, 403, url);
        const reply = await books.plaza.request({ url: path, as: books.admin });
        assert.deepEqual(
          [reply.statusCode, reply.headers['cache-control']],
          [200, 'no-store'],
          url,
        );
      }
    });
  });
});
