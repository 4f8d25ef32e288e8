import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { createContextPool } from '#shared/platform/databases.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { everyInterleaving } from '#shared/testing/stepping.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { testPassword } from '#shared/testing/test-postgres.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createPgEarnings } from './infrastructure/pg-earnings.ts';
import { createTestCheckouts } from './infrastructure/test-checkouts.ts';
import { faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

const second = 1_000;

describe('a chargeback and a delivery', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let admin: TestAccount;
  let checkouts: ReturnType<typeof createTestCheckouts>;
  const newId = () => crypto.randomUUID();
  const pool = () => plaza.pool('payments');

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    buyer = await plaza.account();
    admin = await plaza.account({ roles: ['admin'] });
    checkouts = createTestCheckouts(plaza);
  });
  after(() => plaza.stop());
  soundAfterEach(() => faultsIn(pool()));
  afterEach(async () => {
    const { rows } = await pool().query('select consumer, error from dead_letters');
    assert.deepEqual(rows, []);
  });

  const receive = async (type: string, subject: string, data: object) => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const money = (minor: number) => ({ amountMinor: String(minor), currency: 'COP' });
  const sellerAt = async (rate: number, tax: number): Promise<string> => {
    const sellerId = newId();
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/commission-rules',
      as: admin,
      payload: {
        jurisdiction: 'CO',
        seller_id: sellerId,
        rate_basis_points: rate,
        tax_rate_basis_points: tax,
      },
    });
    assert.equal(reply.statusCode, 201, reply.body);
    return sellerId;
  };
  /** An order of these sellers' lines, paid by charges of these amounts. */
  const sold = async (
    lines: readonly (readonly [string, number])[],
    charges?: readonly bigint[],
  ) => {
    const orderId = newId();
    const total = lines.reduce((sum, [, amount]) => sum + amount, 0);
    const sellers = [...new Set(lines.map(([sellerId]) => sellerId))];
    const sumOf = (sellerId: string) =>
      lines.reduce((sum, [id, amount]) => (id === sellerId ? sum + amount : sum), 0);
    await receive('orders.payment-requested.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: buyer.id,
      total: money(total),
      shares: sellers.map((sellerId) => ({ sellerId, amount: money(sumOf(sellerId)) })),
      lines: lines.map(([sellerId, amount]) => ({
        variantId: newId(),
        productId: newId(),
        sellerId,
        categoryIds: [],
        quantity: 1,
        gross: money(amount),
        tax: money(0),
      })),
      payBy: new Date(plaza.clock().getTime() + 900 * second).toISOString(),
    });
    return { orderId, ...(await checkouts.pay({ orderId }, buyer.id, charges ?? [BigInt(total)])) };
  };
  const delivered = (orderId: string, sellerIds?: readonly string[]) =>
    receive(sellerIds ? 'orders.lines-delivered.v1' : 'orders.order-delivered.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: buyer.id,
      ...(sellerIds ? { sellerIds } : {}),
      deliveredAt: plaza.clock().toISOString(),
    });
  const balances = async (sellerId: string, on = pool()): Promise<Record<string, number>> => {
    const { rows } = await on.query<{ id: string; balance_minor: string }>(
      `select id, balance_minor from ledger_accounts where id like $1 and balance_minor <> 0`,
      [`seller:${sellerId}:%`],
    );
    return Object.fromEntries(
      rows.map((row) => [row.id.split(':')[2]!, Number(row.balance_minor)]),
    );
  };
  const transfers = async (sellerId: string) => {
    const { rows } = await pool().query<Record<string, string>>(
      `select kind, gross_minor, commission_minor, tax_minor, net_minor from transfers
       where seller_id = $1 order by earned_at, id`,
      [sellerId],
    );
    return rows.map((row) => [
      row['kind'],
      ...['gross', 'commission', 'tax', 'net'].map((name) => Number(row[`${name}_minor`])),
    ]);
  };

  it('delivered while it is open: noted, and the money of other orders stays', async () => {
    const seller = await sellerAt(1_000, 1_900);
    await sold([[seller, 5_000]]);
    const { orderId, references } = await sold([[seller, 1_000]]);
    await checkouts.dispute(references[0]!, 1_000n);
    await delivered(orderId);
    await plaza.advance(second);
    assert.deepEqual(await balances(seller), { pending: 5_000, disputed: 1_000 });
    assert.deepEqual(await transfers(seller), []);
  });

  it('won after the delivery: the shares earn then, once', async () => {
    const seller = await sellerAt(1_000, 1_900);
    const { orderId, references } = await sold([[seller, 1_000]]);
    await checkouts.dispute(references[0]!, 1_000n);
    await delivered(orderId);
    for (const _ of [1, 2]) {
      await checkouts.dispute(references[0]!, 1_000n, 'won');
      await plaza.advance(second);
      assert.deepEqual(await balances(seller), { available: 881 });
    }
    await delivered(orderId);
    assert.deepEqual(await balances(seller), { available: 881 });
    assert.deepEqual(await transfers(seller), [['sale', 1_000, 100, 19, 881]]);
  });

  it('lost after the delivery: nothing is left that would earn', async () => {
    const seller = await sellerAt(1_000, 1_900);
    await sold([[seller, 5_000]]);
    const { orderId, references } = await sold([[seller, 1_000]]);
    await checkouts.dispute(references[0]!, 1_000n);
    await delivered(orderId);
    await checkouts.dispute(references[0]!, 1_000n, 'lost');
    await plaza.advance(second);
    await delivered(orderId);
    assert.deepEqual(await balances(seller), { pending: 5_000 });
    assert.deepEqual(await transfers(seller), []);
  });

  it('lost in part after the delivery: the rest earns, with its part of the commission', async () => {
    const seller = await sellerAt(1_000, 1_900);
    const other = await sellerAt(0, 0);
    const { orderId, references } = await sold(
      [
        [seller, 700],
        [seller, 300],
        [other, 1_000],
      ],
      [600n, 1_400n],
    );
    await checkouts.dispute(references[0]!, 600n);
    await delivered(orderId);
    await plaza.advance(second);
    assert.deepEqual(await transfers(other), [], 'nothing of the payment earns meanwhile');
    await checkouts.dispute(references[0]!, 600n, 'lost');
    await plaza.advance(second);
    // Of 1000 are 300 lost, 210 and 90 of the lines; of their fees of 83 and 36 are 24 and 10 given back,
    // of which commission 20 and 8, as a refund of as much would have done.
    assert.deepEqual(await transfers(seller), [['sale', 700, 72, 13, 615]]);
    assert.deepEqual(await transfers(other), [['sale', 700, 0, 0, 700]]);
    assert.deepEqual(await balances(seller), { available: 615 });
    assert.deepEqual(await balances(other), { available: 700 });
  });

  it('delivered after it was lost: the same', async () => {
    const seller = await sellerAt(1_000, 1_900);
    const { orderId, references } = await sold([[seller, 1_000]], [400n, 600n]);
    await checkouts.dispute(references[0]!, 400n);
    await checkouts.dispute(references[0]!, 400n, 'lost');
    await delivered(orderId);
    assert.deepEqual(await transfers(seller), [['sale', 600, 61, 11, 528]]);
    assert.deepEqual(await balances(seller), { available: 528 });
  });

  it('two of one payment: the delivery waits for the last', async () => {
    const seller = await sellerAt(0, 0);
    const { orderId, references } = await sold([[seller, 1_000]], [400n, 600n]);
    await checkouts.dispute(references[0]!, 400n);
    await checkouts.dispute(references[1]!, 600n);
    await delivered(orderId);
    await checkouts.dispute(references[0]!, 400n, 'won');
    await plaza.advance(second);
    assert.deepEqual(await balances(seller), { pending: 400, disputed: 600 });
    await checkouts.dispute(references[1]!, 600n, 'lost');
    await plaza.advance(second);
    assert.deepEqual(await balances(seller), { available: 400 });
  });

  it('one seller delivered before it: the others wait, and each has its own back', async () => {
    const [early, late] = [await sellerAt(0, 0), await sellerAt(0, 0)];
    const { orderId, references } = await sold([
      [early, 600],
      [late, 400],
    ]);
    await delivered(orderId, [early]);
    await checkouts.dispute(references[0]!, 1_000n);
    await delivered(orderId, [late]);
    assert.deepEqual(await balances(early), { disputed: 600 });
    assert.deepEqual(await balances(late), { disputed: 400 });
    await checkouts.dispute(references[0]!, 1_000n, 'won');
    assert.deepEqual(await balances(early), { available: 600 });
    assert.deepEqual(await balances(late), { pending: 400 });
    await plaza.advance(second);
    assert.deepEqual(await balances(late), { available: 400 });
    assert.deepEqual(await balances(early), { available: 600 });
  });

  describe('at once, in every order of their statements', () => {
    const connect = (): Pool =>
      createContextPool({
        address: plaza.admin,
        database: plaza.admin.database,
        context: 'payments',
        password: testPassword('payments'),
        max: 3,
        log: createLogger({ level: 'silent' }),
      });
    const deliver = (on: Pool, orderId: string) =>
      createPgEarnings({ pool: on, clock: plaza.clock }).earn({
        orderId,
        sellerIds: null,
        deliveredAt: plaza.clock().toISOString(),
      });

    for (const outcome of ['open', 'won', 'lost'] as const)
      it(`delivery × chargeback that is ${outcome}`, async () => {
        const outcomes = new Set<string>();
        const runs = await everyInterleaving({
          connect,
          setUp: async () => {
            const seller = newId();
            // Of another order: what a wrong delivery would take.
            await sold([[seller, 5_000]]);
            const made = { seller, ...(await sold([[seller, 1_000]])) };
            if (outcome !== 'open') await checkouts.dispute(made.references[0]!, 1_000n);
            return made;
          },
          sessions: [
            ({ pool: on }, { orderId }) => deliver(on, orderId),
            ({ pool: on }, { references }) =>
              checkouts.dispute(references[0]!, 1_000n, outcome, on),
          ],
          judge: async ({ seller }, run) => {
            for (const one of run.outcomes)
              assert.equal(one.status, 'fulfilled', String((one as PromiseRejectedResult).reason));
            await plaza.advance(0);
            const now = await balances(seller);
            assert.equal(now['pending'], 5_000, 'other orders keep theirs');
            assert.deepEqual(
              now,
              {
                open: { pending: 5_000, disputed: 1_000 },
                won: { pending: 5_000, available: 1_000 },
                lost: { pending: 5_000 },
              }[outcome],
            );
            outcomes.add((await transfers(seller)).map(([kind]) => kind).join(' '));
          },
        });
        assert.ok(runs.length >= 4, `only ${runs.length} orders of steps`);
        assert.deepEqual(
          [...outcomes].toSorted(),
          // Earned first and then frozen from what is available, or noted.
          { open: ['', 'sale chargeback'], won: ['sale'], lost: [''] }[outcome],
        );
      });
  });
});
