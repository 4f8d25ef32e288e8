import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createTestJobs } from './infrastructure/test-escrows.ts';
import { startMercadoPago, type MercadoPagoBench } from './mercado-pago-steps.test.ts';

const path = '/mercadopago/seller-link';
const second = 1_000;
const minute = 60 * second;

type Charge = Readonly<{
  id: string;
  external_reference: string;
  collector_id: string;
  amount: string;
  application_fee: string;
  application_fee_refunded: string;
}>;
type Balance = Readonly<{
  pending_amount: string;
  payable_amount: string;
  available_amount: string;
  owing_amount: string;
  collected_amount: string;
}>;

describe('orders that are charged to their seller', () => {
  let bench: MercadoPagoBench;
  let seller: TestAccount;
  let account: string;

  before(async () => {
    bench = await startMercadoPago({ PLAZA_MERCADOPAGO_SPLIT: 'on' });
    // Ten per cent and the tax of Colombia on it: 11.9 per cent of what is sold.
    const rule = {
      rate_basis_points: 1_000,
      tax_rate_basis_points: 1_900,
      jurisdiction: 'CO',
      valid_from: '2020-01-01T00:00:00Z',
    };
    const { status, body } = await bench.send('POST', '/commission-rules', { payload: rule });
    assert.equal(status, 201, JSON.stringify(body));
    seller = await bench.plaza.account({ roles: ['seller'] });
    account = await link(seller);
  });
  after(() => bench.stop());
  soundAfterEach(async () => {
    await bench.simulate('POST', '/quiet');
    return findFaults(bench.pool);
  });
  afterEach(async () => {
    const { rows } = await bench.pool.query('select consumer, error from dead_letters');
    assert.deepEqual(rows, []);
  });

  /** Links an account of the seller there, as a browser does, and answers its id. */
  const link = async (as: TestAccount, there?: string): Promise<string> => {
    const asked = await bench.send<{ authorization_url: string }>('POST', path, { as });
    assert.equal(asked.status, 201, JSON.stringify(asked.body));
    const fields = there === undefined ? { name: 'Panadería' } : { seller: there };
    const answer = await fetch(asked.body.authorization_url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ do: 'agree', ...fields }),
    });
    const back = new URL(answer.headers.get('location')!);
    const cookie = String(asked.headers['set-cookie']).split(';', 1)[0]!;
    await bench.plaza.request({ url: back.pathname + back.search, headers: { cookie } });
    const { rows } = await bench.pool.query<{ account: string }>(
      'select account from seller_links where seller_id = $1 and ended_at is null',
      [as.id],
    );
    return rows[0]!.account;
  };
  const sold = (minor = 100_000) => bench.paid([[seller.id, minor]]);
  const orderOf = async (paymentId: string): Promise<string> => {
    const found = await bench.pool.query<{ order_id: string }>(
      'select order_id from payments where id = $1',
      [paymentId],
    );
    return found.rows[0]!.order_id;
  };
  const splitOf = async (paymentId: string) => {
    const found = await bench.pool.query<{ account: string | null; fee: string | null }>(
      'select split_account as account, split_fee_minor as fee from payments where id = $1',
      [paymentId],
    );
    const { account: of, fee } = found.rows[0]!;
    return of === null ? null : { account: of, fee: Number(fee) };
  };
  const deliver = async (paymentId: string): Promise<void> => {
    const orderId = await orderOf(paymentId);
    await bench.publish('orders.order-delivered.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: bench.people.buyer.id,
      deliveredAt: bench.plaza.clock().toISOString(),
    });
  };
  const refund = async (paymentId: string, amount?: string) => {
    const payload = { reason: 'broken mug', ...(amount ? { amount } : {}) };
    const { body } = await bench.send<{ id: string; status: string }>(
      'POST',
      `/payments/${paymentId}/refunds`,
      { payload },
    );
    return body;
  };
  const chargeOf = async (paymentId: string): Promise<Charge> => {
    const { charges } = await bench.simulate<{ charges: readonly Charge[] }>('GET', '/books');
    return charges.find((charge) => charge.external_reference === paymentId)!;
  };
  /** What the entries of one payment left on an account, credits less debits. */
  const left = async (paymentId: string, on: string): Promise<number> => {
    const { rows } = await bench.pool.query<{ minor: string }>(
      `select coalesce(sum(case l.side when 'credit' then l.amount_minor else -l.amount_minor end), 0)
         as minor
       from journal_entries e join journal_lines l on l.entry_id = e.id
       where e.payment_id = $1 and l.account_id = $2`,
      [paymentId, on.replace('{seller}', `seller:${seller.id}`)],
    );
    return Number(rows[0]!.minor);
  };
  const standing = async (paymentId: string) => {
    const accounts = {
      us: 'provider:mercadopago',
      collected: '{seller}:collected',
      pending: '{seller}:pending',
      available: '{seller}:available',
      owing: '{seller}:owing',
      fees: 'platform:fees',
      tax: 'tax:CO',
    };
    const found: Record<string, number> = {};
    for (const [name, on] of Object.entries(accounts)) {
      const minor = await left(paymentId, on);
      if (minor !== 0) found[name] = minor;
    }
    return found;
  };
  const balance = async (): Promise<Balance> => {
    const { body } = await bench.send<{ items: readonly Balance[] }>('GET', '/balance', {
      as: seller,
    });
    return body.items[0]!;
  };
  const reconcile = async () => {
    const now = bench.plaza.clock().getTime();
    const { body } = await bench.send<{
      runs: readonly Readonly<{ provider: string; differences: number }>[];
    }>('POST', '/reconciliation/runs', {
      payload: {
        from: new Date(now - 120 * minute).toISOString(),
        to: new Date(now).toISOString(),
      },
    });
    return body.runs.find(({ provider }) => provider === 'mercadopago')!.differences;
  };
  const dispute = async (chargeId: string, outcome: 'won' | 'lost') => {
    const { id } = await bench.simulate<{ id: string }>('POST', `/payments/${chargeId}/chargeback`);
    await isDisputed(chargeId, 'opened');
    return async () => {
      await bench.simulate('POST', `/chargebacks/${id}/resolve`, { outcome });
      await isDisputed(chargeId, outcome);
    };
  };
  const isDisputed = (chargeId: string, status: string) =>
    bench.until(`a dispute that is ${status}`, async () => {
      const found = await bench.pool.query(
        'select from chargebacks where charge_reference = $1 and status = $2',
        [chargeId, status],
      );
      return found.rowCount === 1;
    });

  it('bring us the frozen commission alone, in whole pesos, and the seller the rest', async () => {
    // 11.9 per cent of 1,000.00 are 119.00; of 1,005.00 they are 119.60, and 119 is what can be sent.
    const { paymentId } = await sold(100_500);
    assert.deepEqual(await splitOf(paymentId), { account, fee: 11_900 });
    const charge = await chargeOf(paymentId);
    assert.deepEqual([charge.collector_id, charge.application_fee], [account, '119.00']);
    assert.deepEqual(await standing(paymentId), {
      us: -11_900,
      collected: -88_600,
      pending: 100_500,
    });
    assert.equal((await balance()).collected_amount, '886.00');
    await deliver(paymentId);
    assert.deepEqual(await standing(paymentId), {
      us: -11_900,
      // Sixty cents of commission that the provider cannot move: the seller owes them.
      owing: -60,
      fees: 10_050,
      tax: 1_910,
    });
    const { collected_amount: collected, payable_amount: payable } = await balance();
    assert.deepEqual([collected, payable], ['0.00', '-0.60']);
    const asked = await bench.send('POST', '/payouts', {
      as: seller,
      payload: { currency: 'COP' },
    });
    assert.notEqual(asked.status, 201, 'nothing of it is paid out');
  });

  it('tells the seller, the buyer and staff what became of the money', async () => {
    const { paymentId } = await sold();
    await deliver(paymentId);
    await refund(paymentId, '400.00');
    const orderId = await orderOf(paymentId);
    const told = async (as: TestAccount) => {
      const { body } = await bench.send<{
        items: readonly Readonly<{ code: string; params: { amount: string } }>[];
      }>('GET', `/payments/timeline?order_id=${orderId}`, { as });
      return body.items.map(({ code, params }) => [code, params.amount]);
    };
    assert.deepEqual(await told(bench.people.buyer), [
      ['capture', '1000.00'],
      ['refund_after_earning', '400.00'],
    ]);
    assert.deepEqual((await told(seller)).slice(0, 3), [
      ['capture', '1000.00'],
      ['earning', '881.00'],
      ['settled_at_seller', '881.00'],
    ]);
  });

  for (const isEarned of [false, true])
    it(`give back in parts and whole ${isEarned ? 'after' : 'before'} delivery, the fee in proportion`, async () => {
      const { paymentId } = await sold(100_500);
      if (isEarned) await deliver(paymentId);
      assert.equal((await refund(paymentId, '333.00')).status, 'completed');
      // 119 × 333 / 1005 = 39.4: whole pesos, rounded down for all that went.
      assert.equal(await left(paymentId, 'provider:mercadopago'), -8_000);
      assert.equal((await chargeOf(paymentId)).application_fee_refunded, '39.00');
      assert.equal((await refund(paymentId, '1.00')).status, 'completed');
      assert.equal((await refund(paymentId)).status, 'completed');
      assert.deepEqual(await standing(paymentId), {});
      assert.equal((await chargeOf(paymentId)).application_fee_refunded, '119.00');
      assert.equal(await reconcile(), 0);
    });

  for (const [when, isEarned] of [
    ['before', false],
    ['after', true],
  ] as const)
    for (const outcome of ['won', 'lost'] as const)
      it(`are disputed ${when} delivery and ${outcome}: the provider takes it from the seller`, async () => {
        const { paymentId, chargeId } = await sold(100_500);
        if (isEarned) await deliver(paymentId);
        const before = await standing(paymentId);
        const payable = (await balance()).payable_amount;
        const end = await dispute(chargeId, outcome);
        assert.equal((await balance()).payable_amount, payable, 'nothing of it was payable');
        assert.equal(await left(paymentId, '{seller}:disputed'), 100_500);
        await end();
        if (outcome === 'won') assert.deepEqual(await standing(paymentId), before);
        // The fee went back, and our commission with it but for the cents that the seller owes.
        else
          assert.deepEqual(
            await standing(paymentId),
            isEarned ? { owing: -60, fees: 51, tax: 9 } : {},
          );
        assert.equal(await reconcile(), 0);
      });

  it('wait with a refund that the account of the seller cannot cover, and tell a person', async () => {
    const { paymentId } = await sold();
    const { sellers } = await bench.simulate<{
      sellers: readonly { id: string; balance: number }[];
    }>('GET', '/books');
    const { balance: there } = sellers.find(({ id }) => id === account)!;
    await bench.simulate('POST', `/sellers/${account}/withdraw`, { amount: there });
    const asked = await refund(paymentId);
    assert.equal(asked.status, 'pending');
    const alerts = await bench.pool.query<{ detail: { reason: string } }>(
      `select detail from payment_alerts where kind = 'refund_delayed' and payment_id = $1`,
      [paymentId],
    );
    assert.equal(alerts.rows[0]?.detail.reason, 'collector_lacks_money');
    assert.equal(await left(paymentId, '{seller}:pending'), 100_000, 'nothing is booked');
    await bench.simulate('POST', `/sellers/${account}/withdraw`, { amount: -there });
    await bench.plaza.advance(61 * minute);
    assert.deepEqual(await standing(paymentId), {});
  });

  it('give a payment that came twice back as a whole, fee and share', async () => {
    const { paymentId, preference } = await sold();
    await bench.payThere(preference);
    await bench.until('the surplus to go back', async () => {
      const found = await bench.pool.query(
        `select from provider_refunds r join provider_charges c on c.id = r.charge_id
         where c.payment_id = $1 and c.role = 'surplus' and r.status = 'completed'`,
        [paymentId],
      );
      return found.rowCount === 1;
    });
    assert.deepEqual(await standing(paymentId), {
      us: -11_900,
      collected: -88_100,
      pending: 100_000,
    });
    assert.equal(await reconcile(), 0);
  });

  it('are found by the poller, and by a browser that returns, when no notification comes', async () => {
    await bench.behave({ webhooks: { never: 1 } });
    const preference = await bench.checkout({
      order_id: await bench.openOrder([[seller.id, 50_000]]),
    });
    await bench.payThere(preference);
    await bench.plaza.request({
      url: `/api/v1/mercadopago/return?external_reference=${preference.payment_id}`,
    });
    assert.equal(await bench.statusOf(preference.payment_id), 'completed');
    await bench.behave({ webhooks: { on_time: 1 } });
  });

  it('are charged to us with several sellers, without a link, of a job, or a link that ended', async () => {
    const [other, leaving] = [
      crypto.randomUUID(),
      await bench.plaza.account({ roles: ['seller'] }),
    ];
    await link(leaving);
    await bench.plaza.request({ method: 'DELETE', url: `/api/v1${path}`, as: leaving });
    const jobs = createTestJobs(bench.plaza, bench.people.buyer, seller);
    const job = await bench.checkout({ job_id: await jobs.open() });
    assert.equal(await splitOf(job.payment_id), null);
    for (const shares of [
      [
        [seller.id, 50_000],
        [other, 50_000],
      ],
      [[other, 100_000]],
      [[leaving.id, 100_000]],
    ] as const) {
      const { paymentId } = await bench.paid(shares);
      assert.equal(await splitOf(paymentId), null);
      assert.equal((await chargeOf(paymentId)).application_fee, '0.00');
    }
  });

  it('stay as they were decided when the link ends later, and wait for it with what comes', async () => {
    const leaving = await bench.plaza.account({ roles: ['seller'] });
    const there = await link(leaving);
    const { paymentId } = await bench.paid([[leaving.id, 100_000]]);
    await bench.plaza.request({ method: 'DELETE', url: `/api/v1${path}`, as: leaving });
    assert.equal((await refund(paymentId)).status, 'pending');
    const alerts = await bench.pool.query<{ detail: { reason: string } }>(
      `select detail from payment_alerts where kind = 'refund_delayed' and payment_id = $1`,
      [paymentId],
    );
    assert.equal(alerts.rows[0]?.detail.reason, 'seller_not_linked');
    await link(leaving, there);
    await bench.plaza.advance(61 * minute);
    assert.equal(await bench.statusOf(paymentId), 'refunded');
  });

  it('go to us when the account refuses the page: the buyer need not know', async () => {
    const leaving = await bench.plaza.account({ roles: ['seller'] });
    const there = await link(leaving);
    await bench.behave({ webhooks: { never: 1 } });
    await bench.simulate('POST', `/sellers/${there}/unlink`);
    const preference = await bench.checkout({
      order_id: await bench.openOrder([[leaving.id, 70_000]]),
    });
    assert.equal(await splitOf(preference.payment_id), null);
    const { body } = await bench.send<{ status: string }>('GET', path, { as: leaving });
    assert.equal(body.status, 'ended');
    await bench.behave({ webhooks: { on_time: 1 } });
    await bench.payThere(preference);
    await bench.until(
      'the capture',
      async () => (await bench.statusOf(preference.payment_id)) === 'completed',
    );
    // Whose page it is does not change any more.
    await assert.rejects(
      bench.pool.query(
        `update payments set split_account = '1', split_fee_minor = 0, split_unit_minor = 1 where id = $1`,
        [preference.payment_id],
      ),
      /who collects it does not change/,
    );
  });

  it('are told to a person when another fee than ours was taken', async () => {
    const { paymentId, chargeId } = await sold();
    await bench.simulate('POST', `/payments/${chargeId}/misstate`, { application_fee: 50 });
    await bench.send('PUT', `/payments/${paymentId}/status`, { payload: { status: 'completed' } });
    const alerts = await bench.pool.query(
      `select from payment_alerts where kind = 'split_fee_differs' and payment_id = $1`,
      [paymentId],
    );
    assert.equal(alerts.rowCount, 1);
    assert.equal(await reconcile(), 1, 'and the statement differs');
  });
});

describe('where the operator did not turn it on', () => {
  let bench: MercadoPagoBench;
  before(async () => void (bench = await startMercadoPago()));
  after(() => bench.stop());
  soundAfterEach(() => findFaults(bench.pool));

  it('an order of a linked seller is charged to us', async () => {
    const seller = await bench.plaza.account({ roles: ['seller'] });
    await bench.pool.query(
      `insert into seller_links (seller_id, provider, account, sealed, expires_at, linked_at, version)
       values ($1, 'mercadopago', '1', 'x', now() + interval '90 days', now(), 1)`,
      [seller.id],
    );
    const { paymentId } = await bench.paid([[seller.id, 100_000]]);
    const found = await bench.pool.query(
      'select from payments where id = $1 and split_account is null',
      [paymentId],
    );
    assert.equal(found.rowCount, 1);
  });
});

describe('where Mercado Pago takes real money', () => {
  let bench: MercadoPagoBench;
  before(async () => void (bench = await startMercadoPago({ PLAZA_MERCADOPAGO_MODE: 'live' })));
  after(() => bench.stop());
  soundAfterEach(() => findFaults(bench.pool));

  it('a card of the sandbox pays nothing', async () => {
    const orderId = await bench.openOrder([[crypto.randomUUID(), 100_000]]);
    const card = { type: 'card', number: '4242424242424242', expiry_month: 12, expiry_year: 2099 };
    const { status, body } = await bench.send('POST', '/payments', {
      as: bench.people.buyer,
      payload: { order_id: orderId, payment_method: card },
    });
    assert.deepEqual([status, body.code], [409, 'payments.card_not_taken']);
    const made = await bench.pool.query('select from payments where order_id = $1', [orderId]);
    assert.equal(made.rowCount, 0);
  });
});
