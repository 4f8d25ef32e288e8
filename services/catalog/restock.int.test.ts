import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { isProblem, startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const settle = () => catalog.plaza.settle();

/** An order that bought `quantity` of 10 units and has paid. */
const sold = async (quantity: number) => {
  const { variants } = await catalog.create({ title: 'Taza', stock: 10 });
  const variantId = variants[0]!.id;
  const order = crypto.randomUUID();
  await catalog.orders.place(order, [{ variantId, quantity }]);
  await settle();
  await catalog.orders.pay(order);
  await settle();
  return { order, variantId };
};
const returns = async (variantId: string) => {
  const { rows } = await catalog.catalogPool.query<Record<string, unknown>>(
    `select quantity, reason, actor, order_id from stock_movements
     where variant_id = $1 and kind = 'return' order by seq`,
    [variantId],
  );
  return rows;
};

describe('pieces of a refund', () => {
  it('go back on the shelf as a return of their order, said by whom and why', async () => {
    const { order, variantId } = await sold(4);
    await catalog.restock(order, [{ variantId, quantity: 3 }]);
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [9, 0]);
    assert.deepEqual(await returns(variantId), [
      { quantity: 3, reason: 'Volvió sin usar', actor: catalog.admin.id, order_id: order },
    ]);
    assert.deepEqual(await catalog.findDrift(), []);
  });

  it('go back once when the message comes twice, and at the same time', async () => {
    const { order, variantId } = await sold(4);
    const message = crypto.randomUUID();
    await catalog.warmUp();
    await catalog.restock(order, [{ variantId, quantity: 2 }], message);
    await settle();
    // The same message by another road: what the bus would deliver again.
    const restock = () =>
      catalog.catalogPool.query(
        `select restock('restock-when-requested', $1, $2, $3,
           row('return', null, null, $2, now(), $2, null, null)::stock_cause)`,
        [message, order, JSON.stringify([{ variantId, quantity: 2 }])],
      );
    await Promise.all([restock(), restock(), restock()]);
    assert.deepEqual(await catalog.levels(variantId), [8, 0]);
    assert.equal((await returns(variantId)).length, 1);
  });

  it('are never more than were sold, also when refunds race', async () => {
    const { order, variantId } = await sold(4);
    await catalog.warmUp();
    await Promise.all(
      [3, 3, 3].map((quantity) => catalog.restock(order, [{ variantId, quantity }])),
    );
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [10, 0]);
    assert.deepEqual(await catalog.findDrift(), []);
  });

  it('do not come back again with the rest of an order that ends', async () => {
    const { order, variantId } = await sold(4);
    await catalog.restock(order, [{ variantId, quantity: 1 }]);
    await settle();
    await catalog.orders.cancel(order);
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [10, 0]);
    await catalog.restock(order, [{ variantId, quantity: 2 }]);
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [10, 0], 'all of it was back');
  });

  it('wait until the order is sold here, when its payment is heard of later', async () => {
    const { variants } = await catalog.create({ title: 'Taza', stock: 10 });
    const variantId = variants[0]!.id;
    const order = crypto.randomUUID();
    await catalog.orders.place(order, [{ variantId, quantity: 4 }]);
    await settle();
    await assert.rejects(
      catalog.catalogPool.query(
        `select restock('restock-when-requested', $1, $2, $3,
           row('return', null, null, $2, now(), $2, null, null)::stock_cause)`,
        [crypto.randomUUID(), order, JSON.stringify([{ variantId, quantity: 1 }])],
      ),
      /is not sold yet/,
    );
    assert.deepEqual(await catalog.levels(variantId), [10, 4]);
  });
});

type Level = Readonly<{ variant_id: string; on_hand: number; reserved: number; available: number }>;
type Page<T> = Readonly<{ items: readonly T[]; next_cursor: string | null }>;

describe('the list of stock', () => {
  const list = async (query: string, as = catalog.admin) =>
    (await catalog.get(`/products/stock?${query}`, as)).json<Page<Level>>();

  it('names every variant with what it has, and finds what runs low', async () => {
    const { variants } = await catalog.create({ title: 'Jarra única', stock: 7, sku: 'JARRA-1' });
    const order = crypto.randomUUID();
    await catalog.orders.place(order, [{ variantId: variants[0]!.id, quantity: 3 }]);
    await settle();
    for (const query of ['q=jarra', 'q=JARRA-1', 'q=jarra&level=low']) {
      const { items } = await list(query);
      assert.partialDeepStrictEqual(items[0], { on_hand: 7, reserved: 3, available: 4 }, query);
    }
    assert.deepEqual((await list('q=jarra&level=out')).items, []);
  });

  it('is walked by its cursor, each variant once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Level> = await list(`limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items.map(({ variant_id }) => variant_id));
      cursor = page.next_cursor;
    } while (cursor);
    const { rows } = await catalog.catalogPool.query('select from stock');
    assert.deepEqual([seen.length, new Set(seen).size], [rows.length, rows.length]);
  });

  it("shows a seller its own, and refuses strangers and others' cursors", async () => {
    const other = await catalog.plaza.account({ roles: ['seller'] });
    assert.deepEqual((await list('', other)).items, []);
    assert.deepEqual((await list(`seller=${catalog.seller.id}`, other)).items, []);
    const buyer = await catalog.plaza.account();
    isProblem(await catalog.get('/products/stock', buyer), 403, 'auth.insufficient_role');
    const wrong = await catalog.get('/products/stock?cursor=WyJ4Il0', catalog.admin);
    isProblem(wrong, 422, 'http.validation', '#/querystring/cursor');
  });

  it('has every movement of a product behind it, by variant and kind', async () => {
    const { id, variants } = await catalog.create({ title: 'Olla', stock: 5 });
    await catalog.post(`/products/${id}/stock/add`, { quantity: 2, reason: 'Llegó más' });
    await catalog.post(`/products/${id}/stock/remove`, { quantity: 1, kind: 'damaged' });
    const at = `/products/${id}/stock/movements`;
    const read = async (query: string) =>
      (await catalog.get(`${at}?${query}`, catalog.seller)).json<
        Page<Readonly<{ kind: string; quantity: number; on_hand_after: number }>>
      >();
    const first = await read(`limit=2&variant_id=${variants[0]!.id}`);
    const rest = await read(`limit=2&cursor=${first.next_cursor}`);
    assert.deepEqual(
      [...first.items, ...rest.items].map((m) => [m.kind, m.quantity, m.on_hand_after]),
      [
        ['damaged', -1, 6],
        ['received', 2, 7],
        ['initial', 5, 5],
      ],
    );
    assert.equal((await read('kind=damaged')).items.length, 1);
    const other = await catalog.plaza.account({ roles: ['seller'] });
    isProblem(await catalog.get(at, other), 404, 'catalog.product_not_found');
  });
});
