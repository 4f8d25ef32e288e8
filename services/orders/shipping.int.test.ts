import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { rebuildOrders } from './infrastructure/rebuild-orders.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

type Json = Record<string, unknown>;
type Call = { as?: TestAccount; payload?: object; headers?: Record<string, string> };

const address = {
  full_name: ' Ana   Restrepo ',
  phone_number: '+573001234567',
  country: 'CO',
  fields: {
    department: 'Antioquia',
    municipality: 'Medellín',
    street: '<b>Carrera</b> 70 # 44-21',
    postal_code: '050-031',
  },
  document: { type: 'CC', number: '1.020.304.050' },
};
const standard = {
  name: { es: 'Envío estándar', en: 'Standard shipping' },
  prices: [{ currency: 'COP', price: '9.00', free_from: '100.00' }],
  days_min: 1,
  days_max: 3,
  countries: ['CO'],
};

describe('sending orders, over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let sellers: readonly TestAccount[];
  let admin: TestAccount;
  const variants = [crypto.randomUUID(), crypto.randomUUID()] as const;

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule] });
    buyer = await plaza.account();
    const seller = () => plaza.account({ roles: ['customer', 'seller'] });
    sellers = [await seller(), await seller()];
    admin = await plaza.account({ roles: ['admin'] });
    for (const [i, variantId] of variants.entries()) {
      const productId = crypto.randomUUID();
      await receive('catalog.product-changed.v1', productId, {
        productId,
        version: 1,
        sellerId: sellers[i]!.id,
        handle: 'taza',
        title: 'Taza',
        status: 'active',
        imageUrl: null,
        variants: [
          {
            variantId,
            sku: `TAZA-${i}`,
            name: `Taza <${i}>`,
            price: { amountMinor: i === 0 ? '1000' : '2000', currency: 'COP' },
          },
        ],
      });
    }
  });
  soundAfterEach(() => findFaults(plaza.pool('orders')));
  after(async () => {
    const { differences } = await rebuildOrders(pool());
    await plaza.stop();
    assert.deepEqual(differences, []);
  });

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
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: Call = {},
  ) => {
    const reply = await plaza.request({ method, url: `/api/v1${path}`, ...options });
    const isJson = String(reply.headers['content-type']).includes('json');
    const { statusCode: status, headers, body: text } = reply;
    return { status, headers, text, body: isJson ? reply.json<Json>() : {} };
  };
  const addMethod = async (more: object = {}): Promise<string> => {
    const added = await call('POST', '/shipping-methods', {
      as: admin,
      payload: { ...standard, ...more },
    });
    assert.equal(added.status, 201, added.text);
    return String(added.body['id']);
  };
  const place = (shipping: object | undefined, more: object = {}, as = buyer) =>
    call('POST', '/orders', {
      as,
      payload: {
        items: variants.map((variant_id) => ({ variant_id, quantity: 1 })),
        ...(shipping ? { shipping } : {}),
        ...more,
      },
    });
  const pointersOf = ({ body }: Readonly<{ body: Json }>): readonly string[] =>
    ((body['errors'] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);

  describe('the operator’s ways', () => {
    it('are added, read, replaced in the version that was read, and removed', async () => {
      const id = await addMethod();
      const path = `/shipping-methods/${id}`;
      const read = await call('GET', path, { as: admin });
      assert.partialDeepStrictEqual(read.body, { ...standard, regions: [], is_active: true });
      const payload = { ...standard, days_max: 5 };
      const put = (match?: string) =>
        call('PUT', path, { as: admin, payload, headers: match ? { 'if-match': match } : {} });
      assert.equal((await put()).status, 428);
      assert.equal((await put('"7"')).status, 412);
      assert.equal((await put('"1"')).body['days_max'], 5);
      assert.equal((await put('"1"')).status, 412, 'somebody was faster');
      assert.equal((await call('DELETE', path, { as: admin })).status, 204);
      for (const method of ['GET', 'DELETE'] as const)
        assert.equal((await call(method, path, { as: admin })).status, 404);
    });

    it('are nobody’s but the administrator’s', async () => {
      for (const as of [buyer, sellers[0]!]) {
        assert.equal((await call('GET', '/shipping-methods', { as })).status, 403);
        const payload = standard;
        assert.equal((await call('POST', '/shipping-methods', { as, payload })).status, 403);
      }
      assert.equal((await call('GET', '/shipping-methods')).status, 401);
    });

    it('contradict themselves nowhere', async () => {
      const refused = async (more: object, ...pointers: string[]) => {
        const payload = { ...standard, ...more };
        const reply = await call('POST', '/shipping-methods', { as: admin, payload });
        assert.equal(reply.status, 422, reply.text);
        assert.deepEqual(pointersOf(reply), pointers);
      };
      await refused({ days_min: 4 }, '#/days_max');
      await refused({ countries: ['CO', 'XX'] }, '#/countries/1');
      await refused({ countries: ['CO', 'MX'], regions: ['Antioquia'] }, '#/regions');
      await refused({ prices: [...standard.prices, ...standard.prices] }, '#/prices');
      await refused({ prices: [{ currency: 'XXQ', price: '1' }] }, '#/prices/0/currency');
      await refused({ prices: [{ currency: 'COP', price: '1.001' }] }, '#/prices/0/price');
      await refused({ prices: [{ currency: 'COP', price: '-1' }] }, '#/prices/0/price');
      await refused({ prices: [] }, '#/prices');
      await refused({ name: { es: 'Envío' } }, '#/name/en');
      await refused({ name: { es: ' ', en: 'x' } }, '#/name/es');
      await refused({ free: true }, '#/free');
    });
  });

  describe('an order', () => {
    it('is sent as it was offered, and keeps it when the offer changes', async () => {
      const id = await addMethod();
      const cart = await call('POST', '/cart/add', {
        payload: { variant_id: variants[0], quantity: 9 },
      });
      const headers = { 'x-cart-token': String(cart.body['cart_token']) };
      const options = async (query: string, given: Call = { headers }) =>
        (await call('GET', `/shipping-options?${query}`, given)).body['items'] as Json[];
      const [option] = (await options('country=CO')).filter((o) => o['method_id'] === id);
      assert.partialDeepStrictEqual(option!, {
        price: '9.00',
        currency: 'COP',
        pickup_place: null,
      });
      assert.deepEqual(await options('country=MX'), []);
      await call('POST', '/cart/add', {
        headers,
        payload: { variant_id: variants[0], quantity: 1 },
      });
      const [free] = (await options('country=CO')).filter((o) => o['method_id'] === id);
      assert.equal(free!['price'], '0.00', 'ten pieces are enough');
      const ofOne = async (query: string) =>
        (await options(`country=CO&${query}`, {})).find((o) => o['method_id'] === id)?.['price'];
      assert.equal(await ofOne(`variant_id=${variants[1]}`), '9.00');
      assert.equal(await ofOne(`variant_id=${variants[1]}&quantity=5`), '0.00');
      assert.deepEqual(
        await options(`country=CO&variant_id=${crypto.randomUUID()}`),
        [],
        'what is not for sale is not sent',
      );
      assert.equal((await call('GET', '/shipping-options?country=CO&variant_id=x')).status, 422);
      assert.equal((await call('GET', '/shipping-options')).status, 422);
      assert.equal((await call('GET', '/shipping-options?country=co')).status, 422);

      const placed = await place({ method_id: id, address }, { expected_total: '39.00' });
      assert.equal(placed.status, 201, placed.text);
      const shipping = placed.body['shipping'] as Json;
      assert.partialDeepStrictEqual(shipping, { price: '9.00', name: standard.name });
      assert.deepEqual(shipping['earliest'], option!['earliest']);
      await call('DELETE', `/shipping-methods/${id}`, { as: admin });
      const path = `/orders/${String(placed.body['id'])}`;
      assert.deepEqual((await call('GET', path, { as: buyer })).body['shipping'], shipping);
      const late = await place({ method_id: id, address });
      assert.equal(late.body['code'], 'orders.shipping_not_available');
    });

    it('tells payments who gets what of the shipping, and each seller its own', async () => {
      const id = await addMethod();
      const placed = await place({ method_id: id, address });
      const orderId = String(placed.body['id']);
      await receive('catalog.stock-reserved.v1', orderId, {
        orderId,
        expiresAt: new Date().toISOString(),
      });
      const { rows } = await pool().query<{ data: { shares: Json[]; shipping: Json[] } }>(
        `select data from outbox where type = 'orders.payment-requested.v1' and subject = $1`,
        [orderId],
      );
      const minors = (parts: readonly Json[]) =>
        parts.map(({ amount }) => (amount as { amountMinor: string }).amountMinor);
      assert.deepEqual(minors(rows[0]!.data.shares), ['1300', '2600']);
      assert.deepEqual(minors(rows[0]!.data.shipping), ['300', '600']);
      const its = (await call('GET', `/orders/${orderId}`, { as: sellers[0]! })).body;
      assert.equal(its['total'], '13.00');
      assert.equal((its['shipping'] as Json)['price'], '3.00');
    });

    it('shows its address to a seller when it is paid, and to nobody else', async () => {
      const id = await addMethod();
      const contact = { full_name: 'Ana Restrepo' };
      const placed = await place({ method_id: id, address }, { contact });
      const orderId = String(placed.body['id']);
      const path = `/orders/${orderId}/contact`;
      const own = await call('GET', path, { as: buyer });
      assert.deepEqual(own.body['address'], {
        ...address,
        full_name: 'Ana Restrepo',
        fields: { ...address.fields, postal_code: '050031' },
        document: { type: 'CC', number: '1020304050' },
      });
      const [seller] = sellers;
      assert.equal((await call('GET', path, { as: seller! })).body['address'], null);
      await receive('catalog.stock-reserved.v1', orderId, {
        orderId,
        expiresAt: new Date().toISOString(),
      });
      await receive('payments.payment-completed.v1', orderId, {
        paymentId: crypto.randomUUID(),
        orderId,
        buyerId: buyer.id,
        amount: { amountMinor: '3900', currency: 'COP' },
        provider: 'sandbox',
        completedAt: new Date().toISOString(),
      });
      const seen = await call('GET', path, { as: seller! });
      assert.deepEqual(seen.body['address'], own.body['address']);
      const other = await plaza.account({ roles: ['customer', 'seller'] });
      assert.equal((await call('GET', path, { as: other })).status, 404);
      const { rowCount } = await pool().query(
        `select from events e, outbox o where e.data::text like '%Carrera%' or o.data::text like '%Carrera%'`,
      );
      assert.equal(rowCount, 0, 'events and messages name nobody');
    });

    it('has an address that its country knows, or none where it is picked up', async () => {
      const id = await addMethod();
      const fields = { ...address.fields, postal_code: '1', barrio: 'x', street: '' };
      const wrong = await place({ method_id: id, address: { ...address, fields } });
      assert.equal(wrong.body['code'], 'orders.address_invalid');
      assert.deepEqual(pointersOf(wrong), [
        '#/shipping/address/fields/barrio',
        '#/shipping/address/fields/street',
        '#/shipping/address/fields/postal_code',
      ]);
      const nowhere = await place({ method_id: id, address: { ...address, country: 'XX' } });
      assert.deepEqual(pointersOf(nowhere), ['#/shipping/address/country']);
      const none = await place({ method_id: id });
      assert.equal(none.body['code'], 'orders.shipping_not_available');
      const unknown = await place({ method_id: crypto.randomUUID(), address });
      assert.equal(unknown.body['code'], 'orders.shipping_not_available');
      const pickup = await addMethod({ pickup_place: 'Calle 10 # 5-20' });
      const picked = await place({ method_id: pickup });
      assert.equal((picked.body['shipping'] as Json)['pickup_place'], 'Calle 10 # 5-20');
    });

    it('needs no shipping unless the operator asks for it', async () => {
      const placed = await place(undefined);
      assert.equal(placed.status, 201);
      assert.equal(placed.body['shipping'], null);
      assert.equal(placed.body['total'], '30.00');
    });
  });

  describe('its receipt', () => {
    it('is a PDF in the language of the order, for its buyer and nobody else', async () => {
      const placed = await place({ method_id: await addMethod(), address });
      const path = `/orders/${String(placed.body['id'])}/receipt.pdf`;
      const pdf = await call('GET', path, { as: buyer, headers: { 'accept-language': 'es' } });
      assert.equal(pdf.status, 200);
      assert.equal(pdf.headers['content-type'], 'application/pdf');
      assert.match(pdf.text, /^%PDF-1\.7/);
      const name = pdf.headers['content-language'] === 'es' ? 'comprobante' : 'receipt';
      assert.equal(
        pdf.headers['content-disposition'],
        `attachment; filename="${name}-${String(placed.body['number'])}.pdf"`,
      );
      assert.equal((await call('GET', path, { as: admin })).status, 200);
      for (const as of [sellers[0]!, await plaza.account()])
        assert.equal((await call('GET', path, { as })).status, 404);
      assert.equal((await call('GET', path)).status, 401);
    });

    it('says in both languages what was bought, without a script', async () => {
      const placed = await place({ method_id: await addMethod(), address });
      const path = `/orders/${String(placed.body['id'])}/receipt`;
      const read = (language: string, as = buyer) =>
        call('GET', path, { as, headers: { 'accept-language': language } });
      const spanish = await read('es-CO,es;q=0.9');
      assert.equal(spanish.status, 200);
      assert.equal(spanish.headers['content-language'], 'es');
      assert.match(String(spanish.headers['content-type']), /^text\/html; charset=utf-8$/);
      assert.match(String(spanish.headers['content-security-policy']), /default-src 'none'/);
      for (const text of [
        String(placed.body['number']),
        'Comprobante del pedido',
        'Envío estándar',
        'no reemplaza la factura electrónica',
        'CC 1.020.304.050',
        '39',
        '&lt;b&gt;Carrera&lt;/b&gt;',
        'Taza &lt;0&gt;',
        '<svg',
      ])
        assert.ok(spanish.text.includes(text), text);
      assert.doesNotMatch(
        spanish.text.replace(/<script>[^<]*print\(\)[^<]*<\/script>/, ''),
        /<script|<b>Carrera|javascript:|https?:\/\/(?!localhost|127|www\.w3\.org)/,
      );
      const english = await read('en');
      assert.ok(english.text.includes('Receipt of order'));
      assert.ok(english.text.includes('Standard shipping'));
      assert.equal((await read('en', admin)).status, 200);
      for (const as of [sellers[0]!, await plaza.account()])
        assert.equal((await read('en', as)).status, 404);
      assert.equal((await call('GET', path)).status, 401);
    });
  });
});
