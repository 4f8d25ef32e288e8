import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

const minuteMs = 60_000;

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const orderId = (): string => crypto.randomUUID();

/** A product with one variant and this many units; answers the variant. */
const stocked = async (units: number, more: object = {}): Promise<string> =>
  (await catalog.create({ title: `Con ${units}`, stock: units, ...more })).variants[0]!.id;

const stateOf = async (order: string): Promise<string> => {
  const { rows } = await catalog.catalogPool.query<{ state: string }>(
    'select state from order_reservations where order_id = $1',
    [order],
  );
  return rows[0]?.state ?? 'none';
};
const settle = () => catalog.plaza.settle();
const inGoodOrder = async (): Promise<void> => assert.deepEqual(await catalog.findDrift(), []);

describe('a reservation', () => {
  it('is held, sold and, when the order ends after that, returned', async () => {
    const variantId = await stocked(10);
    const order = orderId();
    await catalog.orders.place(order, [{ variantId, quantity: 4 }]);
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [10, 4]);
    const [reserved] = await catalog.published('stock-reserved', order);
    const inMinutes = (Date.parse(String(reserved!['expiresAt'])) - Date.now()) / minuteMs;
    assert.ok(inMinutes > 19 && inMinutes < 21, `${inMinutes} minutes`);
    await catalog.orders.pay(order);
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [6, 0]);
    await catalog.orders.cancel(order);
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [10, 0]);
    const { rows } = await catalog.catalogPool.query(
      'select kind, quantity from stock_movements where variant_id = $1 order by seq',
      [variantId],
    );
    assert.deepEqual(
      rows.map(({ kind, quantity }) => [kind, quantity]),
      [
        ['initial', 10],
        ['sale', -4],
        ['return', 4],
      ],
    );
    await inGoodOrder();
  });

  it('takes all lines or none, summed per variant', async () => {
    const [a, b] = [await stocked(5), await stocked(1)];
    const short = orderId();
    await catalog.orders.place(short, [
      { variantId: a, quantity: 1 },
      { variantId: b, quantity: 1 },
      { variantId: b, quantity: 1 },
      { variantId: orderId(), quantity: 1 },
    ]);
    await settle();
    assert.deepEqual(await catalog.levels(a), [5, 0]);
    assert.deepEqual(await catalog.published('stock-reserved', short), []);
    const [rejected] = await catalog.published('stock-rejected', short);
    assert.equal(rejected!['reason'], 'insufficient');
    const shortages = rejected!['shortages'] as { variantId: string; requested: number }[];
    assert.deepEqual(
      shortages.find(({ variantId }) => variantId === b),
      {
        variantId: b,
        requested: 2,
        available: 1,
      },
    );
    assert.equal(shortages.length, 2);
    await inGoodOrder();
  });

  for (const [how, end] of [
    ['cancelled', (order: string) => catalog.orders.cancel(order)],
    ['failed', (order: string) => catalog.orders.fail(order)],
  ] as const)
    it(`goes back when its order is ${how}`, async () => {
      const variantId = await stocked(3);
      const order = orderId();
      await catalog.orders.place(order, [{ variantId, quantity: 3 }]);
      await settle();
      await end(order);
      await settle();
      assert.deepEqual(await catalog.levels(variantId), [3, 0]);
      assert.equal(await stateOf(order), 'released');
      await inGoodOrder();
    });

  it('tells of low stock once a crossing', async () => {
    const variantId = await stocked(8, { low_stock_threshold: 5 });
    for (let i = 0; i < 4; i++) await catalog.orders.place(orderId(), [{ variantId, quantity: 1 }]);
    await settle();
    assert.deepEqual(await catalog.published('low-stock', variantId), [
      {
        ...(await catalog.published('low-stock', variantId))[0],
        variantId,
        available: 5,
        threshold: 5,
      },
    ]);
    const { rows } = await catalog.catalogPool.query<{ product_id: string }>(
      'select product_id from stock where variant_id = $1',
      [variantId],
    );
    const at = `/products/${rows[0]!.product_id}/stock`;
    await catalog.post(`${at}/add`, { quantity: 10 });
    await catalog.post(`${at}/remove`, { quantity: 9 });
    assert.equal((await catalog.published('low-stock', variantId)).length, 2);
    assert.deepEqual(await catalog.published('low-stock', await stocked(2)), []);
  });
});

describe('messages of orders', () => {
  it('have their effect once however often they come', async () => {
    const variantId = await stocked(10);
    const order = orderId();
    const ids = [orderId(), orderId(), orderId()] as const;
    const thrice = async (send: () => Promise<unknown>): Promise<void> => {
      await send();
      await settle();
      // The same row goes out again, as after a crash before it was marked.
      for (let i = 0; i < 2; i++) {
        await catalog.catalogPool.query('update outbox set sent_at = null where subject = $1', [
          order,
        ]);
        for (const { relay } of catalog.plaza.contexts) relay.wake();
        await settle();
      }
    };
    await thrice(() => catalog.orders.place(order, [{ variantId, quantity: 2 }], minuteMs, ids[0]));
    assert.deepEqual(await catalog.levels(variantId), [10, 2]);
    await thrice(() => catalog.orders.pay(order, 3, ids[1]));
    assert.deepEqual(await catalog.levels(variantId), [8, 0]);
    await thrice(() => catalog.orders.cancel(order, 4, 'buyer', ids[2]));
    assert.deepEqual(await catalog.levels(variantId), [10, 0]);
    assert.equal((await catalog.published('stock-reserved', order)).length, 1);
    await inGoodOrder();
  });

  it('may overtake each other in any order', async () => {
    const steps = ['place', 'pay', 'cancel'] as const;
    const orders = steps.flatMap((a) =>
      steps.filter((b) => b !== a).map((b) => [a, b, steps.find((c) => c !== a && c !== b)!]),
    );
    assert.equal(orders.length, 6);
    for (const sequence of orders) {
      const variantId = await stocked(4);
      const order = orderId();
      for (const step of sequence) {
        if (step === 'place') await catalog.orders.place(order, [{ variantId, quantity: 4 }]);
        else await catalog.orders[step](order);
        await settle();
      }
      assert.deepEqual(await catalog.levels(variantId), [4, 0], sequence.join(', '));
      assert.ok(['released', 'returned'].includes(await stateOf(order)), sequence.join(', '));
    }
    await inGoodOrder();
  });

  it('sell at once what was paid before it was placed, or say that it is late', async () => {
    const variantId = await stocked(3);
    const [first, second] = [orderId(), orderId()];
    for (const order of [first, second]) {
      await catalog.orders.pay(order);
      await settle();
      await catalog.orders.place(order, [{ variantId, quantity: 2 }]);
      await settle();
    }
    assert.deepEqual(await catalog.levels(variantId), [1, 0]);
    assert.equal(await stateOf(first), 'committed');
    assert.partialDeepStrictEqual(await catalog.published('stock-rejected', second), [
      { reason: 'late', shortages: [{ requested: 2, available: 1 }] },
    ]);
    await inGoodOrder();
  });

  it('leave a mark when the end comes first: what is placed later takes nothing', async () => {
    const variantId = await stocked(3);
    for (const end of ['cancel', 'fail'] as const) {
      const order = orderId();
      await catalog.orders[end](order);
      await settle();
      await catalog.orders.place(order, [{ variantId, quantity: 3 }]);
      await settle();
      assert.deepEqual(await catalog.published('stock-reserved', order), []);
    }
    assert.deepEqual(await catalog.levels(variantId), [3, 0]);
  });
});

describe('buyers at once', () => {
  it('fifty for the last five units: five have them', async () => {
    const variantId = await stocked(5);
    await catalog.warmUp();
    const orders = Array.from({ length: 50 }, orderId);
    await Promise.all(
      orders.map((order) => catalog.orders.place(order, [{ variantId, quantity: 1 }])),
    );
    await settle();
    const states = await Promise.all(orders.map(stateOf));
    assert.equal(states.filter((state) => state === 'held').length, 5);
    assert.equal(states.filter((state) => state === 'rejected').length, 45);
    assert.deepEqual(await catalog.levels(variantId), [5, 5]);
    await Promise.all(
      orders.filter((_, i) => states[i] === 'held').map((order) => catalog.orders.pay(order)),
    );
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [0, 0]);
    await inGoodOrder();
  });

  it('with the same lines in opposite order do not block each other', async () => {
    const variants = await Promise.all([stocked(500), stocked(500), stocked(500)]);
    await catalog.warmUp();
    const began = performance.now();
    const orders = Array.from({ length: 60 }, orderId);
    await Promise.all(
      orders.map((order, i) => {
        const lines = variants.map((variantId) => ({ variantId, quantity: 1 + (i % 3) }));
        return catalog.orders.place(order, i % 2 ? lines : lines.toReversed());
      }),
    );
    await settle();
    // PostgreSQL looks for a deadlock after one second: had there been one, this would take longer.
    assert.ok(performance.now() - began < 1_000, `${performance.now() - began} ms`);
    assert.deepEqual(new Set(await Promise.all(orders.map(stateOf))), new Set(['held']));
    await inGoodOrder();
  });

  it('and every kind of message at random leave the counters right', async () => {
    const variants = await Promise.all([stocked(30), stocked(5), stocked(12)]);
    await catalog.warmUp();
    const orders = Array.from({ length: 60 }, orderId);
    await Promise.all(
      orders.map(async (order, i) => {
        const lines = variants
          .filter((_, j) => (i + j) % 2 === 0)
          .map((variantId) => ({ variantId, quantity: 1 + (i % 2) }));
        const sends = [
          () => catalog.orders.place(order, lines),
          ...(i % 3 ? [() => catalog.orders.pay(order)] : []),
          ...(i % 4 ? [] : [() => catalog.orders.cancel(order)]),
        ];
        await Promise.all((i % 5 ? sends : sends.toReversed()).map((send) => send()));
      }),
    );
    await settle();
    await inGoodOrder();
    for (const variantId of variants) {
      const [onHand, reserved] = await catalog.levels(variantId);
      assert.ok(onHand >= reserved && reserved >= 0);
    }
  });
});

describe('the end of a reservation', () => {
  it('comes by itself, and once', async () => {
    const variantId = await stocked(2);
    const order = orderId();
    await catalog.orders.place(order, [{ variantId, quantity: 2 }], minuteMs);
    await settle();
    await catalog.plaza.advance(5 * minuteMs);
    assert.deepEqual(await catalog.levels(variantId), [2, 2]);
    await catalog.plaza.advance(2 * minuteMs);
    assert.deepEqual(await catalog.levels(variantId), [2, 0]);
    assert.equal(await stateOf(order), 'expired');
    await catalog.plaza.advance(2 * minuteMs);
    await inGoodOrder();
  });

  it('gives way to a later payment while there is stock, and says late when there is none', async () => {
    const variantId = await stocked(3);
    const [first, second] = [orderId(), orderId()];
    for (const order of [first, second]) {
      await catalog.orders.place(order, [{ variantId, quantity: 2 }], minuteMs);
      await settle();
      await catalog.plaza.advance(7 * minuteMs);
      assert.equal(await stateOf(order), 'expired');
    }
    for (const order of [first, second]) {
      await catalog.orders.pay(order);
      await settle();
    }
    assert.deepEqual([await stateOf(first), await stateOf(second)], ['committed', 'rejected']);
    assert.deepEqual(await catalog.levels(variantId), [1, 0]);
    assert.partialDeepStrictEqual(await catalog.published('stock-rejected', second), [
      { reason: 'late' },
    ]);
    // What was cancelled because it was late gives back nothing: it had nothing.
    await catalog.orders.cancel(second, 5, 'stock');
    await settle();
    assert.deepEqual(await catalog.levels(variantId), [1, 0]);
    await inGoodOrder();
  });

  it('and a payment at the same moment have one winner, and every unit is somewhere', async () => {
    const variantId = await stocked(40);
    const orders = Array.from({ length: 20 }, orderId);
    await Promise.all(
      orders.map((order) => catalog.orders.place(order, [{ variantId, quantity: 2 }], minuteMs)),
    );
    await settle();
    await catalog.warmUp();
    await Promise.all([
      ...orders.map((order) => catalog.orders.pay(order)),
      catalog.plaza.advance(7 * minuteMs),
    ]);
    await settle();
    // All units are still there for whoever was expired first and paid then.
    assert.deepEqual(new Set(await Promise.all(orders.map(stateOf))), new Set(['committed']));
    assert.deepEqual(await catalog.levels(variantId), [0, 0]);
    await inGoodOrder();
  });
});

describe('the same on a bus that repeats and shuffles', () => {
  it('keeps every counter', async () => {
    const strict = await startTestCatalog({ strict: true });
    try {
      const { variants } = await strict.create({ title: 'Revuelto', stock: 9 });
      const variantId = variants[0]!.id;
      const orders = Array.from({ length: 12 }, orderId);
      await Promise.all(
        orders.map(async (order, i) => {
          await strict.orders.place(order, [{ variantId, quantity: 1 }]);
          if (i % 2) await strict.orders.pay(order);
          if (i % 3 === 0) await strict.orders.cancel(order);
        }),
      );
      await strict.plaza.settle();
      assert.deepEqual(await strict.findDrift(), []);
    } finally {
      await strict.plaza.stop();
    }
  });
});
