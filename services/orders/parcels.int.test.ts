import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readPdfText } from '#shared/testing/pdf-text.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

type Fault = Readonly<{ pointer: string; code: string; params?: object }>;
const address = {
  full_name: 'Ana Restrepo',
  phone_number: '+573001234567',
  country: 'CO',
  fields: { department: 'Antioquia', municipality: 'Medellín', street: 'Carrera 70 # 44-21' },
};

describe('the papers of parcels, over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let sellers: readonly TestAccount[];
  let admin: TestAccount;
  let method: string;
  let pickup: string;
  const variants = [crypto.randomUUID(), crypto.randomUUID()] as const;

  const receive = async (type: string, subject: string, data: object) => {
    await plaza.pool('orders').query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const call = (
    verb: 'GET' | 'POST' | 'PUT',
    path: string,
    options: { as?: TestAccount; payload?: object; headers?: Record<string, string> } = {},
  ) => plaza.request({ method: verb, url: `/api/v1${path}`, ...options });
  const addMethod = async (more: object): Promise<string> => {
    const payload = {
      name: { es: 'Envío estándar', en: 'Standard shipping' },
      prices: [{ currency: 'COP', price: '0' }],
      days_min: 1,
      days_max: 3,
      ...more,
    };
    const added = await call('POST', '/shipping-methods', { as: admin, payload });
    assert.equal(added.statusCode, 201, added.body);
    return added.json<{ id: string }>().id;
  };

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule] });
    buyer = await plaza.account();
    const seller = () => plaza.account({ roles: ['customer', 'seller'] });
    sellers = [await seller(), await seller()];
    admin = await plaza.account({ roles: ['admin'] });
    method = await addMethod({});
    pickup = await addMethod({ pickup_place: 'Calle 10 # 5-51' });
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
            name: `Taza ${i}`,
            price: { amountMinor: '199900', currency: 'COP' },
          },
        ],
      });
    }
  });
  soundAfterEach(() => findFaults(plaza.pool('orders')));
  after(() => plaza.stop());

  type Buying = Readonly<{ of?: readonly string[]; shipping?: object | null; isPaid?: boolean }>;
  const buy = async ({ of = variants, shipping, isPaid = true }: Buying = {}, as = buyer) => {
    const items = of.map((variant_id) => ({ variant_id, quantity: 2 }));
    const sent = shipping === undefined ? { method_id: method, address } : shipping;
    const payload = { items, ...(sent ? { shipping: sent } : {}) };
    const placed = await call('POST', '/orders', { as, payload });
    assert.equal(placed.statusCode, 201, placed.body);
    const { id: orderId, number } = placed.json<{ id: string; number: string }>();
    if (!isPaid) return { id: orderId, number };
    await receive('catalog.stock-reserved.v1', orderId, {
      orderId,
      expiresAt: '2099-01-01T00:00:00.000Z',
    });
    await receive('payments.payment-completed.v1', orderId, {
      paymentId: crypto.randomUUID(),
      orderId,
      buyerId: as.id,
      amount: { amountMinor: String(of.length * 399_800), currency: 'COP' },
      provider: 'sandbox',
      completedAt: '2026-01-02T03:04:05.000Z',
    });
    return { id: orderId, number };
  };
  const slip = (id: string, as?: TestAccount, query = '') =>
    call('GET', `/orders/${id}/packing-slip.pdf${query}`, as ? { as } : {});
  const several = (as: TestAccount, order_ids: readonly string[], more: object = {}) =>
    call('POST', '/orders/parcel-papers', {
      as,
      payload: { paper: 'shipping_label', order_ids, ...more },
    });
  const textOf = ({ rawPayload }: Readonly<{ rawPayload: Buffer }>) => readPdfText(rawPayload);
  const faultsOf = (reply: Readonly<{ json: <T>() => T }>) =>
    reply.json<{ code: string; errors?: readonly Fault[] }>();

  it('say to a seller what it sends itself, to staff what each sends, and no amount to anybody', async () => {
    const { id, number } = await buy();
    const own = await slip(id, sellers[0]);
    assert.equal(own.statusCode, 200, own.body);
    assert.equal(own.headers['content-type'], 'application/pdf');
    assert.equal(own.headers['cache-control'], 'private, no-store');
    assert.match(
      String(own.headers['content-disposition']),
      /^inline; filename="empaque-PZ-\d+\.pdf"$/,
    );
    const [page, ...more] = textOf(own);
    assert.equal(more.length, 0);
    for (const text of ['Ana Restrepo', 'TAZA-0', `Pedido: ${number}`, '2 unidades'])
      assert.ok(page!.includes(text), text);
    assert.ok(!page!.includes('TAZA-1'), 'the lines of another seller');
    assert.ok(!page!.join(' ').match(/1\.999|3\.998|\$/), 'amounts');

    const all = textOf(await slip(id, admin, '?language=en'));
    assert.equal(all.length, 2);
    assert.ok(all[0]!.includes('To') && all[0]!.includes('TAZA-0') && all[1]!.includes('TAZA-1'));
    const label = await call('GET', `/orders/${id}/shipping-label.pdf`, { as: sellers[1]! });
    assert.ok(textOf(label)[0]!.includes('Medellín'));
  });

  it('have what carries the parcel, once it is told', async () => {
    const { id } = await buy();
    const tracking = { carrier: 'Servientrega', number: '2100-1' };
    const payload = { status: 'shipped', tracking };
    const sent = await call('PUT', `/orders/${id}/status`, { as: sellers[0]!, payload });
    assert.equal(sent.statusCode, 200, sent.body);
    const pages = textOf(await several(admin, [id]));
    assert.ok(pages[0]!.includes('Seguimiento: 2100-1'));
    assert.ok(!pages[1]!.join().includes('2100-1'), 'that of another seller');
  });

  it('are nobody else’s', async () => {
    const { id } = await buy({ of: [variants[0]] });
    assert.equal((await slip(id)).statusCode, 401);
    assert.equal((await slip(id, buyer)).statusCode, 403);
    assert.equal((await slip(id, sellers[1])).statusCode, 404);
    // Who buys here and sells here packs nothing of what another seller sends.
    const { id: bought } = await buy({ of: [variants[0]] }, sellers[1]);
    assert.equal((await slip(bought, sellers[1])).statusCode, 404);
    assert.equal((await slip(bought, sellers[0])).statusCode, 200);
  });

  it('come as one file of many, in the order that was asked for', async () => {
    const one = await buy({ of: [variants[0]] });
    const two = await buy({ of: [variants[0]] });
    const ids = [two.id, one.id];
    const acts = async () =>
      (
        await plaza
          .pool('orders')
          .query(`select from outbox where data ->> 'operation' = 'POST /orders/parcel-papers'`)
      ).rowCount!;
    const before = await acts();
    for (const paper of ['shipping_label', 'packing_slip'] as const) {
      const reply = await several(sellers[0]!, ids, { paper, language: 'en' });
      assert.equal(reply.statusCode, 200, reply.body);
      const pages = textOf(reply);
      assert.equal(pages.length, 2);
      [two, one].forEach(({ number }, i) => assert.ok(pages[i]!.join('|').includes(number)));
    }
    assert.equal(await acts(), before, 'a seller is no staff');
    assert.equal((await several(admin, ids)).statusCode, 200);
    assert.equal(await acts(), before + 1, 'staff who print many addresses are in the audit log');
  });

  it('are refused in whole, and each fault is named', async () => {
    const good = await buy({ of: [variants[0]] });
    const unpaid = await buy({ of: [variants[0]], isPaid: false });
    const digital = await buy({ of: [variants[0]], shipping: null });
    const fetched = await buy({ of: [variants[0]], shipping: { method_id: pickup } });
    const foreign = await buy({ of: [variants[1]] });
    const as = sellers[0]!;
    const refused = await several(as, [unpaid.id, good.id, digital.id, fetched.id]);
    assert.equal(refused.statusCode, 409);
    assert.partialDeepStrictEqual(faultsOf(refused), {
      code: 'orders.no_parcel',
      errors: [
        { pointer: '#/order_ids/0', code: 'not_paid', params: { number: unpaid.number } },
        { pointer: '#/order_ids/2', code: 'no_address', params: { number: digital.number } },
        { pointer: '#/order_ids/3', code: 'no_address' },
      ],
    });
    assert.ok(
      textOf(await slip(fetched.id, as))[0]!
        .join()
        .includes('Calle 10 # 5-51'),
    );
    const label = await call('GET', `/orders/${digital.id}/shipping-label.pdf`, { as });
    assert.equal(label.statusCode, 409, 'it goes nowhere');
    assert.equal((await slip(digital.id, as)).statusCode, 200, 'it can be handed over');
    assert.equal((await slip(unpaid.id, as)).statusCode, 409);

    // One that is another's and one that is not there are told apart by nobody.
    const strange = await several(as, [good.id, foreign.id, crypto.randomUUID()]);
    assert.equal(strange.statusCode, 404);
    assert.deepEqual(
      faultsOf(strange).errors!.map(({ pointer, code, params }) => [pointer, code, params]),
      [
        ['#/order_ids/1', 'not_found', {}],
        ['#/order_ids/2', 'not_found', {}],
      ],
    );

    const cancelled = await call('POST', `/orders/${good.id}/cancel`, { as: buyer });
    assert.equal(cancelled.statusCode, 200, cancelled.body);
    assert.equal(faultsOf(await several(as, [good.id])).errors![0]!.code, 'ended');
  });

  it('take no question that is none', async () => {
    const id = crypto.randomUUID();
    for (const [ids, more, pointer] of [
      [Array.from({ length: 101 }, () => crypto.randomUUID()), {}, '#/order_ids'],
      [[], {}, '#/order_ids'],
      [[id, id], {}, '#/order_ids'],
      [['x'], {}, '#/order_ids/0'],
      [[id], { paper: 'invoice' }, '#/paper'],
      [[id], { language: 'fr' }, '#/language'],
      [[id], { format: 'a4' }, '#/format'],
    ] as const) {
      const refused = await several(admin, ids, more);
      assert.equal(refused.statusCode, 422, refused.body);
      assert.equal(faultsOf(refused).errors![0]!.pointer, pointer);
    }
    assert.equal((await slip('x', admin)).statusCode, 422);
    assert.equal((await slip(id, admin, '?size=a4')).statusCode, 422);
    assert.equal((await slip(id, admin)).statusCode, 404);
  });
});
