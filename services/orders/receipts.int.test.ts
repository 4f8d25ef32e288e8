import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { warm } from '#shared/testing/races.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { readPdfText } from '#shared/testing/pdf-text.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { ordersHeldData } from './infrastructure/held-data.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

const issuer = {
  legal_name: 'Casa del Tinto S.A.S.',
  country: 'CO',
  document: { type: 'NIT', number: '890.903.938-8' },
};

describe('receipts over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let seller: TestAccount;
  let other: TestAccount;
  let admin: TestAccount;
  const [productId, variantId] = [crypto.randomUUID(), crypto.randomUUID()];

  const pool = () => plaza.pool('orders');
  const receive = async (type: string, subject: string, data: object) => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const call = (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    options: { as?: TestAccount; payload?: object; headers?: Record<string, string> } = {},
  ) => plaza.request({ method, url: `/api/v1${path}`, ...options });
  const say = (as: TestAccount, given: object = issuer, id = seller.id) =>
    call('PUT', `/issuers/${id}`, { as, payload: given });

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule] });
    buyer = await plaza.account();
    seller = await plaza.account({ roles: ['customer', 'seller'] });
    other = await plaza.account({ roles: ['customer', 'seller'] });
    admin = await plaza.account({ roles: ['admin'] });
    const money = (amountMinor: string) => ({ amountMinor, currency: 'COP' });
    await receive('catalog.product-changed.v1', productId, {
      productId,
      version: 1,
      status: 'active',
      sellerId: seller.id,
      handle: 'taza',
      title: 'Taza',
      imageUrl: null,
      variants: [
        {
          variantId,
          sku: 'TAZA',
          name: 'Taza',
          price: money('1190000'),
          listPrice: money('1500000'),
        },
      ],
    });
  });
  soundAfterEach(() => findFaults(pool()));
  after(() => plaza.stop());

  const buy = async (contact?: object): Promise<{ id: string; number: string }> => {
    const items = [{ variant_id: variantId, quantity: 2 }];
    const payload = { items, ...(contact ? { contact } : {}) };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const placed = await call('POST', '/orders', { as: buyer, payload, headers });
    assert.equal(placed.statusCode, 201, placed.body);
    return placed.json();
  };
  const pay = async (orderId: string, card?: object) => {
    await receive('catalog.stock-reserved.v1', orderId, {
      orderId,
      expiresAt: '2099-01-01T00:00:00.000Z',
    });
    await receive('payments.payment-completed.v1', orderId, {
      paymentId: crypto.randomUUID(),
      orderId,
      buyerId: buyer.id,
      amount: { amountMinor: '2380000', currency: 'COP' },
      provider: 'sandbox',
      ...(card ? { card } : {}),
      completedAt: '2026-01-02T03:04:05.000Z',
    });
  };
  const receiptOf = async (id: string) =>
    (await call('GET', `/orders/${id}/receipt`, { as: buyer })).body.replaceAll('\u00A0', ' ');

  it('are silent about a seller who has not said who it is, and about a card that nobody told of', async () => {
    const order = await buy();
    await pay(order.id);
    const page = await receiptOf(order.id);
    assert.ok(page.includes(order.number) && page.includes('Pagado'));
    assert.ok(!page.includes('NIT') && !page.includes('terminada en'));
  });

  it('name the seller, the card and what was saved, as they were when it was ordered', async () => {
    assert.partialDeepStrictEqual((await say(seller)).json(), {
      legal_name: 'Casa del Tinto S.A.S.',
      document: { type: 'NIT', number: '8909039388' },
    });
    const order = await buy();
    await pay(order.id, { brand: 'visa', last4: '4242' });
    const before = await receiptOf(order.id);
    for (const text of [
      'Casa del Tinto S.A.S. · NIT 890.903.938-8',
      'Visa terminada en 4242',
      '$ 15.000',
      '−$ 6.200',
      '$ 23.800',
      'no reemplaza la factura electrónica',
    ])
      assert.ok(before.includes(text), text);

    assert.equal(
      (await say(seller, { ...issuer, legal_name: 'Otro Nombre S.A.S.' })).statusCode,
      200,
    );
    assert.equal(await receiptOf(order.id), before, 'a receipt of the past stays as it was');
    const next = await buy();
    assert.ok((await receiptOf(next.id)).includes('Otro Nombre S.A.S.'));

    const { rows } = await pool().query<{ data: object }>(
      `select data from events where stream_id = $1 order by version`,
      [order.id],
    );
    assert.ok(!JSON.stringify(rows).includes('Tinto'), 'events name people by their ids only');
  });

  it('can be checked by whoever holds one, and say nothing of who bought', async () => {
    const order = await buy();
    const page = await receiptOf(order.id);
    const [, code] = new RegExp(`/es/comprobante/${order.number}/([\\w-]{16})`).exec(page)!;
    const check = (number: string, given: string) =>
      call('GET', `/receipts/${number}?code=${given}`);
    const answer = await check(order.number, code!);
    assert.deepEqual(Object.keys(answer.json<object>()).toSorted(), [
      'currency',
      'number',
      'placed_at',
      'refunded_total',
      'sellers',
      'status',
      'total',
    ]);
    for (const secret of [buyer.id, order.id, 'Taza']) assert.ok(!answer.body.includes(secret));
    const another = await buy();
    for (const [number, given] of [
      [another.number, code!],
      [order.number, `${code!.slice(0, -1)}${code!.endsWith('A') ? 'B' : 'A'}`],
      [order.number, 'x'],
      ['PZ-999999', code!],
    ] as const) {
      const refused = await check(number, given);
      assert.equal(refused.statusCode, 404);
      assert.equal(refused.json<{ code: string }>().code, 'orders.receipt_not_found');
    }
  });

  it('are the seller’s to name itself on, and an administrator’s', async () => {
    assert.equal((await say(other)).statusCode, 404);
    assert.equal((await call('GET', `/issuers/${seller.id}`, { as: other })).statusCode, 404);
    assert.equal((await say(buyer, issuer, buyer.id)).statusCode, 403);
    assert.equal((await say(admin)).statusCode, 200);
    const nothing = await call('GET', `/issuers/${other.id}`, { as: other });
    assert.partialDeepStrictEqual(nothing.json(), { legal_name: null, document: null });
    const wrong = await say(seller, {
      ...issuer,
      document: { type: 'NIT', number: '890903938-1' },
    });
    assert.equal(wrong.statusCode, 422);
    assert.partialDeepStrictEqual(wrong.json(), {
      code: 'orders.issuer_invalid',
      errors: [{ pointer: '#/document/number', code: 'check_digit' }],
    });
  });

  it('keep one version for what is said twice at once, and a number for each that differs', async () => {
    await warm(pool());
    const names = ['Uno', 'Uno', 'Dos', 'Dos'];
    const answers = await Promise.all(
      names.map((legal_name) => say(other, { ...issuer, legal_name }, other.id)),
    );
    assert.deepEqual([...new Set(answers.map(({ statusCode }) => statusCode))], [200]);
    const { rows } = await pool().query<{ version: number }>(
      'select version from issuers where seller_id = $1 order by version',
      [other.id],
    );
    assert.deepEqual(
      rows.map(({ version }) => version),
      rows.map((_, i) => i + 1),
    );
    assert.ok(rows.length >= 2 && rows.length <= 4, `${rows.length} versions`);
  });

  const company = { country: 'CO', type: 'NIT', number: '860.002.964-4' };
  const documentFor = async (as: TestAccount, id: string) => {
    const reply = await call('GET', `/orders/${id}/contact`, { as });
    return { status: reply.statusCode, document: reply.json<{ document?: unknown }>().document };
  };

  it('name the buyer as taxes do, to those who see the address, and in no event', async () => {
    const { id } = await buy({ document: company });
    const whole = { ...company, number: '8600029644' };
    assert.deepEqual(await documentFor(seller, id), { status: 200, document: null });
    await pay(id);
    for (const as of [buyer, seller, admin])
      assert.deepEqual(await documentFor(as, id), { status: 200, document: whole });
    assert.equal((await documentFor(other, id)).status, 404);
    assert.ok((await receiptOf(id)).includes('<b>Documento:</b> NIT 860.002.964-4'));
    const pdf = await call('GET', `/orders/${id}/receipt.pdf`, { as: buyer });
    assert.ok(readPdfText(pdf.rawPayload).flat().includes('NIT 860.002.964-4'));

    const { rows } = await pool().query<{ text: string }>(
      `select e.data::text as text from events e union all select data::text from outbox
       union all select k::text from idempotency_keys k`,
    );
    assert.ok(rows.length > 0 && !rows.some(({ text }) => text.includes('8600029644')));
    const contacts = ordersHeldData.sections.find(({ name }) => name === 'contacts')!;
    const exported = await pool().query(contacts.sql, [buyer.id]);
    assert.ok(JSON.stringify(exported.rows).includes('8600029644'), 'it is in the export');
  });

  it('name a guest too', async () => {
    const cart = await call('POST', '/cart/add', {
      payload: { variant_id: variantId, quantity: 1 },
    });
    const { cart_token: token } = cart.json<{ cart_token: string }>();
    const contact = { email: 'ana@example.com', full_name: 'Ana Restrepo', document: company };
    const placed = await call('POST', '/orders', {
      payload: { contact },
      headers: { 'x-cart-token': token, 'idempotency-key': crypto.randomUUID() },
    });
    assert.equal(placed.statusCode, 201, placed.body);
    const headers = { 'x-order-token': String(placed.headers['x-order-token']) };
    const { id } = placed.json<{ id: string }>();
    const receipt = await call('GET', `/orders/${id}/receipt`, { headers });
    assert.ok(receipt.body.includes('NIT 860.002.964-4'));
  });

  it('take no number that cannot be one, and say what is wrong with it', async () => {
    const at = '#/contact/document';
    for (const [document, pointer, code, params] of [
      [
        { ...company, number: '860.002.964-5' },
        `${at}/number`,
        'check_digit',
        { type: 'NIT', example: '8909039388' },
      ],
      [
        { ...company, number: '12' },
        `${at}/number`,
        'wrong_format',
        { type: 'NIT', example: '8909039388' },
      ],
      [{ ...company, type: 'RFC' }, `${at}/type`, 'not_allowed', undefined],
      [{ ...company, country: 'XX' }, `${at}/country`, 'not_allowed', undefined],
      [{ ...company, number: 'x'.repeat(41) }, `${at}/number`, 'too_long', undefined],
      [{ ...company, name: 'Ana' }, `${at}/name`, 'unknown_field', undefined],
      [{ country: 'CO', type: 'NIT' }, `${at}/number`, 'required', undefined],
    ] as const) {
      const payload = { items: [{ variant_id: variantId, quantity: 1 }], contact: { document } };
      const refused = await call('POST', '/orders', { as: buyer, payload });
      assert.equal(refused.statusCode, 422, refused.body);
      const [fault] = refused.json<{ errors: Record<string, unknown>[] }>().errors;
      assert.partialDeepStrictEqual(fault, { pointer, code, ...(params ? { params } : {}) });
    }
  });

  it('forget the buyer with the account', async () => {
    const { id } = await buy({ document: company });
    await pool().query('select erase_account_data($1)', [buyer.id]);
    assert.ok(!(await receiptOf(id)).includes('860.002.964'));
    const { rows } = await pool().query(
      `select from order_contacts c where buyer_id = $1 and c::text like '%8600029644%'`,
      [buyer.id],
    );
    assert.equal(rows.length, 0);
  });

  it('keep what they say of a seller who is gone; what no receipt says goes', async () => {
    const versions = async (id: string) =>
      (await pool().query('select 1 from issuers where seller_id = $1', [id])).rowCount;
    const kept = await pool().query<{ count: string }>(
      `select count(distinct line ->> 'issuerId') from streams, jsonb_array_elements(state -> 'lines') line`,
    );
    for (const { id } of [seller, other]) await pool().query('select erase_account_data($1)', [id]);
    assert.equal(await versions(other.id), 0);
    assert.equal(await versions(seller.id), Number(kept.rows[0]!.count));
  });
});
