import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { paymentsModule } from './module.ts';

const second = 1_000;
const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  lostAfter: '4000000000001018',
  lostBefore: '4000000000001026',
  twice: '4000000000001034',
  late: '4000000000001042',
  lateDecline: '4000000000001059',
};

describe('payments over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let admin: TestAccount;
  const sellers = [crypto.randomUUID(), crypto.randomUUID()];

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    buyer = await plaza.account();
    admin = await plaza.account({ roles: ['admin'] });
  });
  after(() => plaza.stop());
  // Whatever a test did, the books are sound.
  soundAfterEach(() => findFaults(pool()));

  const pool = () => plaza.pool('payments');
  /** Puts a message of orders on the bus, by way of the outbox that this test shares with it. */
  const receive = async (type: string, subject: string, data: object) => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const head = (orderId: string) => ({ orderId, number: 'PZ-000001', buyerId: buyer.id });
  const money = (amountMinor: string) => ({ amountMinor, currency: 'COP' });

  const openOrder = async (): Promise<string> => {
    const orderId = crypto.randomUUID();
    await receive('orders.payment-requested.v1', orderId, {
      ...head(orderId),
      total: money('1000'),
      shares: [
        { sellerId: sellers[0], amount: money('667') },
        { sellerId: sellers[1], amount: money('333') },
      ],
      payBy: new Date(plaza.clock().getTime() + 900 * second).toISOString(),
    });
    return orderId;
  };
  const pay = (
    orderId: string,
    number: string = cards.approved,
    more: { as?: TestAccount; key?: string } = {},
  ) =>
    plaza.request({
      method: 'POST',
      url: '/api/v1/payments',
      as: more.as ?? buyer,
      headers: more.key ? { 'idempotency-key': more.key } : {},
      payload: {
        order_id: orderId,
        payment_method: { type: 'card', number, expiry_month: 12, expiry_year: 2099 },
      },
    });
  const paymentOf = async (orderId: string) => {
    const { rows } = await pool().query<{ id: string; status: string; failure: string | null }>(
      'select id, status, failure from payments where order_id = $1 order by created_at',
      [orderId],
    );
    return rows;
  };
  const published = async (orderId: string): Promise<string[]> => {
    const { rows } = await pool().query<{ type: string }>(
      `select type from outbox where correlation_id = $1 and type like 'payments.%' order by seq`,
      [orderId],
    );
    return rows.map((row) => row.type);
  };
  const refund = (paymentId: string, body: object, as: TestAccount = admin) =>
    plaza.request({
      method: 'POST',
      url: `/api/v1/payments/${paymentId}/refunds`,
      as,
      payload: body,
    });

  it('captures once and books what each seller is owed', async () => {
    const orderId = await openOrder();
    const reply = await pay(orderId, '4242 4242 4242 4242');
    assert.equal(reply.statusCode, 201);
    assert.partialDeepStrictEqual(reply.json(), {
      status: 'completed',
      amount: '10.00',
      payment_method: { brand: 'visa', last4: '4242' },
    });
    assert.deepEqual(await published(orderId), ['payments.payment-completed.v1']);
    const entries = await plaza.request({
      url: `/api/v1/ledger/entries?order_id=${orderId}`,
      as: admin,
    });
    assert.deepEqual(
      entries
        .json<{ items: { lines: { account: string; side: string; amount: string }[] }[] }>()
        .items.map((e) => e.lines.map((l) => [l.account, l.side, l.amount])),
      [
        [
          ['provider:sandbox', 'debit', '10.00'],
          [`seller:${sellers[0]}:pending`, 'credit', '6.67'],
          [`seller:${sellers[1]}:pending`, 'credit', '3.33'],
        ],
      ],
    );
  });

  it('makes one payment of twenty requests at once, with and without a key', async () => {
    const orderId = await openOrder();
    // Opens the connections first, so that the requests truly race.
    await Promise.all(Array.from({ length: 10 }, () => pool().query('select pg_sleep(0.05)')));
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => pay(orderId, cards.approved, i % 2 ? { key: 'k' } : {})),
    );
    assert.equal((await paymentOf(orderId)).length, 1);
    assert.equal((await published(orderId)).length, 1);
    const made = replies.filter((reply) => reply.statusCode === 201);
    assert.equal(new Set(made.map((reply) => reply.json<{ id: string }>().id)).size, 1);
    assert.ok(replies.every((reply) => [201, 409].includes(reply.statusCode)));
  });

  it('answers a refused card with 402 and lets another try follow', async () => {
    const orderId = await openOrder();
    const refused = await pay(orderId, cards.declined, { key: 'declined' });
    assert.partialDeepStrictEqual(refused.json(), {
      status: 402,
      code: 'payments.refused',
      reason: 'card_declined',
    });
    assert.equal((await pay(orderId, cards.declined, { key: 'declined' })).body, refused.body);
    assert.deepEqual(await published(orderId), ['payments.payment-failed.v1']);
    assert.equal((await pay(orderId)).statusCode, 201);
  });

  for (const [what, number, outcome] of [
    ['was lost after the charge', cards.lostAfter, 'completed'],
    ['was lost before the charge', cards.lostBefore, 'failed'],
    ['comes late', cards.late, 'completed'],
    ['comes late and is no', cards.lateDecline, 'failed'],
  ] as const) {
    it(`reads from the provider when its answer ${what}: ${outcome}`, async () => {
      const orderId = await openOrder();
      const reply = await pay(orderId, number);
      assert.equal(reply.statusCode, 201);
      assert.equal(reply.json<{ status: string }>().status, 'pending');
      await plaza.advance(4 * second);
      const [payment] = await paymentOf(orderId);
      assert.equal(payment?.status, outcome);
      assert.equal((await published(orderId)).length, 1);
      await plaza.advance(3_600 * second);
      assert.equal((await published(orderId)).length, 1, 'nothing more comes of it');
    });
  }

  it('tells a request whose first try died what became of its payment', async () => {
    const orderId = await openOrder();
    assert.equal((await pay(orderId, cards.lostBefore, { key: 'died' })).statusCode, 201);
    await plaza.advance(4 * second);
    const died = `update idempotency_keys set status = null, body = null,
      started_at = now() - interval '1 minute' where key = 'died'`;
    await pool().query(died);
    const again = await pay(orderId, cards.lostBefore, { key: 'died' });
    assert.partialDeepStrictEqual(again.json(), { status: 402, reason: 'not_charged' });
    assert.equal((await paymentOf(orderId)).length, 1);
  });

  it('records a payment once when the provider answers and notifies twice', async () => {
    const orderId = await openOrder();
    assert.equal((await pay(orderId, cards.twice)).statusCode, 201);
    await plaza.advance(second);
    assert.deepEqual(await published(orderId), ['payments.payment-completed.v1']);
    const { rowCount } = await pool().query(
      `select from journal_entries where order_id = $1 and cause_type = 'capture'`,
      [orderId],
    );
    assert.equal(rowCount, 1);
  });

  it('takes no payment of an order that has ended, in whatever order the messages come', async () => {
    const ended = await openOrder();
    await receive('orders.order-cancelled.v1', ended, {
      ...head(ended),
      reason: 'buyer',
      wasPaid: false,
      cancelledAt: new Date().toISOString(),
    });
    assert.partialDeepStrictEqual((await pay(ended)).json(), {
      code: 'payments.order_not_payable',
    });

    const overtaken = crypto.randomUUID();
    await receive('orders.order-failed.v1', overtaken, {
      ...head(overtaken),
      reason: 'stock',
      failedAt: new Date().toISOString(),
    });
    await receive('orders.payment-requested.v1', overtaken, {
      ...head(overtaken),
      total: money('1000'),
      shares: [{ sellerId: sellers[0], amount: money('1000') }],
      payBy: new Date(plaza.clock().getTime() + 900 * second).toISOString(),
    });
    assert.equal((await pay(overtaken)).statusCode, 409);
  });

  it('refunds in parts, in proportion, never more than was captured', async () => {
    const orderId = await openOrder();
    const { id } = (await pay(orderId)).json<{ id: string }>();
    const part = await refund(id, { amount: '4.00', reason: 'one mug broke' });
    assert.equal(part.statusCode, 201);
    assert.partialDeepStrictEqual(part.json(), { status: 'completed', amount: '4.00' });
    const tooMuch = await refund(id, { amount: '6.01', reason: 'all of it' });
    assert.partialDeepStrictEqual(tooMuch.json(), {
      status: 409,
      code: 'payments.refund_too_large',
    });
    assert.equal((await refund(id, { reason: 'the rest' })).statusCode, 201);
    assert.equal((await refund(id, { reason: 'once more' })).statusCode, 409);
    assert.equal((await paymentOf(orderId))[0]!.status, 'refunded');
    const { rows } = await pool().query<{ balance: string }>(
      `select sum(case side when 'credit' then amount_minor else -amount_minor end) as balance
       from journal_lines l join journal_entries e on e.id = l.entry_id where order_id = $1
       group by account_id`,
      [orderId],
    );
    assert.deepEqual(new Set(rows.map((row) => row.balance)), new Set(['0']));
  });

  it('grants two refunds at once only what is there', async () => {
    const { id } = (await pay(await openOrder())).json<{ id: string }>();
    await Promise.all(Array.from({ length: 10 }, () => pool().query('select pg_sleep(0.05)')));
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => refund(id, { amount: '3.00', reason: 'race' })),
    );
    assert.equal(replies.filter((reply) => reply.statusCode === 201).length, 3);
    assert.equal(replies.filter((reply) => reply.statusCode === 409).length, 7);
  });

  it('refunds by message once, however often it comes', async () => {
    const orderId = await openOrder();
    const { id } = (await pay(orderId)).json<{ id: string }>();
    const data = {
      ...head(orderId),
      paymentId: id,
      amount: money('1000'),
      reason: 'cancelled',
      requestedAt: new Date().toISOString(),
    };
    await receive('orders.refund-requested.v1', orderId, data);
    await receive('orders.refund-requested.v1', orderId, data);
    await pool().query(`update outbox set sent_at = null where correlation_id = $1`, [orderId]);
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
    const { rowCount } = await pool().query('select from refunds where payment_id = $1', [id]);
    assert.equal(rowCount, 1);
    assert.equal((await paymentOf(orderId))[0]!.status, 'refunded');
  });

  it('keeps the books from being changed, unbalanced or overdrawn', async () => {
    await pay(await openOrder());
    const asRole = async (sql: string): Promise<unknown> =>
      pool()
        .query(sql)
        .then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
    assert.equal(await asRole('update journal_lines set amount_minor = 1'), '42501');
    assert.equal(await asRole('delete from journal_entries'), '42501');
    assert.equal(await asRole('update ledger_accounts set balance_minor = 0'), '42501');
    assert.equal(await asRole('alter table journal_lines disable trigger all'), '42501');
    assert.equal(await asRole('insert into journal_lines default values'), '42501');
    assert.equal(await asRole('insert into journal_entries default values'), '42501');
    assert.equal(await asRole(`select change_balance('a', 'COP', 1, 0, 0)`), '42501');
    assert.equal(await asRole(`insert into account_kinds values ('a', 'a', 'debit', 0)`), '42501');

    // Through the function that the role books with, and as the owner, past it.
    type Line = readonly [account: string, currency: string, side: string, amount: number];
    const seller = `seller:${sellers[0]}:pending`;
    const from: Line = ['provider:sandbox', 'COP', 'debit', 5];
    const owner = new pg.Client(plaza.admin);
    await owner.connect();
    await owner.query('set search_path = payments');
    const outcome = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    for (const [why, lines, code] of [
      ['one side', [from], '23514'],
      ['other amounts', [from, [seller, 'COP', 'credit', 4]], '23514'],
      ['other currencies', [from, [seller, 'USD', 'credit', 5]], '23514'],
      ['no account of ours', [from, ['piggy:bank', 'COP', 'credit', 5]], '23514'],
      ['no account of the kind', [from, ['seller:ana:pending', 'COP', 'credit', 5]], '23514'],
      [
        'no currency',
        [
          ['tax:CO', 'cop', 'debit', 5],
          ['tax:AR', 'cop', 'credit', 5],
        ],
        '23514',
      ],
      ['no side', [from, [seller, 'COP', 'left', 5]], '23514'],
      [
        'nothing',
        [
          ['tax:CO', 'COP', 'debit', 0],
          ['tax:AR', 'COP', 'credit', 0],
        ],
        '23514',
      ],
      [
        'an overdraft',
        [
          [seller, 'COP', 'debit', 9e6],
          ['tax:CO', 'COP', 'credit', 9e6],
        ],
        '23514',
      ],
      ['no lines', [], '23514'],
      ['what is right', [from, [seller, 'COP', 'credit', 5]], 'done'],
    ] as const satisfies readonly (readonly [string, readonly Line[], string])[]) {
      const id = crypto.randomUUID();
      const entry = {
        id,
        causeType: 'capture',
        causeId: id,
        about: {},
        lines: lines.map(([account, currency, side, amount]) => ({
          account,
          currency,
          side,
          amountMinor: String(amount),
        })),
      };
      const posted = pool().query('select post_entry($1, now())', [JSON.stringify(entry)]);
      assert.equal(await outcome(posted), code, why);
      const direct = owner.query(
        `with e as (
           insert into journal_entries (id, cause_type, cause_id)
           values (uuidv7(), 'capture', uuidv7()) returning id
         )
         insert into journal_lines (entry_id, line_no, account_id, currency, side, amount_minor)
         select e.id, l.n, l.line ->> 'account', l.line ->> 'currency', l.line ->> 'side',
           (l.line ->> 'amountMinor')::bigint
         from e, jsonb_array_elements($1) with ordinality as l (line, n)`,
        [JSON.stringify(entry.lines)],
      );
      assert.equal(await outcome(direct), code, `${why}, as the owner`);
    }
    const twoHalves = `insert into journal_lines
      values (uuidv7(), 1, 'tax:CO', 'COP', 'debit', 5), (uuidv7(), 2, 'tax:CO', 'COP', 'credit', 5)`;
    assert.equal(await outcome(owner.query(twoHalves)), '23514', 'two entries, neither balances');
    const ofNoEntry = `with e as (select uuidv7() as id) insert into journal_lines select e.id, v.*
      from e, (values (1, 'tax:CO', 'COP', 'debit', 5::bigint), (2, 'tax:CO', 'COP', 'credit', 5)) as v`;
    assert.equal(await outcome(owner.query(ofNoEntry)), '23503');
    assert.equal(await outcome(owner.query('delete from journal_lines')), '42501');
    await owner.end();
  });

  it('keeps no card number anywhere', async () => {
    await pay(await openOrder(), cards.approved, { key: 'pan' });
    const { rows } = await pool().query<{ table_name: string }>(
      `select table_name from information_schema.tables where table_schema = 'payments'`,
    );
    assert.ok(rows.length > 10);
    for (const { table_name: table } of rows) {
      const found = await pool().query(
        `select from ${table} t where to_jsonb(t)::text ~ '4242 ?4242 ?4242'`,
      );
      assert.equal(found.rowCount, 0, table);
    }
  });

  it('shows a payment to its buyer and staff only', async () => {
    const orderId = await openOrder();
    const { id } = (await pay(orderId)).json<{ id: string }>();
    const stranger = await plaza.account();
    const url = `/api/v1/payments/${id}`;
    assert.equal((await plaza.request({ url, as: buyer })).statusCode, 200);
    assert.equal((await plaza.request({ url, as: admin })).statusCode, 200);
    assert.equal((await plaza.request({ url, as: stranger })).statusCode, 404);
    assert.equal((await plaza.request({ url })).statusCode, 401);
    const list = await plaza.request({ url: '/api/v1/payments?limit=1', as: buyer });
    const { items, next_cursor } = list.json<{ items: { id: string }[]; next_cursor: string }>();
    assert.equal(items[0]!.id, id);
    const next = await plaza.request({ url: `/api/v1/payments?cursor=${next_cursor}`, as: buyer });
    assert.ok(next.json<{ items: { id: string }[] }>().items.every((item) => item.id !== id));
    assert.deepEqual((await plaza.request({ url: '/api/v1/payments', as: stranger })).json(), {
      items: [],
      next_cursor: null,
    });
    assert.equal(
      (await plaza.request({ url: '/api/v1/payments?cursor=e30', as: buyer })).statusCode,
      422,
    );
  });

  it('lists payments by order and state, and the refunds of all of them to staff', async () => {
    const orderId = await openOrder();
    const { id } = (await pay(orderId)).json<{ id: string }>();
    const get = async (path: string, as = admin) => {
      const reply = await plaza.request({ url: `/api/v1${path}`, as });
      type Item = Readonly<{ id: string; payment_id?: string; status: string }>;
      return reply.json<{ items: readonly Item[]; next_cursor: string | null }>();
    };
    const ids = async (path: string) => (await get(path)).items.map((item) => item.id);
    assert.deepEqual(await ids(`/payments?order_id=${orderId}`), [id]);
    assert.deepEqual(await ids(`/payments?order_id=${orderId}&status=failed`), []);
    assert.equal((await refund(id, { amount: '1.00', reason: 'uno' }, admin)).statusCode, 201);
    assert.equal((await refund(id, { amount: '2.00', reason: 'dos' }, admin)).statusCode, 201);
    assert.deepEqual(await ids(`/payments?order_id=${orderId}&status=partially_refunded`), [id]);

    const first = await get('/payments/refunds?limit=1&status=completed');
    const second = await get(`/payments/refunds?limit=1&cursor=${first.next_cursor}`);
    const both = [first.items[0]!, second.items[0]!];
    assert.deepEqual(
      both.map((item) => [item.payment_id, item.status]),
      [
        [id, 'completed'],
        [id, 'completed'],
      ],
    );
    assert.notEqual(both[0]!.id, both[1]!.id);
    assert.deepEqual((await get('/payments/refunds?status=failed')).items, []);
    const asBuyer = await plaza.request({ url: '/api/v1/payments/refunds', as: buyer });
    assert.equal(asBuyer.statusCode, 403);
  });

  it('lets nobody but staff refund, confirm or read the books', async () => {
    const { id } = (await pay(await openOrder())).json<{ id: string }>();
    assert.equal((await refund(id, { reason: 'mine' }, buyer)).statusCode, 403);
    const confirm = (status: string, as: TestAccount) =>
      plaza.request({
        method: 'PUT',
        url: `/api/v1/payments/${id}/status`,
        as,
        payload: { status },
      });
    assert.equal((await confirm('completed', buyer)).statusCode, 403);
    assert.equal((await confirm('completed', admin)).statusCode, 200);
    assert.partialDeepStrictEqual((await confirm('failed', admin)).json(), {
      code: 'payments.not_confirmed',
    });
    for (const url of ['accounts', 'entries', 'verify']) {
      const reply = await plaza.request({ url: `/api/v1/ledger/${url}`, as: buyer });
      assert.equal(reply.statusCode, 403, url);
      const ok = await plaza.request({ url: `/api/v1/ledger/${url}`, as: admin });
      assert.equal(ok.statusCode, 200, url);
    }
    const refunds = await plaza.request({ url: `/api/v1/payments/${id}/refunds`, as: admin });
    assert.deepEqual(refunds.json(), { items: [] });
    assert.equal((await refund(crypto.randomUUID(), { reason: 'none' })).statusCode, 404);
  });

  it('refuses what is no payment, and leaves nothing behind', async () => {
    const orderId = await openOrder();
    const post = (payload: string | object, as: TestAccount | null = buyer) =>
      plaza.request({
        method: 'POST',
        url: '/api/v1/payments',
        payload,
        headers: { 'content-type': 'application/json' },
        ...(as ? { as } : {}),
      });
    const card = { type: 'card', number: cards.approved, expiry_month: 12, expiry_year: 2099 };
    const body = { order_id: orderId, payment_method: card };
    const stranger = await plaza.account();
    const unproven = await plaza.account({ id: buyer.id, isEmailVerified: false });
    for (const [why, reply, status] of [
      ['half JSON', await post('{'), 400],
      ['an unknown field', await post({ ...body, amount: '1' }), 422],
      [
        'a card of another make',
        await post({ ...body, payment_method: { ...card, number: '4111111111111111' } }),
        422,
      ],
      [
        'a wrong digit',
        await post({ ...body, payment_method: { ...card, number: '4242424242424241' } }),
        422,
      ],
      [
        'an expired card',
        await post({ ...body, payment_method: { ...card, expiry_year: 2001 } }),
        422,
      ],
      ['no token', await post(body, null), 401],
      ['an unproven e-mail', await post(body, unproven), 403],
      ["another's order", await post(body, stranger), 409],
      ['no such order', await post({ ...body, order_id: crypto.randomUUID() }), 409],
    ] as const) {
      assert.equal(reply.statusCode, status, why);
    }
    assert.deepEqual(await paymentOf(orderId), []);
  });
});
