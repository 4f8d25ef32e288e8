import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import pg from 'pg';
import { createRandom } from '#shared/testing/seeded-random.ts';
import { warm, whileHeld } from '#shared/testing/races.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { rulesBesidePayouts, withPaidPayout } from './infrastructure/test-payouts.ts';
import { paymentsModule } from './module.ts';

const second = 1_000;
const lateCard = '4000000000001042';

type Line = Readonly<{
  variantId: string;
  sellerId: string;
  amountMinor: number;
  quantity?: number;
  categoryIds?: readonly string[];
}>;
type RefundJson = Readonly<{
  id: string;
  amount: string;
  lines: readonly Readonly<{ variant_id: string; quantity: number; amount: string }>[];
  commission_returned: string;
  commission_tax_returned: string;
}>;

describe('commission and earnings over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let admin: TestAccount;
  const newId = () => crypto.randomUUID();

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    buyer = await plaza.account();
    admin = await plaza.account({ roles: ['admin'] });
  });
  after(() => plaza.stop());
  const verify = (): Promise<readonly string[]> => findFaults(pool(), rulesBesidePayouts);
  soundAfterEach(verify);
  afterEach(async () => {
    const { rows } = await pool().query('select consumer, error from dead_letters');
    assert.deepEqual(rows, []);
  });

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
  const money = (minor: number) => ({ amountMinor: String(minor), currency: 'COP' });
  const head = (orderId: string) => ({ orderId, number: 'PZ-000001', buyerId: buyer.id });

  const open = async (lines: readonly Line[], orderId = newId()): Promise<string> => {
    const sellers = [...new Set(lines.map((line) => line.sellerId))];
    const totalOf = (some: readonly Line[]) => some.reduce((n, line) => n + line.amountMinor, 0);
    await receive('orders.payment-requested.v1', orderId, {
      ...head(orderId),
      total: money(totalOf(lines)),
      shares: sellers.map((sellerId) => ({
        sellerId,
        amount: money(totalOf(lines.filter((line) => line.sellerId === sellerId))),
      })),
      lines: lines.map(({ amountMinor, quantity = 1, categoryIds = [], ...line }) => ({
        ...line,
        productId: newId(),
        categoryIds,
        quantity,
        gross: money(amountMinor),
        tax: money(0),
      })),
      payBy: new Date(plaza.clock().getTime() + 900 * second).toISOString(),
    });
    return orderId;
  };
  const pay = async (orderId: string, number = '4242424242424242'): Promise<string> => {
    const card = { type: 'card', number, expiry_month: 12, expiry_year: 2099 };
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/payments',
      as: buyer,
      payload: { order_id: orderId, payment_method: card },
    });
    assert.equal(reply.statusCode, 201, reply.body);
    return reply.json<{ id: string }>().id;
  };
  const refund = (paymentId: string, body: object) =>
    plaza.request({
      method: 'POST',
      url: `/api/v1/payments/${paymentId}/refunds`,
      as: admin,
      payload: { reason: 'as it was asked for', ...body },
    });
  const refunded = async (paymentId: string, body: object): Promise<RefundJson> => {
    const reply = await refund(paymentId, body);
    assert.equal(reply.statusCode, 201, reply.body);
    return reply.json<RefundJson>();
  };
  const delivered = (orderId: string, sellerIds?: readonly string[]) =>
    receive(sellerIds ? 'orders.lines-delivered.v1' : 'orders.order-delivered.v1', orderId, {
      ...head(orderId),
      ...(sellerIds ? { sellerIds } : {}),
      deliveredAt: plaza.clock().toISOString(),
    });
  const balances = async (sellerId: string): Promise<Record<string, number>> => {
    const { rows } = await pool().query<{ id: string; balance_minor: string }>(
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
  const addRule = async (rule: object): Promise<{ id: string; etag: string }> => {
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/commission-rules',
      as: admin,
      payload: { jurisdiction: 'CO', ...rule },
    });
    assert.equal(reply.statusCode, 201, reply.body);
    return { id: reply.json<{ id: string }>().id, etag: String(reply.headers['etag']) };
  };
  /** A seller whose sales pay this, whatever other rules there are. */
  const sellerAt = async (rate: number, tax: number, more: object = {}): Promise<string> => {
    const sellerId = newId();
    const rule = { seller_id: sellerId, rate_basis_points: rate, tax_rate_basis_points: tax };
    await addRule({ ...rule, ...more });
    return sellerId;
  };
  const frozen = async (orderId: string) => {
    const { rows } = await pool().query<{ commission_minor: string; commission_tax_minor: string }>(
      `select commission_minor, commission_tax_minor from payable_lines where order_id = $1
       order by amount_minor`,
      [orderId],
    );
    return rows.map((row) => [Number(row.commission_minor), Number(row.commission_tax_minor)]);
  };

  describe('a rule of commission', () => {
    it('is chosen by how near it is: seller and category, seller, nearest category, all', async () => {
      const [seller, other, fruit, food] = [newId(), newId(), newId(), newId()];
      const rates = [
        [{}, 100],
        // The nearest one is not the newest.
        [{ category_id: fruit }, 300],
        [{ category_id: food }, 200],
        [{ seller_id: seller }, 400],
        [{ seller_id: seller, category_id: food }, 500],
      ] as const;
      const made = [];
      for (const [scope, rate] of rates)
        made.push(await addRule({ ...scope, rate_basis_points: rate }));
      const tree = [fruit, food];
      const line = (sellerId: string, amountMinor: number, categoryIds: readonly string[]) => ({
        variantId: newId(),
        sellerId,
        amountMinor,
        categoryIds,
      });
      const orderId = await open([
        line(other, 10_000, [newId()]),
        line(other, 10_001, [food]),
        line(other, 10_002, tree),
        line(seller, 10_003, []),
        line(seller, 10_004, tree),
      ]);
      assert.deepEqual(
        (await frozen(orderId)).map(([commission]) => commission),
        [100, 200, 300, 400, 500],
      );
      for (const { id, etag } of made)
        await plaza.request({
          method: 'DELETE',
          url: `/api/v1/commission-rules/${id}`,
          as: admin,
          headers: { 'if-match': etag },
        });
      assert.deepEqual((await frozen(orderId))[0], [100, 0], 'what is sold keeps it');
    });

    it('counts from its time on, the last one of the same scope', async () => {
      const seller_id = newId();
      const at = (days: number) =>
        new Date(plaza.clock().getTime() + days * 86_400 * second).toISOString();
      for (const [days, rate] of [
        [-2, 100],
        [-1, 200],
        [1, 300],
      ] as const)
        await addRule({ seller_id, rate_basis_points: rate, valid_from: at(days) });
      const line = { variantId: newId(), sellerId: seller_id, amountMinor: 10_000 };
      assert.deepEqual(await frozen(await open([line])), [[200, 0]]);
    });

    it('takes nothing where there is none', async () => {
      const seller = newId();
      const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 999 }]);
      await pay(orderId);
      await delivered(orderId);
      assert.deepEqual(await balances(seller), { available: 999 });
      assert.deepEqual(await transfers(seller), [['sale', 999, 0, 0, 999]]);
    });

    it('is added, changed over the version that was read, and removed, by administrators', async () => {
      const url = '/api/v1/commission-rules';
      const seller = await plaza.account({ roles: ['seller', 'support'] });
      const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, more: object = {}) =>
        plaza.request({ method, url: `${url}${path}`, as: admin, ...more });
      assert.equal((await ask('GET', '', { as: seller })).statusCode, 403);
      const terms = {
        category_id: newId(),
        rate_basis_points: 1_250,
        fixed: [{ amount: '500.00', currency: 'COP' }],
        tax_rate_basis_points: 1_900,
        jurisdiction: 'CO',
        valid_from: '2026-01-01T00:00:00Z',
      };
      const added = await ask('POST', '', { payload: terms });
      assert.equal(added.statusCode, 201, added.body);
      const { id } = added.json<{ id: string }>();
      assert.partialDeepStrictEqual(added.json(), {
        seller_id: null,
        fixed: [{ amount: '500.00', currency: 'COP' }],
        version: 1,
      });
      assert.equal((await ask('POST', '', { payload: terms })).statusCode, 409);
      const shown = await ask('GET', `/${id}`);
      const changed = { ...terms, rate_basis_points: 1_000 };
      const put = (etag?: unknown) =>
        ask('PUT', `/${id}`, {
          payload: changed,
          ...(etag === undefined ? {} : { headers: { 'if-match': etag } }),
        });
      assert.equal((await put()).statusCode, 428);
      const again = await put(shown.headers['etag']);
      assert.partialDeepStrictEqual(again.json(), { rate_basis_points: 1_000, version: 2 });
      assert.equal((await put(shown.headers['etag'])).statusCode, 412);
      const remove = (etag: unknown) => ask('DELETE', `/${id}`, { headers: { 'if-match': etag } });
      assert.equal((await remove(shown.headers['etag'])).statusCode, 412);
      assert.equal((await remove(again.headers['etag'])).statusCode, 204);
      assert.equal((await remove(again.headers['etag'])).statusCode, 404);
      assert.equal((await ask('GET', `/${id}`)).statusCode, 404);
      const acts = await pool().query(
        `select from outbox where type = 'payments.staff-acted.v1'
         and data ->> 'operation' like '%/commission-rules%' and data ->> 'path' like $1`,
        [`%${id}`],
      );
      assert.equal(acts.rowCount, 2, 'changing and removing it are in the audit log');
    });

    for (const [why, change, pointer] of [
      ['more than all of it', { rate_basis_points: 10_001 }, '/rate_basis_points'],
      ['a jurisdiction that is none', { jurisdiction: 'Bogotá' }, '/jurisdiction'],
      [
        'a currency that is none',
        { fixed: [{ amount: '1', currency: 'XXZ' }] },
        '/fixed/0/currency',
      ],
      [
        'a currency twice',
        { fixed: [1, 2].map((amount) => ({ amount, currency: 'COP' })) },
        '/fixed/1/currency',
      ],
      [
        'a fixed part below nothing',
        { fixed: [{ amount: '-1', currency: 'COP' }] },
        '/fixed/0/amount',
      ],
    ] as const)
      it(`is refused with ${why}`, async () => {
        const reply = await plaza.request({
          method: 'POST',
          url: '/api/v1/commission-rules',
          as: admin,
          payload: { rate_basis_points: 1, jurisdiction: 'CO', ...change },
        });
        assert.equal(reply.statusCode, 422, reply.body);
        const { errors } = reply.json<{ errors: { pointer: string }[] }>();
        assert.equal(errors[0]?.pointer, `#${pointer}`);
      });

    it('is reckoned on each line half up, and never takes more than the line', async () => {
      const random = createRandom(11);
      const upTo = (max: number) => BigInt(Math.floor(random() * (max + 1)));
      const cases = Array.from({ length: 2_000 }, () => ({
        amount: upTo(1_000_000),
        rate: upTo(10_000),
        fixed: random() < 0.5 ? 0n : upTo(5_000),
        tax: upTo(10_000),
      }));
      const { rows } = await pool().query<{ commission: string; tax: string }>(
        `select c.* from rows from (jsonb_to_recordset($1)
           as (amount bigint, rate integer, fixed bigint, tax integer)) with ordinality
           as x (amount, rate, fixed, tax, n)
         cross join lateral commission_of(x.amount, x.rate, x.fixed, x.tax) c order by x.n`,
        [JSON.stringify(cases, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v))],
      );
      const halfUp = (whole: bigint, basisPoints: bigint) =>
        (2n * whole * basisPoints + 10_000n) / 20_000n;
      cases.forEach(({ amount, rate, fixed, tax }, i) => {
        const found = [BigInt(rows[i]!.commission), BigInt(rows[i]!.tax)] as const;
        const commission = halfUp(amount, rate) + fixed;
        const taxOf = halfUp(commission, tax);
        const isRoom = commission + taxOf <= amount;
        if (isRoom) assert.deepEqual(found, [commission, taxOf]);
        else assert.ok(found[1] + 1n >= halfUp(found[0], tax), 'the tax is whole when it is cut');
        assert.ok(found[0] + found[1] <= amount && found[0] >= 0n && found[1] >= 0n);
      });
    });
  });

  describe('a delivery', () => {
    it('earns the share less commission and its tax, once, however often it is told', async () => {
      const seller = await sellerAt(1_000, 1_900, { fixed: [{ amount: '1.00', currency: 'COP' }] });
      const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 10_000 }]);
      const paymentId = await pay(orderId);
      assert.deepEqual(await balances(seller), { pending: 10_000 });
      await delivered(orderId);
      await delivered(orderId);
      await delivered(orderId, [seller]);
      await pool().query('update outbox set sent_at = null where correlation_id = $1', [orderId]);
      plaza.contexts[0]!.relay.wake();
      await plaza.settle();
      assert.deepEqual(await balances(seller), { available: 8_691 });
      assert.deepEqual(await transfers(seller), [['sale', 10_000, 1_100, 209, 8_691]]);
      const { rows } = await pool().query<{ account_id: string; side: string; minor: string }>(
        `select account_id, side, amount_minor as minor from journal_lines l
         join journal_entries e on e.id = l.entry_id
         where e.payment_id = $1 and e.cause_type = 'earning' order by line_no`,
        [paymentId],
      );
      assert.deepEqual(
        rows.map((row) => [row.account_id, row.side, Number(row.minor)]),
        [
          [`seller:${seller}:pending`, 'debit', 10_000],
          [`seller:${seller}:available`, 'credit', 8_691],
          ['platform:fees', 'credit', 1_100],
          ['tax:CO', 'credit', 209],
        ],
      );
    });

    it('that comes before the capture waits for it', async () => {
      const seller = await sellerAt(1_000, 0);
      const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 1_000 }]);
      await pay(orderId, lateCard);
      await delivered(orderId);
      assert.deepEqual(await balances(seller), {});
      await plaza.advance(4 * second);
      await plaza.advance(second);
      assert.deepEqual(await balances(seller), { available: 900 });

      const early = await open([{ variantId: newId(), sellerId: seller, amountMinor: 500 }]);
      await delivered(early, [seller]);
      await pay(early);
      await plaza.advance(second);
      assert.deepEqual(await balances(seller), { available: 1_350 });
    });

    it('and the capture that meet are both taken, whichever is first', async () => {
      const seller = await sellerAt(1_000, 0);
      const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 1_000 }]);
      const paymentId = await pay(orderId, lateCard);
      const told = receive.bind(null, 'orders.order-delivered.v1', orderId, {
        ...head(orderId),
        deliveredAt: plaza.clock().toISOString(),
      });
      await whileHeld(
        pool(),
        (client) =>
          client.query(`select settle_payment($1, 'completed', null, null, now(), $2, '[]')`, [
            paymentId,
            JSON.stringify({
              id: newId(),
              causeType: 'capture',
              causeId: paymentId,
              about: { paymentId, orderId },
              lines: [
                ['provider:sandbox', 'debit'],
                [`seller:${seller}:pending`, 'credit'],
              ].map(([account, side]) => ({
                account,
                side,
                currency: 'COP',
                amountMinor: '1000',
              })),
            }),
          ]),
        () => [told()],
      );
      assert.deepEqual(await balances(seller), { available: 900 });
    });

    it('earns each seller its own, at its own delivery', async () => {
      const [a, b] = [await sellerAt(1_000, 0), await sellerAt(500, 0)];
      const orderId = await open([
        { variantId: newId(), sellerId: a, amountMinor: 1_000 },
        { variantId: newId(), sellerId: b, amountMinor: 2_000 },
      ]);
      await pay(orderId);
      await delivered(orderId, [b]);
      assert.deepEqual(
        [await balances(a), await balances(b)],
        [{ pending: 1_000 }, { available: 1_900 }],
      );
      await delivered(orderId);
      assert.deepEqual(
        [await balances(a), await balances(b)],
        [{ available: 900 }, { available: 1_900 }],
      );
    });

    it('after refunds earns what is left, and nothing of nothing', async () => {
      const seller = await sellerAt(1_000, 1_900);
      const line = () => ({ variantId: newId(), sellerId: seller, amountMinor: 10_000 });
      const part = await open([line()]);
      const paymentId = await pay(part);
      await refunded(paymentId, { amount: '40.00' });
      await delivered(part);
      assert.deepEqual(await transfers(seller), [['sale', 6_000, 600, 114, 5_286]]);
      const all = await open([line()]);
      await refunded(await pay(all), {});
      await delivered(all);
      assert.equal((await transfers(seller)).length, 1);
      assert.deepEqual(await balances(seller), { available: 5_286 });
    });

    it('first pays back what the seller owes', async () => {
      const seller = await sellerAt(0, 0);
      const line = (amountMinor: number) => ({
        variantId: newId(),
        sellerId: seller,
        amountMinor,
      });
      const sold = await open([line(1_000)]);
      const paymentId = await pay(sold);
      await delivered(sold);
      await payOut(seller, 1_000);
      await refunded(paymentId, { amount: '7.00' });
      assert.deepEqual(await balances(seller), { owing: -700 });
      for (const [amountMinor, expected] of [
        [300, { owing: -400 }],
        [900, { available: 500 }],
      ] as const) {
        const orderId = await open([line(amountMinor)]);
        await pay(orderId);
        await delivered(orderId);
        assert.deepEqual(await balances(seller), expected);
      }
    });
  });

  /** An entry that changes what a seller has, as a payout does. */
  const entryOf = (sellerId: string, minor: number, side: 'debit' | 'credit'): string =>
    JSON.stringify({
      id: newId(),
      causeType: 'adjustment',
      causeId: newId(),
      about: {},
      lines: [
        { account: `seller:${sellerId}:available`, side },
        { account: 'platform:losses', side: side === 'debit' ? 'credit' : 'debit' },
      ].map((line) => ({ ...line, currency: 'COP', amountMinor: String(minor) })),
    });
  /** A payout that lists what the seller has. */
  const listed = async (sellerId: string): Promise<void> => {
    await pool().query(
      `${withPaidPayout('$1::uuid')}
       update transfers set payout_id = (select id from payout) where seller_id = $1::uuid`,
      [sellerId],
    );
  };
  /** The money is gone, and its transfers are listed. */
  const payOut = async (sellerId: string, minor: number): Promise<void> => {
    await listed(sellerId);
    await pool().query('select post_entry($1, now())', [entryOf(sellerId, minor, 'debit')]);
  };

  describe('a refund', () => {
    it('by line and quantity gives back that commission, and no piece twice', async () => {
      const [seller, dear] = [newId(), newId()];
      await addRule({ category_id: dear, rate_basis_points: 2_000, tax_rate_basis_points: 1_900 });
      const [cup, hat] = [newId(), newId()];
      const orderId = await open([
        { variantId: cup, sellerId: seller, amountMinor: 3_000, quantity: 3, categoryIds: [dear] },
        { variantId: hat, sellerId: seller, amountMinor: 5_000 },
      ]);
      const paymentId = await pay(orderId);
      const first = await refunded(paymentId, { lines: [{ variant_id: cup, quantity: 2 }] });
      assert.partialDeepStrictEqual(first, {
        amount: '20.00',
        commission_returned: '4.00',
        commission_tax_returned: '0.76',
        lines: [{ variant_id: cup, quantity: 2, amount: '20.00' }],
      });
      const tooMany = await refund(paymentId, { lines: [{ variant_id: cup, quantity: 2 }] });
      assert.equal(tooMany.json<{ code: string }>().code, 'payments.refund_lines_too_many');
      const twice = [1, 1].map((quantity) => ({ variant_id: cup, quantity }));
      assert.equal((await refund(paymentId, { lines: twice })).statusCode, 409, 'in one request');
      const none = await refund(paymentId, { lines: [{ variant_id: newId(), quantity: 1 }] });
      assert.equal(none.json<{ code: string }>().code, 'payments.line_not_found');
      const both = { amount: '1.00', lines: [{ variant_id: cup, quantity: 1 }] };
      assert.equal((await refund(paymentId, both)).statusCode, 422);

      const rest = await refunded(paymentId, {});
      assert.partialDeepStrictEqual(rest, {
        amount: '60.00',
        commission_returned: '2.00',
        lines: [
          { variant_id: cup, quantity: 1, amount: '10.00' },
          { variant_id: hat, quantity: 1, amount: '50.00' },
        ].toSorted((x, y) => (x.variant_id < y.variant_id ? -1 : 1)),
      });
      const list = await plaza.request({ url: `/api/v1/payments/${paymentId}/refunds`, as: admin });
      assert.deepEqual(list.json<{ items: object[] }>().items, [first, rest]);
    });

    it('tells once which of its pieces go back on the shelf, and only when it is done', async () => {
      const [cup, hat] = [newId(), newId()];
      const sellerId = newId();
      const orderId = await open([
        { variantId: cup, sellerId, amountMinor: 3_000, quantity: 3 },
        { variantId: hat, sellerId, amountMinor: 5_000 },
      ]);
      const paymentId = await pay(orderId);
      const told = async () => {
        const { rows } = await pool().query<{ data: Record<string, unknown> }>(
          `select data from outbox where type = 'payments.restock-requested.v1'
             and data ->> 'paymentId' = $1 order by seq`,
          [paymentId],
        );
        return rows.map(({ data }) => [data['refundId'], data['lines'], data['requestedBy']]);
      };
      const line = { variant_id: cup, quantity: 2, restock_quantity: 3 };
      const tooMany = await refund(paymentId, { lines: [line] });
      const { code, errors } = tooMany.json<{ code: string; errors: { pointer: string }[] }>();
      assert.deepEqual(
        [tooMany.statusCode, code, errors[0]?.pointer],
        [422, 'payments.restock_too_many', '#/lines/0/restock_quantity'],
      );
      assert.deepEqual(await told(), []);

      const both = [
        { ...line, restock_quantity: 1 },
        { variant_id: hat, quantity: 1 },
      ];
      const payload = { reason: 'una volvió', lines: both };
      const keyed = () =>
        plaza.request({
          method: 'POST',
          url: `/api/v1/payments/${paymentId}/refunds`,
          as: admin,
          headers: { 'idempotency-key': `restock-${paymentId}` },
          payload,
        });
      const first = await keyed();
      assert.equal(first.statusCode, 201, first.body);
      const done = first.json<RefundJson & { restock: object[] }>();
      assert.deepEqual(done.restock, [{ variant_id: cup, quantity: 1 }]);
      assert.equal((await keyed()).body, first.body, 'the same request again');
      assert.deepEqual(await told(), [[done.id, [{ variantId: cup, quantity: 1 }], admin.id]]);

      const last = { lines: [{ variant_id: cup, quantity: 1, restock_quantity: 1 }] };
      const raced = await Promise.all([refund(paymentId, last), refund(paymentId, last)]);
      assert.deepEqual(raced.map(({ statusCode }) => statusCode).toSorted(), [201, 409]);
      assert.equal((await told()).length, 2, 'of three pieces no more than three are asked for');
    });

    it('of a piece of a line that was partly refunded costs what is left of it', async () => {
      const variantId = newId();
      const orderId = await open([
        { variantId, sellerId: newId(), amountMinor: 1_000, quantity: 2 },
      ]);
      const paymentId = await pay(orderId);
      await refunded(paymentId, { amount: '3.00' });
      const piece = { lines: [{ variant_id: variantId, quantity: 1 }] };
      assert.equal((await refunded(paymentId, piece)).amount, '5.00');
      assert.equal((await refunded(paymentId, piece)).amount, '2.00');
      assert.equal((await refund(paymentId, piece)).statusCode, 409);
    });

    it('after delivery comes from what is available, the rest is owed, all is written down', async () => {
      const seller = await sellerAt(1_000, 1_900);
      const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 10_000 }]);
      const paymentId = await pay(orderId);
      await delivered(orderId);
      assert.deepEqual(await balances(seller), { available: 8_810 });
      const half = await refunded(paymentId, { amount: '50.00' });
      assert.equal(half.commission_returned, '5.00');
      assert.equal(half.commission_tax_returned, '0.95');
      assert.deepEqual(await balances(seller), { available: 4_405 });
      await payOut(seller, 4_000);
      await refunded(paymentId, {});
      assert.deepEqual(await balances(seller), { owing: -4_000 });
      assert.deepEqual(await transfers(seller), [
        ['sale', 10_000, 1_000, 190, 8_810],
        ['refund', -5_000, -500, -95, -4_405],
        ['refund', -5_000, -500, -95, -4_405],
      ]);
      // The payout listed what was there then; the books and the rows still agree.
      await pool().query('update transfers set payout_id = null where seller_id = $1', [seller]);
      const wrong = await verify();
      assert.match(wrong.join('\n'), new RegExp(`seller ${seller} earned 0 COP and has -4000`));
      await listed(seller);
      await pool().query(
        'update transfers set payout_id = null where seller_id = $1 and gross_minor < 0',
        [seller],
      );
      const { rows } = await pool().query<{ id: string }>(
        `insert into transfers select uuidv7(), seller_id, 'adjustment', uuidv7(), null, null, null,
           4810, 0, 0, 4810, currency, now() from transfers where seller_id = $1 limit 1 returning id`,
        [seller],
      );
      assert.equal(rows.length, 1);
    });

    it('and a delivery at once leave one of the two orders of events', async () => {
      for (const isRefundFirst of [true, false]) {
        const seller = await sellerAt(1_000, 1_900);
        const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 10_000 }]);
        const paymentId = await pay(orderId);
        await warm(pool());
        const work = [
          () => refund(paymentId, { amount: '40.00' }),
          () => delivered(orderId),
        ] as const;
        await whileHeld(
          pool(),
          (client) => client.query('select from payments where id = $1 for update', [paymentId]),
          () =>
            (isRefundFirst ? work : work.toReversed()).map((start) => start() as Promise<unknown>),
        );
        assert.deepEqual(await balances(seller), { available: 5_286 });
        const rows = await transfers(seller);
        const sums = [1, 2, 3, 4].map((i) => rows.reduce((n, row) => n + Number(row[i]), 0));
        assert.deepEqual(sums, [6_000, 600, 114, 5_286]);
      }
    });

    it('and another of the same seller take what there is once, and the rest is owed', async () => {
      const seller = await sellerAt(0, 0);
      const payments: string[] = [];
      for (let n = 0; n < 2; n++) {
        const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 1_000 }]);
        payments.push(await pay(orderId));
        await delivered(orderId);
      }
      await payOut(seller, 1_500);
      const replies = await whileHeld(
        pool(),
        // Whoever has read what is available waits here; both must not have.
        (client) => client.query('select post_entry($1, now())', [entryOf(seller, 1, 'credit')]),
        () => payments.map((paymentId) => refund(paymentId, {})),
      );
      assert.deepEqual(
        replies.map((reply) => reply.statusCode),
        [201, 201],
      );
      assert.deepEqual(await balances(seller), { owing: -1_499 });
      await pool().query(
        `insert into transfers select uuidv7(), seller_id, 'adjustment', uuidv7(), null, null, null,
           501, 0, 0, 501, currency, now() from transfers where seller_id = $1 limit 1`,
        [seller],
      );
    });

    it('of the same pieces ten times at once is granted as often as there are pieces', async () => {
      const seller = await sellerAt(1_000, 1_900);
      const variantId = newId();
      const orderId = await open([
        { variantId, sellerId: seller, amountMinor: 1_001, quantity: 3 },
      ]);
      const paymentId = await pay(orderId);
      await delivered(orderId);
      await warm(pool());
      const replies = await Promise.all(
        Array.from({ length: 10 }, () =>
          refund(paymentId, { lines: [{ variant_id: variantId, quantity: 1 }] }),
        ),
      );
      assert.equal(replies.filter((reply) => reply.statusCode === 201).length, 3);
      assert.equal(replies.filter((reply) => reply.statusCode === 409).length, 7);
      assert.deepEqual(await balances(seller), {});
      const rows = await transfers(seller);
      assert.deepEqual(
        [1, 2, 3, 4].map((i) => rows.reduce((n, row) => n + Number(row[i]), 0)),
        [0, 0, 0, 0],
      );
    });

    it('that the provider refuses frees its pieces', async () => {
      const variantId = newId();
      const orderId = await open([
        { variantId, sellerId: newId(), amountMinor: 1_000, quantity: 2 },
      ]);
      const paymentId = await pay(orderId);
      await pool().query(`update sandbox_charges set status = 'declined' where key = $1`, [
        paymentId,
      ]);
      const all = { lines: [{ variant_id: variantId, quantity: 2 }] };
      assert.equal((await refund(paymentId, all)).json<{ status: string }>().status, 'failed');
      await pool().query(`update sandbox_charges set status = 'approved' where key = $1`, [
        paymentId,
      ]);
      assert.equal((await refunded(paymentId, all)).amount, '10.00');
    });
  });

  it('knows what an older release sold: a line a seller, without commission', async () => {
    const seller = newId();
    const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 1_000 }]);
    const paymentId = await pay(orderId);
    await pool().query('delete from payable_lines where order_id = $1', [orderId]);
    await pool().query(
      `update payments set shares = jsonb_build_array(jsonb_build_object('sellerId', $2::text,
         'amountMinor', '1000', 'refundedMinor', '0')) where id = $1`,
      [paymentId, seller],
    );
    await refunded(paymentId, { amount: '4.00' });
    await delivered(orderId);
    assert.deepEqual(await balances(seller), { available: 600 });
  });

  it('finds a planted fault in every rule about earnings', async () => {
    const owner = new pg.Client(plaza.admin);
    await owner.connect();
    try {
      const seller = await sellerAt(1_000, 0);
      const orderId = await open([{ variantId: newId(), sellerId: seller, amountMinor: 1_000 }]);
      const paymentId = await pay(orderId);
      await delivered(orderId);
      await owner.query('set search_path = payments');
      for (const [break_, mend, fault] of [
        [
          `insert into transfers select uuidv7(), seller_id, 'adjustment', uuidv7(), null, null, null,
             5, 0, 0, 5, currency, now() from transfers where seller_id = '${seller}'`,
          `delete from transfers where seller_id = '${seller}' and kind = 'adjustment'`,
          /earned 905 COP and has 900/,
        ],
        [
          `update payable_lines set commission_minor = 99 where order_id = '${orderId}'`,
          `update payable_lines set commission_minor = 100 where order_id = '${orderId}'`,
          /are not what its lines say/,
        ],
        [
          `update transfers set cause_id = order_id where cause_id = '${paymentId}'`,
          `update transfers set cause_id = payment_id where cause_id = order_id`,
          /was earned without a transfer/,
        ],
      ] as const) {
        await owner.query(break_);
        assert.match((await verify()).join('\n'), fault);
        await owner.query(mend);
      }
    } finally {
      await owner.end();
    }
  });
});
