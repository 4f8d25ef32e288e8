import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { FanOut } from '#shared/platform/fan-out.ts';
import {
  openTestRedis,
  skipWithoutRedis,
  until,
  type TestRedis,
} from '#shared/testing/test-redis.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
type Asked = Readonly<{ catalog: TestCatalog; loads: () => number }>;

describe('two replicas of the catalogue', { skip: skipWithoutRedis }, () => {
  let redis: TestRedis;
  let [a, b]: Asked[] = [];

  /** A replica, and how often it asked the database for something to show. */
  const start = async (of?: TestCatalog, held?: Promise<void>): Promise<Asked> => {
    const { fanOut: told, values: sharedValues } = await redis.connect();
    const fanOut: FanOut = {
      ...told,
      // As if another replica took its time.
      publishAndWait: async (...message) => {
        await told.publishAndWait(...message);
        await held;
      },
    };
    const resources = { fanOut, sharedValues };
    const database = of ? { database: of.plaza.database } : {};
    const catalog = await startTestCatalog({ resources, ...database });
    let loads = 0;
    const pool = catalog.catalogPool;
    const query = pool.query.bind(pool) as (...all: unknown[]) => unknown;
    pool.query = ((first: { text?: string } | string, ...rest: unknown[]) => {
      const text = typeof first === 'string' ? first : (first.text ?? '');
      if (/\bproducts p\b|select ask/.test(text)) loads += 1;
      return query(first, ...rest);
    }) as typeof pool.query;
    return { catalog, loads: () => loads };
  };
  before(async () => {
    redis = await openTestRedis();
    a = await start();
    b = await start(a.catalog);
  });
  afterEach(async () => {
    redis.thaw();
    await redis.areAllThere();
  });
  soundAfterEach(() => a!.catalog.findDrift());
  after(async () => {
    await b?.catalog.plaza.stop();
    await a?.catalog.plaza.stop();
    await redis?.stop();
  });

  const create = (title: string) => a!.catalog.create({ title, price: '10.00', stock: 30 });
  const patch = async (at: Asked, id: string, price: string): Promise<void> => {
    const reply = await at.catalog.plaza.request({
      method: 'PATCH',
      url: `/api/v1/products/${id}`,
      as: at.catalog.admin,
      headers: { 'if-match': '*' },
      payload: { price },
    });
    assert.equal(reply.statusCode, 200, reply.body);
  };
  const inDetail = async (at: Asked, id: string): Promise<string> =>
    (await at.catalog.get(`/products/${id}`)).json<{ price: string }>().price;
  const inList = async (at: Asked, id: string, query: string): Promise<string | undefined> =>
    (await at.catalog.get(`/products${query}`))
      .json<{ items: { id: string; price: string }[] }>()
      .items.find((item) => item.id === id)?.price;
  const asked = async (work: () => Promise<unknown>): Promise<number[]> => {
    const was = [a!.loads(), b!.loads()];
    await work();
    return [a!.loads() - was[0]!, b!.loads() - was[1]!];
  };

  it('show a change to the very next request, wherever it was made and wherever it is seen', async () => {
    const { id } = await create('Visto en ambas');
    const lists = ['', '?q=ambas', '?sort=price_asc&limit=100'];
    for (const n of upTo(15)) {
      const [writer, reader] = n % 2 ? [a!, b!] : [b!, a!];
      const price = `11.${10 + n}`;
      await patch(writer, id, price);
      for (const at of [reader, writer]) {
        assert.equal(await inDetail(at, id), price);
        for (const query of lists) assert.equal(await inList(at, id, query), price, query);
      }
    }
  });

  it('answer a change when all have forgotten, and move stock without that', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = await start(a!.catalog, promise);
    const { id, variants } = await create('Espera a todas');
    const changing = patch(slow, id, '10.50');
    const isOver = changing.then(() => true);
    await until('all but one have it', async () => (await inDetail(b!, id)) === '10.50');
    const soon = new Promise<false>((done) => setTimeout(() => done(false), 100));
    assert.equal(await Promise.race([isOver, soon]), false);
    await slow.catalog.orders.place(crypto.randomUUID(), [
      { variantId: variants[0]!.id, quantity: 1 },
    ]);
    await slow.catalog.plaza.settle();
    resolve();
    await changing;
    await slow.catalog.plaza.stop();
  });

  it('ask the database for a list once, together, and each for a detail', async () => {
    const { id } = await create('Una sola pregunta');
    const everywhere = (path: string) => () =>
      Promise.all(upTo(100).map((n) => (n % 2 ? a! : b!).catalog.get(path)));
    const [ofA, ofB] = await asked(everywhere('/products?limit=37'));
    assert.equal(ofA! + ofB!, 1);
    assert.deepEqual(await asked(everywhere(`/products/${id}`)), [1, 1]);
    assert.deepEqual(await asked(everywhere('/products?limit=37')), [0, 0]);
    await patch(a!, id, '12.00');
    // Its message makes them forget as well, and may come after the answer.
    await Promise.all([a!, b!].map(({ catalog }) => catalog.plaza.settle()));
    const [again, andAgain] = await asked(everywhere('/products?limit=37'));
    assert.equal(again! + andAgain!, 1);
  });

  it('show no old list that one of them put away while the other changed it', async () => {
    const { id } = await create('Lectura lenta');
    const query = '?q=lenta';
    const { promise, resolve } = Promise.withResolvers<void>();
    const pool = a!.catalog.catalogPool;
    const query0 = pool.query.bind(pool) as (...all: unknown[]) => Promise<unknown>;
    let isSlow = true;
    // The old rows are read, and take their time to arrive.
    pool.query = (async (first: { text?: string }, ...rest: unknown[]) => {
      const rows = await query0(first, ...rest);
      if (isSlow && /select ask/.test(first.text ?? '')) await promise;
      return rows;
    }) as unknown as typeof pool.query;
    const old = inList(a!, id, query);
    await new Promise((resume) => setTimeout(resume, 100));
    isSlow = false;
    await patch(b!, id, '13.00');
    assert.equal(await inList(b!, id, query), '13.00');
    resolve();
    assert.equal(await old, '10.00', 'to who asked before the change');
    await new Promise((resume) => setTimeout(resume, 50));
    for (const at of [a!, b!]) assert.equal(await inList(at, id, query), '13.00');
    pool.query = query0 as typeof pool.query;
    const third = await start(a!.catalog);
    assert.equal(await inList(third, id, query), '13.00');
    await third.catalog.plaza.stop();
  });

  it('show nothing older than a second when nobody told, as when the writer died', async () => {
    const { id } = await create('Nadie lo dijo');
    const see = async () => [
      await inDetail(b!, id),
      await inList(b!, id, '?q=dijo'),
      await inList(a!, id, '?q=dijo'),
    ];
    assert.deepEqual(await see(), ['10.00', '10.00', '10.00']);
    await a!.catalog.catalogPool.query(
      `with changed as (update products set price_min = 1400, price_max = 1400 where id = $1 returning id),
         variant as (update variants set price_minor = 1400 where product_id = $1)
       insert into catalog_changes (product_id, changes_lists) select id, true from changed`,
      [id],
    );
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    assert.deepEqual(await see(), ['14.00', '14.00', '14.00']);
  });

  it('go on without Redis, a second behind each other at most, and lose nothing', async () => {
    const { id } = await create('Sin Redis');
    const queries = ['', '?q=redis'];
    const see = async (at: Asked) => [
      await inDetail(at, id),
      ...(await Promise.all(queries.map((query) => inList(at, id, query)))),
    ];
    const all = (price: string) => [price, price, price];
    assert.deepEqual(await see(b!), all('10.00'));
    await redis.freeze();
    const begin = performance.now();
    await patch(a!, id, '15.00');
    assert.ok(performance.now() - begin < 400, 'the write waited');
    assert.deepEqual(await see(a!), all('15.00'), 'who wrote sees it at once');
    const isSeen = async () => (await see(b!)).every((price) => price === '15.00');
    await until('the other sees it', isSeen, 1_200);
    const [one, two] = await asked(() =>
      Promise.all(upTo(100).map((n) => (n % 2 ? a! : b!).catalog.get('/products?limit=41'))),
    );
    assert.deepEqual([one, two], [1, 1], 'once a process');
    redis.thaw();
    await redis.areAllThere();
    await patch(b!, id, '16.00');
    assert.deepEqual(await see(a!), all('16.00'));
  });

  it('trust nothing that they may not have been told of', async () => {
    const { id } = await create('Corte breve');
    assert.equal(await inDetail(b!, id), '10.00');
    await redis.kill();
    await patch(a!, id, '17.00');
    await redis.start();
    await redis.areAllThere();
    assert.equal(await inDetail(b!, id), '17.00');
    assert.equal(await inList(b!, id, '?q=corte'), '17.00');
  });

  it('fill what was emptied', async () => {
    const { id } = await create('Vaciado');
    assert.equal(await inList(a!, id, '?q=vaciado'), '10.00');
    await redis.admin.flushall();
    await patch(a!, id, '18.00');
    for (const at of [a!, b!]) assert.equal(await inList(at, id, '?q=vaciado'), '18.00');
  });
});
