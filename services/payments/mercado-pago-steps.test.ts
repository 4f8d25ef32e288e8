/** What the tests with Mercado Pago's simulator share; it has no tests of its own. */
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { startTestPlaza, type TestAccount } from '#shared/testing/test-plaza.ts';
import type { BehaviourChange } from '../../apps/simulator/mercado-pago/behaviour.ts';
import { defaults, startSimulator } from '../../apps/simulator/mercado-pago/simulator.ts';
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

export type Preference = Readonly<{
  payment_id: string;
  preference_id: string;
  init_point: string;
}>;

/** Payments connected to a simulator of Mercado Pago, and what a test does with both. */
export const startMercadoPago = async (environment: Readonly<Record<string, string>> = {}) => {
  const port = await freePort();
  const simulator = await startSimulator({
    port: 0,
    panelUrl: `http://127.0.0.1:${port}/api/v1/webhook/mercadopago`,
  });
  const plaza = await startTestPlaza({
    modules: [paymentsModule],
    environment: {
      PLAZA_PUBLIC_URL: `http://127.0.0.1:${port}`,
      PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
      PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
      PLAZA_MERCADOPAGO_BASE_URL: simulator.url,
      PLAZA_MERCADOPAGO_MODE: 'test',
      PLAZA_MERCADOPAGO_CLIENT_ID: defaults.applicationId,
      PLAZA_MERCADOPAGO_CLIENT_SECRET: defaults.clientSecret,
      PLAZA_MERCADOPAGO_AUTHORIZATION_URL: `${simulator.url}/authorization`,
      ...environment,
    },
  });
  await plaza.app.listen({ host: '127.0.0.1', port });
  const pool = plaza.pool('payments');
  const people = { buyer: await plaza.account(), admin: await plaza.account({ roles: ['admin'] }) };

  const simulate = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const reply = await fetch(`${simulator.url}/simulator${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      headers: body ? { 'content-type': 'application/json' } : {},
    });
    assert.ok(reply.ok, `${path}: ${reply.status} ${await reply.clone().text()}`);
    return (await reply.json()) as T;
  };
  const publish = async (type: string, subject: string, data: object): Promise<void> => {
    await pool.query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  /** An order that may be paid, with these minor units for each seller. */
  const openOrder = async (shares: readonly (readonly [sellerId: string, minor: number])[]) => {
    const orderId = crypto.randomUUID();
    const amount = (minor: number) => ({ amountMinor: String(minor), currency: 'COP' });
    await publish('orders.payment-requested.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: people.buyer.id,
      total: amount(shares.reduce((sum, [, minor]) => sum + minor, 0)),
      shares: shares.map(([sellerId, minor]) => ({ sellerId, amount: amount(minor) })),
      payBy: new Date(plaza.clock().getTime() + 15 * minute).toISOString(),
    });
    return orderId;
  };
  const send = async <Body = object>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    { as = people.admin, payload }: Readonly<{ as?: TestAccount; payload?: object }> = {},
  ) => {
    const reply = await plaza.request({
      method,
      url: `/api/v1${url}`,
      as,
      ...(payload ? { payload } : {}),
    });
    return {
      status: reply.statusCode,
      body: reply.json<Body & { code?: string }>(),
      headers: reply.headers,
    };
  };
  const until = async (what: string, isDone: () => Promise<boolean>): Promise<void> => {
    for (const end = performance.now() + 10_000; !(await isDone());) {
      if (performance.now() > end) assert.fail(`${what} never came`);
      await plaza.advance(0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const checkout = async (subject: object): Promise<Preference> => {
    const { status, body } = await send<Preference>('POST', '/mercadopago/create-preference', {
      as: people.buyer,
      payload: subject,
    });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  };
  const statusOf = async (paymentId: string): Promise<string> => {
    const found = await pool.query<{ status: string }>(
      'select status from payments where id = $1',
      [paymentId],
    );
    return found.rows[0]!.status;
  };
  const payThere = ({ preference_id: id }: Preference) =>
    simulate<{ id: number }>('POST', `/preferences/${id}/pay`, { status: 'approved' });

  return {
    plaza,
    pool,
    people,
    simulator,
    simulate,
    publish,
    openOrder,
    send,
    until,
    checkout,
    statusOf,
    payThere,
    behave: (change: BehaviourChange) => simulate('PUT', '/behaviour', change),
    /** An order that was paid there: the payment, and the charge as the provider calls it. */
    async paid(shares: readonly (readonly [string, number])[] = [[crypto.randomUUID(), 100_000]]) {
      const preference = await checkout({ order_id: await openOrder(shares) });
      const { id } = await payThere(preference);
      await until(
        'the capture',
        async () => (await statusOf(preference.payment_id)) === 'completed',
      );
      return { preference, paymentId: preference.payment_id, chargeId: String(id) };
    },
    /** A call that a person makes at the provider, without us. */
    async callProvider<T>(path: string, payload: object): Promise<T> {
      const reply = await fetch(simulator.url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${defaults.accessToken}`,
          'x-idempotency-key': crypto.randomUUID(),
          'content-type': 'application/json',
        },
        body: JSON.stringify(payload),
      });
      assert.equal(reply.status, 201, await reply.clone().text());
      return (await reply.json()) as T;
    },
    async balanceOf(account: string): Promise<bigint> {
      const { rows } = await pool.query<{ sum: string | null }>(
        'select sum(balance_minor) from ledger_accounts where id = $1',
        [account],
      );
      return BigInt(rows[0]!.sum ?? 0);
    },
    stop: async (): Promise<void> => {
      await plaza.stop();
      await simulator.close();
    },
  };
};

export type MercadoPagoBench = Awaited<ReturnType<typeof startMercadoPago>>;
