import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

const hour = 3_600_000;
const money = (amountMinor: string) => ({ amountMinor, currency: 'COP' });

describe('payments of guests, over real PostgreSQL', () => {
  let plaza: TestPlaza;
  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
  });
  after(() => plaza.stop());
  soundAfterEach(() => faultsIn(pool()));

  const pool = () => plaza.pool('payments');
  const receive = async (type: string, subject: string, data: object) => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const newGuest = () => ({
    orderId: crypto.randomUUID(),
    buyerId: crypto.randomUUID(),
    token: randomBytes(32).toString('base64url'),
  });
  type Guest = ReturnType<typeof newGuest>;
  const open = ({ orderId, buyerId }: Guest) =>
    receive('orders.payment-requested.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId,
      total: money('1000'),
      shares: [{ sellerId: crypto.randomUUID(), amount: money('1000') }],
      payBy: new Date(plaza.clock().getTime() + hour).toISOString(),
    });
  const grant = ({ orderId, buyerId, token }: Guest) =>
    receive('orders.guest-access-granted.v1', orderId, {
      orderId,
      buyerId,
      tokenHash: createHash('sha256').update(token).digest('hex'),
      expiresAt: new Date(plaza.clock().getTime() + hour).toISOString(),
    });
  const claim = ({ orderId, buyerId: guestId }: Guest, { id: buyerId }: TestAccount) =>
    receive('orders.order-claimed.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      guestId,
      buyerId,
      claimedAt: new Date().toISOString(),
    });
  const pay = async (
    orderId: string,
    more: { as?: TestAccount; token?: string; key?: string } = {},
  ) => {
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/payments',
      ...(more.as ? { as: more.as } : {}),
      headers: {
        ...(more.token ? { 'x-order-token': more.token } : {}),
        ...(more.key ? { 'idempotency-key': more.key } : {}),
      },
      payload: {
        order_id: orderId,
        payment_method: {
          type: 'card',
          number: '4242424242424242',
          expiry_month: 12,
          expiry_year: 2099,
        },
      },
    });
    return { ...reply, status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
  };
  const read = async (id: unknown, more: { as?: TestAccount; token?: string }): Promise<number> => {
    const reply = await plaza.request({
      url: `/api/v1/payments/${String(id)}`,
      ...(more.as ? { as: more.as } : {}),
      headers: more.token ? { 'x-order-token': more.token } : {},
    });
    return reply.statusCode;
  };

  it('are made and seen by the token of their order, and by no other', async () => {
    const [guest, other] = [newGuest(), newGuest()];
    for (const one of [guest, other]) {
      await grant(one);
      await open(one);
    }
    const { orderId, token } = guest;
    assert.equal((await pay(orderId)).status, 401);
    for (const wrong of [other.token, 'short', 'A'.repeat(43)]) {
      const refused = await pay(orderId, { token: wrong });
      assert.equal(refused.body['code'], 'payments.order_not_payable', wrong);
    }
    const paid = await pay(orderId, { token, key: 'una' });
    assert.equal(paid.status, 201);
    const again = await pay(orderId, { token, key: 'una' });
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal((await pay(orderId, { token })).body['code'], 'payments.already_paid');
    const { id } = paid.body;
    assert.equal(await read(id, { token }), 200);
    assert.equal(await read(id, { token: other.token }), 404);
    assert.equal(await read(id, { token: 'A'.repeat(43) }), 404);
    assert.equal(await read(id, {}), 401);
    const as = await plaza.account();
    assert.equal(await read(id, { as }), 404);
    assert.equal(await read(id, { as, token }), 200, 'who is signed in and has the link');
    // The same key of another token is another's.
    const others = await pay(other.orderId, { token: other.token, key: 'una' });
    assert.equal(others.status, 201);
    assert.notEqual(others.body['id'], id);
    const { rows } = await pool().query<{ text: string }>(
      `select (select string_agg(g::text, '') from guest_access g)
        || (select string_agg(k::text, '') from idempotency_keys k) as text`,
    );
    assert.ok(!rows[0]!.text.includes(token));
  });

  it('end with the time of the token', async () => {
    const guest = newGuest();
    await grant(guest);
    await plaza.advance(hour + 1_000);
    await open(guest);
    const late = await pay(guest.orderId, { token: guest.token });
    assert.equal(late.body['code'], 'payments.order_not_payable');
  });

  it('are the account’s when it has claimed the order, whatever comes after that', async () => {
    const as = await plaza.account();
    const paid = newGuest();
    await grant(paid);
    await open(paid);
    const { id } = (await pay(paid.orderId, { token: paid.token })).body;
    await claim(paid, as);
    await claim(paid, await plaza.account());
    assert.equal(await read(id, { as }), 200);
    assert.equal(await read(id, { token: paid.token }), 404);

    const late = newGuest();
    await claim(late, as);
    await grant(late);
    await open(late);
    const refused = await pay(late.orderId, { token: late.token });
    assert.equal(refused.body['code'], 'payments.order_not_payable');
    assert.equal((await pay(late.orderId, { as })).status, 201);
  });
});
