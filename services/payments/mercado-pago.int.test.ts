import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import type { BehaviourChange } from '../../apps/simulator/mercado-pago/behaviour.ts';
import {
  defaults,
  startSimulator,
  type Simulator,
} from '../../apps/simulator/mercado-pago/simulator.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createTestJobs } from './infrastructure/test-escrows.ts';
import { rulesBesidePayouts, withPaidPayout } from './infrastructure/test-payouts.ts';
import { paymentsModule } from './module.ts';

const minute = 60_000;

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
};

type Charge = Readonly<{ id: string; status: string; amount: string; refunded: string }>;
type Books = Readonly<{ charges: readonly (Charge & { external_reference: string })[] }>;

describe('Mercado Pago', () => {
  let plaza: TestPlaza;
  let simulator: Simulator;
  let buyer: TestAccount | undefined;
  let admin: TestAccount;
  const sellers = [crypto.randomUUID(), crypto.randomUUID()];

  const simulate = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const reply = await fetch(`${simulator.url}/simulator${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      headers: body ? { 'content-type': 'application/json' } : {},
    });
    assert.ok(reply.ok, `${path}: ${reply.status} ${await reply.clone().text()}`);
    return (await reply.json()) as T;
  };
  const behave = (change: BehaviourChange) => simulate('PUT', '/behaviour', change);

  before(async () => {
    simulator = await startSimulator({ port: 0 });
    const port = await freePort();
    plaza = await startTestPlaza({
      modules: [paymentsModule],
      environment: {
        PLAZA_PUBLIC_URL: `http://127.0.0.1:${port}`,
        PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
        PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
        PLAZA_MERCADOPAGO_BASE_URL: simulator.url,
        PLAZA_MERCADOPAGO_MODE: 'test',
      },
    });
    await plaza.app.listen({ host: '127.0.0.1', port });
    await signIn();
  });
  soundAfterEach(async () => {
    await simulate('POST', '/quiet');
    return findFaults(pool(), rulesBesidePayouts);
  });
  after(async () => {
    await plaza.stop();
    await simulator.close();
  });

  /** Tokens last a day, which the clock of a test may pass. */
  const signIn = async (): Promise<void> => {
    buyer = await plaza.account({ id: buyer?.id ?? crypto.randomUUID() });
    admin = await plaza.account({ roles: ['admin'] });
  };
  const pool = () => plaza.pool('payments');
  const publish = async (type: string, orderId: string, data: object): Promise<void> => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, orderId, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const openOrder = async (total = 100_000): Promise<string> => {
    const orderId = crypto.randomUUID();
    const amount = (minor: number) => ({ amountMinor: String(minor), currency: 'COP' });
    const first = Math.floor(total / 3);
    await publish('orders.payment-requested.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: buyer!.id,
      total: amount(total),
      shares: [
        { sellerId: sellers[0], amount: amount(first) },
        { sellerId: sellers[1], amount: amount(total - first) },
      ],
      payBy: new Date(plaza.clock().getTime() + 15 * minute).toISOString(),
    });
    return orderId;
  };
  const createPreference = (orderId: string, as = buyer!) =>
    plaza.request({
      method: 'POST',
      url: '/api/v1/mercadopago/create-preference',
      as,
      payload: { order_id: orderId },
    });
  type Preference = Readonly<{ payment_id: string; preference_id: string; init_point: string }>;
  const checkout = async (total?: number): Promise<Preference & { orderId: string }> => {
    const orderId = await openOrder(total);
    const reply = await createPreference(orderId);
    assert.equal(reply.statusCode, 201, reply.body);
    return { ...reply.json<Preference>(), orderId };
  };
  const payAtProvider = ({ preference_id: id }: Preference, status = 'approved', detail?: string) =>
    simulate<{ id: number }>('POST', `/preferences/${id}/pay`, {
      status,
      ...(detail ? { detail } : {}),
    });
  const paymentOf = async ({ payment_id: id }: Preference) => {
    const reply = await plaza.request({ url: `/api/v1/payments/${id}`, as: buyer! });
    return reply.json<{
      status: string;
      amount: string;
      refunded_amount: string;
      order_id: string;
    }>();
  };
  /** Notifications that came are worked off by timers. */
  const workOff = () => plaza.advance(0);
  const until = async (what: string, isDone: () => Promise<boolean>): Promise<void> => {
    for (const end = performance.now() + 10_000; !(await isDone());) {
      if (performance.now() > end) assert.fail(`${what} never came`);
      await workOff();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const statusBecomes = (preference: Preference, status: string) =>
    until(status, async () => (await paymentOf(preference)).status === status);
  const balanceOf = async (account: string): Promise<bigint> => {
    const { rows } = await pool().query<{ sum: string | null }>(
      'select sum(balance_minor) from ledger_accounts where id = $1',
      [account],
    );
    return BigInt(rows[0]!.sum ?? 0);
  };
  const alertsOf = async (kind: string) => {
    const { rows } = await pool().query<{ subject: string }>(
      'select subject from payment_alerts where kind = $1',
      [kind],
    );
    return rows.map(({ subject }) => subject);
  };
  const booksOf = async ({ payment_id: id }: Preference) => {
    const { charges } = await simulate<Books>('GET', '/books');
    return charges.filter((charge) => charge.external_reference === id);
  };

  describe('a preference', () => {
    it('is made once an order, and the same again answers the same page', async () => {
      const { orderId, ...preference } = await checkout();
      const again = (await createPreference(orderId)).json<Preference>();
      assert.deepEqual(again, preference);
      assert.match(preference.init_point, /^http/);
    });

    it("is nobody else's, and is not made of an order that has ended", async () => {
      const orderId = await openOrder();
      const stranger = await plaza.account();
      assert.equal((await createPreference(orderId, stranger)).statusCode, 409);
      await pool().query('update payables set is_open = false where order_id = $1', [orderId]);
      assert.equal((await createPreference(orderId)).statusCode, 409);
    });

    it('is refused before any intent when the amount is no whole peso', async () => {
      const orderId = await openOrder(100_050);
      const reply = await createPreference(orderId);
      assert.partialDeepStrictEqual(reply.json(), {
        status: 422,
        code: 'payments.amount_not_chargeable',
      });
      const made = 'select from payments where order_id = $1';
      assert.equal((await pool().query(made, [orderId])).rowCount, 0);
    });

    it('is the same one when the answer was lost', async () => {
      const orderId = await openOrder();
      await behave({ next: [{ call: 'create_preference', fault: 'reset_after' }] });
      const lost = await createPreference(orderId);
      assert.partialDeepStrictEqual(lost.json(), {
        status: 503,
        code: 'payments.provider_unavailable',
      });
      const preference = (await createPreference(orderId)).json<Preference>();
      const { preferences } = await simulate<{
        preferences: { id: string; external_reference: string }[];
      }>('GET', '/books');
      const made = preferences.filter((p) => p.external_reference === preference.payment_id);
      assert.deepEqual(
        made.map(({ id }) => id),
        [preference.preference_id],
      );
    });
  });

  describe('a payment', () => {
    it('is completed by a notification, once, with the fee of the provider', async () => {
      const before = await balanceOf('platform:provider_fees');
      const preference = await checkout();
      const { id } = await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      const { rows } = await pool().query<{ role: string; fee_minor: string }>(
        'select role, fee_minor from provider_charges where reference = $1',
        [String(id)],
      );
      assert.equal(rows[0]!.role, 'captured');
      assert.equal(
        (await balanceOf('platform:provider_fees')) - before,
        -BigInt(rows[0]!.fee_minor),
      );
      const entries = `select cause_type from journal_entries where payment_id = $1 order by seq`;
      const found = await pool().query<{ cause_type: string }>(entries, [preference.payment_id]);
      assert.deepEqual(
        found.rows.map((row) => row.cause_type),
        ['capture', 'provider_fee'],
      );
    });

    it('is completed by the poller when no notification ever comes', async () => {
      await behave({ webhooks: { never: 1 } });
      const preference = await checkout();
      await payAtProvider(preference);
      await workOff();
      assert.equal((await paymentOf(preference)).status, 'pending');
      await plaza.advance(2 * minute + 1_000);
      assert.equal((await paymentOf(preference)).status, 'completed');
    });

    it('is completed by the browser that returns, whatever that says', async () => {
      await behave({ webhooks: { never: 1 } });
      const preference = await checkout();
      const url = `/api/v1/mercadopago/return?status=approved&external_reference=${preference.payment_id}`;
      const early = await plaza.request({ url, headers: { 'accept-language': 'en' } });
      assert.match(early.body, /We are confirming your payment/);
      assert.equal((await paymentOf(preference)).status, 'pending', 'the browser is not believed');
      await payAtProvider(preference);
      const reply = await plaza.request({ url, headers: { 'accept-language': 'es' } });
      assert.match(reply.body, /Recibimos tu pago/);
      const page = `/es/pedido/${(await paymentOf(preference)).order_id}/confirmado`;
      assert.ok(reply.body.includes(`<meta http-equiv="refresh" content="0;url=${page}">`));
      assert.equal((await paymentOf(preference)).status, 'completed');
    });

    it('is one of the ways to pay that everybody is told of', async () => {
      const reply = await plaza.request({ url: '/api/v1/payment-methods' });
      const { items } = reply.json<{ items: { type: string; provider: string }[] }>();
      assert.partialDeepStrictEqual(items[0], { type: 'checkout', provider: 'mercadopago' });
    });

    it('survives a card that was declined, and a buyer that tries again', async () => {
      const preference = await checkout();
      await payAtProvider(preference, 'rejected', 'cc_rejected_insufficient_amount');
      await workOff();
      assert.equal((await paymentOf(preference)).status, 'pending');
      await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
    });

    it('that is paid twice keeps one and sends the other back', async () => {
      const preference = await checkout();
      await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      await payAtProvider(preference);
      await until('the refund', async () =>
        (await booksOf(preference)).some(({ status }) => status === 'refunded'),
      );
      await until('its booking', async () => (await balanceOf(`buyer:${buyer!.id}`)) === 0n);
      assert.deepEqual((await booksOf(preference)).map(({ status }) => status).toSorted(), [
        'approved',
        'refunded',
      ]);
      assert.equal((await paymentOf(preference)).status, 'completed');
    });

    it('whose surplus the provider did not give back in the end is asked for anew', async () => {
      const preference = await checkout();
      await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      await behave({ refunds_in_process: 1, refunds_failing: 1, refund_settles_ms: 0 });
      await payAtProvider(preference);
      const refundsOfSurplus = async (): Promise<readonly string[]> => {
        const { rows } = await pool().query<{ status: string }>(
          `select r.status from provider_refunds r join provider_charges c on c.id = r.charge_id
           where c.payment_id = $1 and c.role = 'surplus' order by r.created_at`,
          [preference.payment_id],
        );
        return rows.map(({ status }) => status);
      };
      await until('its refund', async () => (await refundsOfSurplus())[0] === 'pending');
      await new Promise((resolve) => setTimeout(resolve, 600));
      await plaza.advance(31_000);
      assert.deepEqual(await refundsOfSurplus(), ['failed', 'requested']);
      await simulate('POST', '/quiet');
      await plaza.advance(45_000);
      assert.deepEqual(await refundsOfSurplus(), ['failed', 'completed']);
      assert.equal(await balanceOf(`buyer:${buyer!.id}`), 0n);
    });

    it('that nobody paid ends when its page has expired', async () => {
      const preference = await checkout();
      await payAtProvider(preference, 'rejected', 'cc_rejected_other_reason');
      await plaza.advance(18 * minute);
      await plaza.advance(0);
      assert.partialDeepStrictEqual(await paymentOf(preference), {
        status: 'failed',
        failure: 'declined',
      });
    });

    it('that is approved after its end is refunded in full, once', async () => {
      const preference = await checkout();
      const { id } = await payAtProvider(preference, 'in_process', 'pending_contingency');
      await workOff();
      await plaza.advance(18 * minute);
      assert.equal((await paymentOf(preference)).status, 'pending', 'it may still be paid');
      await pool().query(
        `select settle_payment($1, 'failed', null, 'not_paid', now(), null, '[]')`,
        [preference.payment_id],
      );
      await simulate('POST', `/payments/${id}/decide`, { status: 'approved' });
      await until('the refund', async () =>
        (await booksOf(preference)).every(({ status }) => status === 'refunded'),
      );
      await until('its booking', async () => (await balanceOf(`buyer:${buyer!.id}`)) === 0n);
      assert.equal((await paymentOf(preference)).status, 'failed');
    });

    it('is confirmed by staff only as the provider says', async () => {
      await behave({ webhooks: { never: 1 } });
      const preference = await checkout();
      const put = () =>
        plaza.request({
          method: 'PUT',
          url: `/api/v1/payments/${preference.payment_id}/status`,
          as: admin,
          payload: { status: 'completed' },
        });
      assert.equal((await put()).statusCode, 409);
      await payAtProvider(preference);
      assert.equal((await put()).statusCode, 200);
    });
  });

  describe('a refund', () => {
    const paid = async (): Promise<Preference> => {
      const preference = await checkout();
      await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      return preference;
    };
    const refund = (preference: Preference, amount?: string) =>
      plaza.request({
        method: 'POST',
        url: `/api/v1/payments/${preference.payment_id}/refunds`,
        as: admin,
        payload: { reason: 'broken mug', ...(amount ? { amount } : {}) },
      });
    const refundsOf = async (preference: Preference) => {
      const url = `/api/v1/payments/${preference.payment_id}/refunds`;
      const reply = await plaza.request({ url, as: admin });
      return reply.json<{ items: { status: string; failure: string | null }[] }>().items;
    };

    it('goes back in parts and in full', async () => {
      const preference = await paid();
      assert.partialDeepStrictEqual((await refund(preference, '400.00')).json(), {
        status: 'completed',
      });
      assert.partialDeepStrictEqual((await refund(preference)).json(), { status: 'completed' });
      assert.partialDeepStrictEqual(await paymentOf(preference), {
        status: 'refunded',
        refunded_amount: '1000.00',
      });
      assert.partialDeepStrictEqual(await booksOf(preference), [{ status: 'refunded' }]);
    });

    it('is pending while the provider works on it, and ends when that ended', async () => {
      const preference = await paid();
      await behave({ refunds_in_process: 1, refund_settles_ms: 600_000 });
      assert.partialDeepStrictEqual((await refund(preference)).json(), { status: 'pending' });
      assert.equal((await paymentOf(preference)).status, 'completed');
      await simulate('POST', '/quiet');
      await plaza.advance(31_000);
      assert.partialDeepStrictEqual(await refundsOf(preference), [{ status: 'completed' }]);
      assert.equal((await paymentOf(preference)).status, 'refunded');
    });

    it('that failed there in the end is failed here, and may be asked for again', async () => {
      const preference = await paid();
      await behave({ refunds_in_process: 1, refunds_failing: 1, refund_settles_ms: 0 });
      await refund(preference);
      await new Promise((resolve) => setTimeout(resolve, 600));
      await plaza.advance(31_000);
      assert.partialDeepStrictEqual(await refundsOf(preference), [
        { status: 'failed', failure: 'failed_at_provider' },
      ]);
      await simulate('POST', '/quiet');
      assert.partialDeepStrictEqual((await refund(preference)).json(), { status: 'completed' });
    });

    it('whose answer was lost is one refund there', async () => {
      const preference = await paid();
      await behave({ next: [{ call: 'refund', fault: 'reset_after' }] });
      assert.partialDeepStrictEqual((await refund(preference, '400.00')).json(), {
        status: 'requested',
      });
      await plaza.advance(11_000);
      assert.partialDeepStrictEqual(await refundsOf(preference), [{ status: 'completed' }]);
      assert.partialDeepStrictEqual(await booksOf(preference), [{ refunded: '400.00' }]);
    });

    for (const [code, failure] of [
      [2022, 'too_many_refunds'],
      [2024, 'refund_too_old'],
      [15_016, 'refund_too_old'],
      [2025, 'not_refundable'],
      [2027, 'not_refundable'],
      [2018, 'wrong_state'],
      [3024, 'partial_not_supported'],
    ] as const) {
      it(`that is refused with ${code} fails, and calls a person`, async () => {
        const preference = await paid();
        await behave({ next: [{ call: 'refund', refuse: code }] });
        await refund(preference, '400.00');
        assert.partialDeepStrictEqual(await refundsOf(preference), [{ status: 'failed', failure }]);
        const { rows } = await pool().query(
          `select from payment_alerts where kind = 'refund_refused' and payment_id = $1`,
          [preference.payment_id],
        );
        assert.equal(rows.length, 1);
      });
    }

    for (const code of [2030, 2031]) {
      it(`that meets an empty account (${code}) is sent again later, with the same key`, async () => {
        const preference = await paid();
        await behave({ next: [{ call: 'refund', refuse: code }] });
        assert.partialDeepStrictEqual((await refund(preference)).json(), { status: 'pending' });
        const { rows } = await pool().query(
          `select from payment_alerts where kind = 'refund_delayed' and payment_id = $1`,
          [preference.payment_id],
        );
        assert.equal(rows.length, 1);
        await plaza.advance(60 * minute + 1_000);
        assert.partialDeepStrictEqual(await refundsOf(preference), [{ status: 'completed' }]);
        assert.partialDeepStrictEqual(await booksOf(preference), [{ status: 'refunded' }]);
      });
    }

    it('that somebody made at the provider itself is in the books too', async () => {
      const preference = await paid();
      const [charge] = await booksOf(preference);
      const reply = await fetch(`${simulator.url}/v1/payments/${charge!.id}/refunds`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${defaults.accessToken}`,
          'x-idempotency-key': crypto.randomUUID(),
          'content-type': 'application/json',
        },
        body: JSON.stringify({ amount: 250 }),
      });
      assert.equal(reply.status, 201);
      await until('the refund', async () => (await refundsOf(preference)).length > 0);
      await plaza.advance(11_000);
      assert.partialDeepStrictEqual(await paymentOf(preference), {
        status: 'partially_refunded',
        refunded_amount: '250.00',
      });
    });
  });

  describe('a job', () => {
    it('is paid on the page too: its parts are held, and a lost chargeback takes them', async () => {
      const jobs = createTestJobs(plaza, buyer!, await plaza.account());
      const jobId = await jobs.open();
      const ask = (payload: object) =>
        plaza.request({
          method: 'POST',
          url: '/api/v1/mercadopago/create-preference',
          as: buyer!,
          payload,
        });
      const both = await ask({ job_id: jobId, order_id: crypto.randomUUID() });
      assert.partialDeepStrictEqual(both.json(), { code: 'payments.one_subject' });
      const unknown = await ask({ job_id: crypto.randomUUID() });
      assert.partialDeepStrictEqual(unknown.json(), { code: 'payments.order_not_payable' });
      const reply = await ask({ job_id: jobId });
      assert.partialDeepStrictEqual(reply.json(), { job_id: jobId, order_id: null });
      const preference = reply.json<Preference>();
      assert.equal(
        (await ask({ job_id: jobId })).json<Preference>().init_point,
        preference.init_point,
      );
      const { id } = await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      const statuses = async () => (await jobs.holdsOf(jobId)).map(({ status }) => status);
      assert.deepEqual(await statuses(), ['held', 'held', 'held']);
      const chargeback = await simulate<{ id: string }>('POST', `/payments/${id}/chargeback`);
      await until('the freeze', async () => {
        const found = 'select from chargebacks where job_id = $1 and reference is not null';
        return (await pool().query(found, [jobId])).rowCount === 1;
      });
      await simulate('POST', `/chargebacks/${chargeback.id}/resolve`, { outcome: 'lost' });
      await until('the end', async () => (await statuses()).every((one) => one === 'charged_back'));
    });
  });

  describe('a job that is paid twice', () => {
    it('has the surplus go back, also in the books', async () => {
      const jobs = createTestJobs(plaza, buyer!, await plaza.account());
      const jobId = await jobs.open();
      const reply = await plaza.request({
        method: 'POST',
        url: '/api/v1/mercadopago/create-preference',
        as: buyer!,
        payload: { job_id: jobId },
      });
      const preference = reply.json<Preference>();
      const before = await jobs.balanceOf(`buyer:${buyer!.id}`);
      await payAtProvider(preference);
      await payAtProvider(preference);
      await until('the surplus to go back', async () => {
        const found = `select from provider_refunds r join provider_charges c on c.id = r.charge_id
          where c.payment_id = $1 and c.role = 'surplus' and r.status = 'completed'`;
        return (await pool().query(found, [preference.payment_id])).rowCount === 1;
      });
      assert.equal(await jobs.balanceOf(`buyer:${buyer!.id}`), before);
    });

    it('calls a person when the provider refuses what a hold gave back', async () => {
      const payee = await plaza.account();
      const jobs = createTestJobs(plaza, buyer!, payee);
      const jobId = await jobs.open();
      const reply = await plaza.request({
        method: 'POST',
        url: '/api/v1/mercadopago/create-preference',
        as: buyer!,
        payload: { job_id: jobId },
      });
      const preference = reply.json<Preference>();
      await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      const [hold] = await jobs.holdsOf(jobId);
      await behave({ next: [{ call: 'refund', refuse: 2027 }] });
      assert.equal((await jobs.act('refund', hold!.id, payee)).statusCode, 200);
      await until('the alert', async () => {
        const found = `select from payment_alerts where kind = 'escrow_refund_refused' and payment_id = $1`;
        return (await pool().query(found, [preference.payment_id])).rowCount === 1;
      });
      // Only this one is still the buyer's.
      assert.equal(await jobs.balanceOf(`buyer:${buyer!.id}`), 300_00n);

      // An administrator has it sent anew: once, whoever asks again.
      const retry = (id: string, as: TestAccount) =>
        plaza.request({ method: 'POST', url: `/api/v1/escrows/${id}/retry-refund`, as });
      const support = await plaza.account({ roles: ['support'] });
      assert.equal((await retry(hold!.id, support)).statusCode, 403);
      const [first, second] = await Promise.all([retry(hold!.id, admin), retry(hold!.id, admin)]);
      assert.deepEqual([first.statusCode, second.statusCode], [200, 200], first.body);
      const { id: refundId } = first.json<{ id: string }>();
      assert.equal(second.json<{ id: string }>().id, refundId);
      await until('the refund', async () => {
        const again = (await retry(hold!.id, admin)).json<{ id: string; status: string }>();
        return again.id === refundId && again.status === 'completed';
      });
      assert.equal(await jobs.balanceOf(`buyer:${buyer!.id}`), 0n);
      const refunds = await pool().query<{ status: string }>(
        'select status from refunds where hold_id = $1 order by created_at',
        [hold!.id],
      );
      assert.deepEqual(
        refunds.rows.map(({ status }) => status),
        ['failed', 'completed'],
      );
      const open = `select from payment_alerts where kind = 'escrow_refund_refused' and payment_id = $1
        and resolved_at is null`;
      assert.equal((await pool().query(open, [preference.payment_id])).rowCount, 0);
      const [, other] = await jobs.holdsOf(jobId);
      assert.equal(
        (await retry(other!.id, admin)).json<{ code: string }>().code,
        'payments.nothing_to_refund_again',
      );
      assert.equal((await retry(crypto.randomUUID(), admin)).statusCode, 404);
    });
  });

  describe('a chargeback', () => {
    const disputed = async () => {
      const preference = await checkout();
      const { id } = await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      const before = await balanceOf(`seller:${sellers[0]!}:pending`);
      const chargeback = await simulate<{ id: string }>('POST', `/payments/${id}/chargeback`);
      await until('the freeze', async () => {
        const rows = await pool().query(
          'select from chargebacks where payment_id = $1 and reference is not null',
          [preference.payment_id],
        );
        return rows.rowCount === 1;
      });
      return { preference, chargeback, before };
    };
    const share = 33_333n;

    it('freezes the shares; when it is won they are free again', async () => {
      const { preference, chargeback, before } = await disputed();
      assert.equal(await balanceOf(`seller:${sellers[0]!}:disputed`), share);
      assert.equal(await balanceOf(`seller:${sellers[0]!}:pending`), before - share);
      const reply = await plaza.request({ url: '/api/v1/chargebacks', as: admin });
      assert.partialDeepStrictEqual(reply.json<{ items: object[] }>().items[0], {
        payment_id: preference.payment_id,
        status: 'opened',
        is_coverage_eligible: true,
        documentation_status: 'pending',
        frozen_amount: '1000.00',
      });
      const refund = await plaza.request({
        method: 'POST',
        url: `/api/v1/payments/${preference.payment_id}/refunds`,
        as: admin,
        payload: { reason: 'the buyer asks' },
      });
      assert.equal(refund.statusCode, 409, 'the bank has the money that would be refunded');
      await simulate('POST', `/chargebacks/${chargeback.id}/resolve`, { outcome: 'won' });
      await until(
        'the end',
        async () => (await balanceOf(`seller:${sellers[0]!}:disputed`)) === 0n,
      );
      assert.equal(await balanceOf(`seller:${sellers[0]!}:pending`), before);
    });

    it('that is lost takes the frozen money away', async () => {
      const { preference, chargeback, before } = await disputed();
      const provider = await balanceOf('provider:mercadopago');
      await simulate('POST', `/chargebacks/${chargeback.id}/resolve`, { outcome: 'lost' });
      await until(
        'the end',
        async () => (await balanceOf(`seller:${sellers[0]!}:disputed`)) === 0n,
      );
      assert.equal(await balanceOf(`seller:${sellers[0]!}:pending`), before - share);
      assert.equal((await balanceOf('provider:mercadopago')) - provider, 100_000n);
      const { rows } = await pool().query<{ type: string }>(
        `select type from outbox where subject = $1 and type like '%chargeback%' order by seq`,
        [preference.payment_id],
      );
      assert.deepEqual(
        rows.map(({ type }) => type),
        ['payments.chargeback-opened.v1', 'payments.chargeback-closed.v1'],
      );
    });

    it('is found by the poller when no notification ever comes', async () => {
      const preference = await checkout();
      const { id } = await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      await behave({ webhooks: { never: 1 } });
      await simulate('POST', `/payments/${id}/chargeback`);
      await plaza.advance(25 * 60 * minute);
      await signIn();
      const found = 'select from chargebacks where payment_id = $1';
      assert.equal((await pool().query(found, [preference.payment_id])).rowCount, 1);
    });

    it('takes what a seller has earned, and what is gone is owed', async () => {
      const preference = await checkout();
      const { id } = await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      // As delivery and a payout leave it: the first seller has earned the share and half of it.
      const [seller] = sellers;
      const book = async (cause: string, lines: object[]) =>
        pool().query('select post_entry($1, now())', [
          {
            id: crypto.randomUUID(),
            causeType: cause,
            causeId: crypto.randomUUID(),
            about: { paymentId: preference.payment_id },
            lines,
          },
        ]);
      const line = (account: string, side: string, minor: bigint) => ({
        account,
        currency: 'COP',
        side,
        amountMinor: String(minor),
      });
      await book('earning', [
        line(`seller:${seller!}:pending`, 'debit', share),
        line(`seller:${seller!}:available`, 'credit', share),
      ]);
      await book('payout', [
        line(`seller:${seller!}:available`, 'debit', 20_000n),
        line('payouts:in_transit', 'credit', 20_000n),
      ]);
      await pool().query(
        `${withPaidPayout('$1')}
         insert into transfers (id, seller_id, kind, cause_id, payment_id, gross_minor, commission_minor,
           tax_minor, net_minor, currency, earned_at, payout_id)
         values (uuidv7(), $1, 'sale', uuidv7(), $2, $3, 0, 0, $3, 'COP', now(), (select id from payout)),
           (uuidv7(), $1, 'sale', uuidv7(), $2, $4, 0, 0, $4, 'COP', now(), null)`,
        [seller, preference.payment_id, 20_000n, share - 20_000n],
      );
      const chargeback = await simulate<{ id: string }>('POST', `/payments/${id}/chargeback`);
      const frozen = await balanceOf(`seller:${seller!}:disputed`);
      await until(
        'the freeze',
        async () => (await balanceOf(`seller:${seller!}:disputed`)) === frozen + share,
      );
      assert.equal(await balanceOf(`seller:${seller!}:available`), 0n);
      assert.equal(await balanceOf(`seller:${seller!}:owing`), -20_000n);
      await simulate('POST', `/chargebacks/${chargeback.id}/resolve`, { outcome: 'won' });
      await until(
        'the end',
        async () => (await balanceOf(`seller:${seller!}:disputed`)) === frozen,
      );
      assert.equal(await balanceOf(`seller:${seller!}:available`), share - 20_000n);
      assert.equal(await balanceOf(`seller:${seller!}:owing`), 0n);
      const { rows } = await pool().query<{ sum: string }>(
        'select sum(net_minor) from transfers where payment_id = $1',
        [preference.payment_id],
      );
      assert.equal(BigInt(rows[0]!.sum), share);
    });
  });

  describe('a notification', () => {
    const post = (
      query: string,
      headers: Record<string, string>,
      payload: string | Buffer = '{}',
    ) =>
      plaza.request({
        method: 'POST',
        url: `/api/v1/webhook/mercadopago${query}`,
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      });
    const stored = async (requestId: string) => {
      const { rows } = await pool().query<{ verdict: string; body: Buffer }>(
        'select verdict, body from webhook_deliveries where request_id = $1',
        [requestId],
      );
      return rows;
    };

    it('without a genuine signature is stored, answered 401, and changes nothing', async () => {
      const preference = await checkout();
      await behave({ webhooks: { never: 1 } });
      const { id } = await payAtProvider(preference);
      const requestId = crypto.randomUUID();
      const body = Buffer.from('not even {json} \xff', 'latin1');
      const reply = await post(
        `?data.id=${id}&type=payment`,
        { 'x-request-id': requestId, 'x-signature': `ts=1704908010,v1=${'0'.repeat(64)}` },
        body,
      );
      assert.partialDeepStrictEqual(reply.json(), {
        status: 401,
        code: 'payments.webhook_not_genuine',
      });
      const [row] = await stored(requestId);
      assert.equal(row!.verdict, 'mac_wrong');
      assert.deepEqual(row!.body, body);
      await plaza.advance(1_000);
      assert.equal((await paymentOf(preference)).status, 'pending');
      await plaza.advance(2 * minute);
      assert.equal((await paymentOf(preference)).status, 'completed', 'the poller reads anyway');
    });

    it('is refused when it is too large, and is not stored', async () => {
      const requestId = crypto.randomUUID();
      const headers = { 'x-request-id': requestId };
      const reply = await post('?data.id=1', headers, 'x'.repeat(70_000));
      assert.equal(reply.statusCode, 413);
      assert.deepEqual(await stored(requestId), []);
    });

    it('without a body, a type or an id is one that is not genuine', async () => {
      for (const query of ['', '?data.id=', '?data.id=a&data.id=b', '?x=%00', '?%'])
        assert.ok([400, 401].includes((await post(query, {}, '')).statusCode), query);
    });

    it('that comes ten times is read as one', async () => {
      await behave({ webhooks: { ten_times: 1 } });
      const preference = await checkout();
      await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      const { rows } = await pool().query<{ n: number }>(
        `select count(*)::int as n from outbox where subject = $1 and type like '%completed%'`,
        [preference.payment_id],
      );
      assert.equal(rows[0]!.n, 1);
    });

    it('of a suspected fraud tells others not to deliver, once', async () => {
      const preference = await checkout();
      const { id } = await payAtProvider(preference);
      await statusBecomes(preference, 'completed');
      for (const _ of [1, 2]) {
        await pool().query(
          `select store_delivery(uuidv7(), 'mercadopago', 'stop_delivery_op_wh', $1, '', null, null, '', 'genuine', now())`,
          [String(id)],
        );
        await plaza.advance(2_000);
      }
      const { rows } = await pool().query(
        `select from outbox where subject = $1 and type = 'payments.fraud-alerted.v1'`,
        [preference.payment_id],
      );
      assert.equal(rows.length, 1);
      assert.ok((await alertsOf('fraud_suspected')).includes(String(id)));
    });

    it('is kept for 90 days, day after day', async () => {
      const keep = async (days: number): Promise<string> => {
        const received = new Date(plaza.clock().getTime() - days * 24 * 60 * minute);
        const { rows } = await pool().query<{ id: string }>(
          `insert into webhook_deliveries (id, provider, topic, resource, query, body, verdict, received_at)
           values (uuidv7(), 'mercadopago', '', '', '', '', 'mac_wrong', $1) returning id`,
          [received],
        );
        return rows[0]!.id;
      };
      const isThere = async (id: string): Promise<boolean> =>
        (await pool().query('select from webhook_deliveries where id = $1', [id])).rowCount === 1;
      const ids = [await keep(88.5), await keep(89.5), await keep(91)];
      for (const expected of [
        [true, false, false],
        [false, false, false],
      ]) {
        await plaza.advance(24 * 60 * minute);
        assert.deepEqual(await Promise.all(ids.map(isThere)), expected);
      }
      await signIn();
    });

    it('of something that nobody knows calls a person', async () => {
      await pool().query(
        `select store_delivery(uuidv7(), 'mercadopago', 'new_thing', '77', '', null, null, '', 'genuine', now())`,
      );
      await plaza.advance(2_000);
      assert.ok((await alertsOf('unknown_topic')).includes('new_thing:77'));
    });
  });

  describe('a charge that is none of ours', () => {
    it('is kept for a person, and not refunded', async () => {
      const reply = await fetch(`${simulator.url}/v1/payments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${defaults.accessToken}`,
          'x-idempotency-key': crypto.randomUUID(),
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          transaction_amount: 500,
          payment_method_id: 'master',
          installments: 1,
          description: 'of another shop',
          external_reference: crypto.randomUUID(),
          notification_url: `${plaza.app.listeningOrigin}/api/v1/webhook/mercadopago`,
          payer: { email: 'ana@example.com', first_name: 'APRO' },
        }),
      });
      assert.equal(reply.status, 201, await reply.clone().text());
      const { id } = (await reply.json()) as { id: number };
      await until('the alert', async () =>
        (await alertsOf('charge_of_nothing_known')).includes(String(id)),
      );
      const list = await plaza.request({ url: '/api/v1/payments/alerts?limit=100', as: admin });
      const { items } = list.json<{ items: { id: string; subject: string }[] }>();
      const alert = items.find(({ subject }) => subject === String(id))!;
      const resolve = () =>
        plaza.request({
          method: 'POST',
          url: `/api/v1/payments/alerts/${alert.id}/resolve`,
          as: admin,
        });
      assert.equal((await resolve()).statusCode, 204);
      assert.equal((await resolve()).statusCode, 404);
    });
  });
});
