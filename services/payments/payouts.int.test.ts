import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import { warm } from '#shared/testing/races.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { nextRun } from './domain/payout.ts';
import { createPgDestinations } from './infrastructure/pg-destinations.ts';
import { createTestJobs, day, faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

type PayoutJson = Readonly<{
  id: string;
  status: string;
  amount: string;
  requested_by: string;
  failure: string | null;
  transfers?: readonly { net_amount: string }[];
}>;
type Problem = Readonly<{ code: string; available_minor?: string }>;

const iban = '123456789012';

for (const rail of ['sandbox', 'bank_file'] as const)
  describe(`payouts by ${rail} over real PostgreSQL`, () => {
    let plaza: TestPlaza;
    let buyer: TestAccount;
    let seller: TestAccount;
    let admin: TestAccount;
    let otherAdmin: TestAccount;
    let jobs: ReturnType<typeof createTestJobs>;
    const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
    let sellerId: string;

    /** Tokens and proofs of who one is last less than what some tests wait for. */
    const signIn = async (): Promise<void> => {
      buyer = await plaza.account({ id: ids[0]! });
      admin = await plaza.account({ id: ids[1]!, roles: ['admin'] });
      otherAdmin = await plaza.account({ id: ids[2]!, roles: ['admin'] });
      seller = await plaza.account({ id: sellerId, roles: ['professional'] });
      jobs = createTestJobs(plaza, buyer, seller);
    };
    /** Lets time pass, and no run of the schedule with it: that has a test of its own. */
    const wait = async (ms: number): Promise<void> => {
      await jobs.pool.query(
        `update deadlines set due_at = due_at + interval '1 year' where kind = 'run-payouts'`,
      );
      await plaza.advance(ms);
      await signIn();
    };
    before(async () => {
      const environment = { PLAZA_PAYOUT_RAIL: rail, PLAZA_PAYOUT_SCHEDULE: 'weekly' };
      plaza = await startTestPlaza({ modules: [paymentsModule], environment });
      const { rows } = await plaza
        .pool('payments')
        .query<{ due_at: Date }>(`select due_at from deadlines where kind = 'run-payouts'`);
      assert.deepEqual(
        rows.map(({ due_at }) => due_at),
        [nextRun('weekly', plaza.clock())],
      );
    });
    beforeEach(async () => {
      sellerId = crypto.randomUUID();
      await signIn();
    });
    soundAfterEach(() => faultsIn(jobs.pool));
    after(() => plaza.stop());

    const destination = (accountNumber = iban, as = seller, headers = {}) =>
      plaza.request({
        method: 'PUT',
        url: '/api/v1/payout-destination',
        as,
        headers,
        payload: {
          country: 'CO',
          type: 'savings',
          bank_code: '007',
          account_number: accountNumber,
          holder_name: 'Lucía Gómez',
          tax_id: '1020304050',
        },
      });
    /** Earned by one part of a job, after commission and its tax. */
    const earn = async (amountMinor = 1_000_00n): Promise<void> => {
      const { id } = await jobs.hold(amountMinor);
      assert.equal((await jobs.act('release', id, buyer)).statusCode, 200);
    };
    const payout = (body: object = {}, key?: string, as = seller) =>
      plaza.request({
        method: 'POST',
        url: '/api/v1/payouts',
        as,
        headers: key === undefined ? {} : { 'idempotency-key': key },
        payload: { currency: 'COP', ...body },
      });
    const read = async (id: string, as = seller): Promise<PayoutJson> =>
      (await plaza.request({ url: `/api/v1/payouts/${id}`, as })).json<PayoutJson>();
    const balance = async (): Promise<Record<string, string>> => {
      const { items } = (await plaza.request({ url: '/api/v1/balance', as: seller })).json<{
        items: Record<string, string>[];
      }>();
      return items[0] ?? {};
    };
    const ready = async (accountNumber = iban): Promise<void> => {
      assert.equal((await destination(accountNumber)).statusCode, 200);
      await wait(3 * day);
      await earn();
    };
    const post = (url: string, as: TestAccount, payload: object, headers = {}) =>
      plaza.request({ method: 'POST', url: `/api/v1${url}`, as, payload, headers });

    it('are shown to staff by seller, and to nobody else', async () => {
      await ready();
      const { id } = (await payout()).json<PayoutJson>();
      const staff = await plaza.account({ roles: ['support'] });
      const other = await plaza.account({ roles: ['seller'] });
      const get = (url: string, as: TestAccount) =>
        plaza.request({ url: `/api/v1${url}${sellerId}`, as });
      type Items = Readonly<{ items: readonly Readonly<{ id: string }>[] }>;
      const ofSeller = (await get('/balance?account_id=', staff)).json<Items>().items[0];
      assert.deepEqual(ofSeller, await balance());
      const list = (await get('/payouts?seller_id=', staff)).json<Items>();
      assert.deepEqual(
        list.items.map((payoutOf) => payoutOf.id),
        [id],
      );
      for (const url of ['/balance?account_id=', '/payouts?seller_id='])
        assert.equal((await get(url, other)).statusCode, 404, url);
    });

    it('pays exactly what was earned, and lists it', async () => {
      await ready();
      await earn(50_00n);
      assert.partialDeepStrictEqual(await balance(), {
        available_amount: '925.05',
        payable_amount: '925.05',
        in_transit_amount: '0.00',
      });
      const reply = await payout({ amount: '925.05' });
      assert.equal(reply.statusCode, 201, reply.body);
      const { id } = reply.json<PayoutJson>();
      const { transfers, amount, requested_by } = await read(id);
      assert.deepEqual([amount, requested_by], ['925.05', sellerId]);
      assert.deepEqual(transfers!.map(({ net_amount }) => net_amount).toSorted(), [
        '44.05',
        '881.00',
      ]);
      assert.partialDeepStrictEqual(await balance(), {
        available_amount: '0.00',
        in_transit_amount: '925.05',
      });
    });

    it('pays nothing that is not there, nor another amount than there is', async () => {
      await ready();
      const more = await payout({ amount: '881.01' });
      assert.partialDeepStrictEqual(more.json<Problem>(), {
        code: 'payments.payout_amount_differs',
        available_minor: '88100',
      });
      assert.equal((await payout()).statusCode, 201);
      assert.equal((await payout()).json<Problem>().code, 'payments.nothing_to_pay_out');
      assert.equal((await payout({ currency: 'USD' })).statusCode, 409);
    });

    it('is asked for twice at once and paid once; a repeated key is the same payout', async () => {
      await ready();
      await warm(jobs.pool);
      const replies = await Promise.all(Array.from({ length: 8 }, () => payout()));
      assert.equal(replies.filter(({ statusCode }) => statusCode === 201).length, 1);
      assert.ok(replies.every(({ statusCode }) => [201, 409].includes(statusCode)));
      await earn();
      const first = await payout({}, 'k1');
      const again = await payout({}, 'k1');
      assert.equal(first.statusCode, 201);
      assert.equal(again.body, first.body);
    });

    it('goes to a destination that is 72 hours old, and says whose it is to nobody', async () => {
      await earn();
      assert.equal((await payout()).json<Problem>().code, 'payments.payout_destination_missing');
      const changed = await destination();
      assert.partialDeepStrictEqual(changed.json(), { account_number_last4: iban.slice(-4) });
      assert.ok(!changed.body.includes(iban) && !changed.body.includes('1020304050'));
      assert.equal((await payout()).json<Problem>().code, 'payments.payout_destination_cooling');
      const told = await jobs.pool.query(
        `select from outbox where type = 'payments.payout-destination-changed.v1' and subject = $1`,
        [sellerId],
      );
      assert.equal(told.rowCount, 1);
      await wait(3 * day - 60_000);
      assert.equal((await payout()).json<Problem>().code, 'payments.payout_destination_cooling');
      // Changed again, it waits again.
      await destination('999999999999');
      await wait(120_000);
      assert.equal((await payout()).json<Problem>().code, 'payments.payout_destination_cooling');
      await wait(3 * day);
      assert.equal((await payout()).statusCode, 201);
      const { rows } = await jobs.pool.query<{ text: string }>(
        `select d::text as text from payout_destinations d
         union all select o::text from outbox o union all select k::text from idempotency_keys k`,
      );
      assert.ok(rows.every(({ text }) => !text.includes(iban) && !text.includes('999999999999')));
    });

    it('opens its destination after the installation’s secret was replaced', async () => {
      await ready();
      const { rows } = await jobs.pool.query<{ id: string }>(
        'select id from payout_destinations where account_id = $1',
        [sellerId],
      );
      const { id } = rows[0]!;
      const [current] = plaza.deriveKeysOf('payments')('payout-destinations');
      const newer = Buffer.alloc(32, 9);
      const on = (deriveKeys: DeriveKeys) =>
        createPgDestinations({
          pool: jobs.pool,
          newId: () => crypto.randomUUID(),
          wakeOutbox: () => {},
          deriveKeys,
        });
      await on(() => [newer, current]).sealAnew();
      assert.equal((await on(() => [newer]).open([id])).get(id)?.accountNumber, iban);
      await assert.rejects(on(() => [current]).open([id]));
      await assert.rejects(
        on(() => [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]).sealAnew(),
        /not given/,
      );
      await on(() => [current, newer]).sealAnew();
      assert.equal((await on(() => [current]).open([id])).get(id)?.accountNumber, iban);
    });

    it('and its destination need a fresh proof of who asks, and the role', async () => {
      const old = await plaza.account({
        id: sellerId,
        roles: ['professional'],
        authenticatedAt: Math.floor(plaza.clock().getTime() / 1_000) - 601,
      });
      for (const reply of [await payout({}, undefined, old), await destination(iban, old)])
        assert.equal(reply.json<Problem>().code, 'auth.step_up_required');
      for (const reply of [await payout({}, undefined, buyer), await destination(iban, buyer)])
        assert.equal(reply.statusCode, 403);
    });

    it('is a stranger’s nothing, and staff see all', async () => {
      await ready();
      const { id } = (await payout()).json<PayoutJson>();
      const stranger = await plaza.account({ roles: ['seller'] });
      const url = `/api/v1/payouts/${id}`;
      assert.equal((await plaza.request({ url, as: stranger })).statusCode, 404);
      assert.equal((await plaza.request({ url, as: admin })).statusCode, 200);
      const list = async (as: TestAccount) => {
        const reply = await plaza.request({ url: '/api/v1/payouts?limit=100', as });
        return reply.json<{ items: PayoutJson[] }>().items.map((item) => item.id);
      };
      assert.deepEqual(await list(stranger), []);
      assert.deepEqual(await list(seller), [id]);
      assert.ok((await list(admin)).includes(id));
    });

    it('is made by the schedule itself, once, and again a week later', async () => {
      await ready();
      const pass = async (ms: number): Promise<void> => {
        await plaza.advance(ms);
        await signIn();
      };
      await jobs.pool.query(`update deadlines set due_at = $1 where kind = 'run-payouts'`, [
        nextRun('weekly', plaza.clock()),
      ]);
      await pass(7 * day);
      const made = async () => {
        const reply = await plaza.request({ url: '/api/v1/payouts', as: seller });
        return reply.json<{ items: PayoutJson[] }>().items;
      };
      assert.partialDeepStrictEqual(await made(), [{ amount: '881.00', requested_by: 'schedule' }]);
      // Another replica that starts keeps the timer as it is.
      const before = await jobs.pool.query('select * from deadlines where kind = $1', [
        'run-payouts',
      ]);
      const replica = await startTestPlaza({
        modules: [paymentsModule],
        database: plaza.database,
        environment: { PLAZA_PAYOUT_RAIL: rail, PLAZA_PAYOUT_SCHEDULE: 'weekly' },
      });
      await replica.stop();
      const kept = await jobs.pool.query('select * from deadlines where kind = $1', [
        'run-payouts',
      ]);
      assert.deepEqual(kept.rows, before.rows);
      await earn();
      await pass(7 * day);
      assert.equal((await made()).length, 2);
    });

    if (rail === 'sandbox') {
      it('arrives, and is told', async () => {
        await ready();
        const { id } = (await payout()).json<PayoutJson>();
        await wait(1_000);
        assert.equal((await read(id)).status, 'paid');
        assert.equal(await jobs.balanceOf('payouts:in_transit'), 0n);
        assert.deepEqual(
          (await jobs.published(id)).map(({ type }) => type),
          ['payments.payout-requested.v1', 'payments.payout-paid.v1'],
        );
      });

      it('comes back: its money is available again, once, and in a new payout', async () => {
        await ready('123456780002');
        const { id } = (await payout()).json<PayoutJson>();
        await wait(1_000);
        assert.partialDeepStrictEqual(await read(id), {
          status: 'returned',
          failure: 'account_closed',
        });
        assert.partialDeepStrictEqual(await balance(), { available_amount: '881.00' });
        const next = (await payout()).json<PayoutJson>();
        assert.equal(next.amount, '881.00');
        assert.deepEqual((await read(id)).transfers, (await read(next.id)).transfers);
      });

      it('whose answer is lost frees nothing until the bank says what became of it', async () => {
        await ready('123456781018');
        const { id } = (await payout()).json<PayoutJson>();
        await wait(1_000);
        assert.equal((await read(id)).status, 'unknown');
        assert.partialDeepStrictEqual(await balance(), { available_amount: '0.00' });
        assert.equal((await payout()).json<Problem>().code, 'payments.nothing_to_pay_out');
        await wait(60_000);
        assert.equal((await read(id)).status, 'paid');
      });

      it('that never reached the bank fails when the bank says so, and never arrives later', async () => {
        await ready('123456781026');
        const { id } = (await payout()).json<PayoutJson>();
        await wait(1_000);
        assert.equal((await read(id)).status, 'unknown');
        await wait(60_000);
        assert.partialDeepStrictEqual(await read(id), { status: 'failed', failure: 'not_sent' });
        assert.partialDeepStrictEqual(await balance(), { available_amount: '881.00' });
        const { rows } = await jobs.pool.query(
          'select status from sandbox_payouts where key = $1',
          [id],
        );
        assert.deepEqual(rows, [{ status: 'void' }]);
      });
    }

    if (rail === 'bank_file') {
      type Batch = Readonly<{ id: string; payout_count: number; total_amount: string }>;
      const batch = async (): Promise<Batch> =>
        (await post('/payout-batches', admin, { currency: 'COP' })).json<Batch>();
      const fileOf = async (id: string) =>
        plaza.request({ url: `/api/v1/payout-batches/${id}/file`, as: admin });
      const confirm = (id: string, line: object, as = admin) =>
        post(`/payout-batches/${id}/confirm`, as, { lines: [line] });
      /** What earlier tests left to be carried to the bank. */
      const empty = async (): Promise<void> => void (await batch());

      it('is carried to the bank as a file, and confirmed line by line', async () => {
        await ready();
        await empty();
        const { id } = (await payout()).json<PayoutJson>();
        await wait(1_000);
        assert.equal((await read(id)).status, 'requested');
        const made = await batch();
        assert.partialDeepStrictEqual(made, { payout_count: 1, total_amount: '881.00' });
        const file = await fileOf(made.id);
        assert.equal(file.headers['content-type'], 'text/csv; charset=utf-8');
        assert.ok(
          file.body.includes(`${id},CO,savings,007,${iban},Lucía Gómez,1020304050,881.00,COP`),
        );
        assert.equal((await fileOf(made.id)).body, file.body);
        const none = await post('/payout-batches', admin, { currency: 'COP' });
        assert.equal(none.json<Problem>().code, 'payments.payout_batch_empty');

        const line = { payout_id: id, result: 'paid', reference: 'B-1' };
        for (let time = 1; time <= 2; time++) {
          const reply = await confirm(made.id, line);
          assert.partialDeepStrictEqual(reply.json<{ items: PayoutJson[] }>().items, [
            { id, status: 'paid' },
          ]);
        }
        assert.equal((await jobs.published(id)).length, 2);
        // A bank may return it after all; then it is not paid.
        const back = { payout_id: id, result: 'returned', reason: 'cuenta cerrada' };
        assert.equal((await confirm(made.id, back)).statusCode, 200);
        assert.equal((await confirm(made.id, back)).statusCode, 200);
        assert.partialDeepStrictEqual(await read(id), { status: 'returned' });
        assert.partialDeepStrictEqual(await balance(), { available_amount: '881.00' });
        const late = await confirm(made.id, line);
        assert.equal(late.json<Problem>().code, 'payments.payout_ended');
        // What has ended is not in the file any more: it would be sent twice.
        assert.ok(!(await fileOf(made.id)).body.includes(id));
      });

      it('is confirmed by nobody who is paid by it, and much of it by two', async () => {
        await ready();
        await empty();
        await earn(30_000_000_00n);
        const { id } = (await payout()).json<PayoutJson>();
        const both = await plaza.account({ id: sellerId, roles: ['professional', 'admin'] });
        await post('/payout-batches', both, { currency: 'COP' });
        assert.equal((await read(id)).status, 'requested');
        const made = await batch();
        const line = { payout_id: id, result: 'paid' };
        const refused = await confirm(made.id, line, both);
        assert.equal(refused.json<Problem>().code, 'payments.payout_not_yours');
        const alone = await confirm(made.id, line);
        assert.equal(alone.json<Problem>().code, 'payments.payout_needs_another_admin');
        assert.equal((await confirm(made.id, line, otherAdmin)).statusCode, 200);
      });

      it('of another batch is not confirmed by it, and nothing of that request is', async () => {
        await ready();
        await empty();
        const { id } = (await payout()).json<PayoutJson>();
        const made = await batch();
        const reply = await post(`/payout-batches/${made.id}/confirm`, admin, {
          lines: [
            { payout_id: id, result: 'paid' },
            { payout_id: crypto.randomUUID(), result: 'paid' },
          ],
        });
        assert.equal(reply.json<Problem>().code, 'payments.payout_not_found');
        assert.equal((await read(id)).status, 'sent');
        const unknown = `/payout-batches/${crypto.randomUUID()}/confirm`;
        assert.equal((await post(unknown, admin, { lines: [] })).statusCode, 422);
      });
    }
  });
