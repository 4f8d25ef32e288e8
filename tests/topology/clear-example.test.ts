import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { createMemoryFanOut, rowsRemoved } from '#shared/platform/fan-out.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { clearDemo } from '../../apps/demo/clear/clear-demo.ts';
import { createDemoData } from '../../apps/demo/demo-data.ts';
import { demoRoutes } from '../../apps/gateway/demo.route.ts';
import { contexts, noteAsExample, readRows, type Rows } from './example-rows.ts';
import { startStory, type Story } from './runners.ts';

type Json = Record<string, unknown>;

/**
 * Of the process and not of the shop, or sealed and spread anew: what they must say is asked of them by
 * the oracles.
 */
const ownOfProcess = new Set([
  'catalog.catalog_changes',
  'catalog.idempotency_keys',
  'identity.audit_chain',
  'identity.idempotency_keys',
  'notifications.live_events',
  'orders.idempotency_keys',
  'payments.idempotency_keys',
  'payments.ledger_accounts',
  'payments.ledger_chain',
  'payments.ledger_chain_mark',
]);

const withoutProcess = (rows: Rows): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...rows]
      .filter(([table]) => !ownOfProcess.has(table))
      .map(([table, found]) => [table, [...found.values()].toSorted()]),
  );

describe('the example is taken away', () => {
  let story: Story;
  let owner: pg.Client;
  let clean: Rows;
  let mine: Readonly<{ id: string; variantId: string }>;
  const fanOut = createMemoryFanOut();
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(story.owner);
    await client.connect();
    return client;
  };
  const demo = createDemoData({
    connect,
    contexts,
    files: { put: async () => {}, get: async () => undefined, delete: async () => {} },
    mailbox: undefined,
    onCleared: () => fanOut.publishAndWait(rowsRemoved, {}),
  });
  const clear = (token = story.admin) => story.call('DELETE', '/api/v1/admin/demo', { token });
  const clearDirectly = async (more: Partial<Parameters<typeof clearDemo>[0]> = {}) => {
    const client = await connect();
    const by = { id: crypto.randomUUID(), ip: '127.0.0.1', userAgent: null };
    const heads = { ledger_head: null, audit_head: null };
    try {
      return await clearDemo({ client, contexts, by, heads, ...more });
    } finally {
      await client.end();
    }
  };

  const must = (
    status: number,
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    token?: string,
  ) => story.must(status, story.call(method, path, { body, token: token ?? story.admin }));
  const openShop = async () => {
    const { id, email, password } = await story.signUp();
    await must(200, 'PUT', `/users/${id}/roles`, { roles: ['customer', 'seller'] });
    const body = { username: email, password };
    const signedIn = await must(200, 'POST', '/auth/login', body);
    return { id, token: String(signedIn['access_token']) };
  };
  const sell = async (token: string, title: string, categoryId: string | null) => {
    const body = { title, price: '20000.00', stock: 9, status: 'active', category_id: categoryId };
    const made = await must(201, 'POST', '/products', body, token);
    const variantId = String((made['variants'] as Json[])[0]!['id']);
    return { id: String(made['id']), variantId };
  };
  const buy = async (token: string, variantId: string): Promise<string> => {
    const items = [{ variant_id: variantId, quantity: 2 }];
    const placed = await story.until('orders knows the product', async () => {
      const reply = await story.place(token, items);
      return reply.status === 201 ? reply : undefined;
    });
    const id = String(placed.body['id']);
    assert.equal((await story.payWhenAsked(token, id)).status, 201);
    await story.waitFor(id, 'paid');
    return id;
  };
  const deliver = async (id: string): Promise<void> => {
    for (const status of ['shipped', 'delivered'])
      await must(200, 'PUT', `/orders/${id}/status`, { status });
  };
  /** A seller with two products in a category, a buyer, and orders in every state. */
  const openExample = async (name: string) => {
    const made = await must(201, 'POST', '/categories', { name, slug: name });
    const categoryId = String(made['id']);
    const seller = await openShop();
    const buyer = await story.signUp();
    const [first, second] = [
      await sell(seller.token, `Canasto de ${name}`, categoryId),
      await sell(seller.token, `Mochila de ${name}`, categoryId),
    ];
    await deliver(await buy(buyer.token, first.variantId));
    const paid = await buy(buyer.token, second.variantId);
    const gone = await buy(buyer.token, second.variantId);
    await must(200, 'POST', `/orders/${gone}/cancel`, {}, buyer.token);
    await story.waitFor(gone, 'cancelled');
    await story.settle();
    return { categoryId, seller, buyer, first, second, paid };
  };
  const isSealed = async (): Promise<void> => {
    for (const path of ['/api/v1/ledger/verify', '/api/v1/admin/audit/verify']) {
      const found = await story.must(200, story.call('GET', path, { token: story.admin }));
      assert.equal(found['is_sound'], true, JSON.stringify(found));
    }
  };

  before(async () => {
    story = await startStory('local', {
      install: async (app) => {
        await app.register(demoRoutes(demo, createLogger({ level: 'silent' })));
      },
      resources: { fanOut },
    });
    owner = await connect();
    mine = await story.makeProduct('Ruana de lana virgen', 10);
    const buyer = await story.signUp();
    await deliver(await buy(buyer.token, mine.variantId));
    await story.settle();
    clean = await readRows(owner);
  });
  after(async () => {
    await owner.end();
    await story.stop();
  });

  it('knows of none before there is one', async () => {
    const found = await story.must(
      200,
      story.call('GET', '/api/v1/admin/demo', { token: story.admin }),
    );
    assert.equal(found['is_there'], false);
    assert.deepEqual((await clear()).body, {
      removed: { products: 0, orders: 0, people: 0 },
      kept: [],
    });
  });

  it('says that one is on its way, and for no longer', async () => {
    const isBeingFilled = async (): Promise<unknown> => {
      const path = '/api/v1/admin/demo';
      const found = await story.must(200, story.call('GET', path, { token: story.admin }));
      return found['is_being_filled'];
    };
    // As the process that fills it.
    await owner.query(`select pg_advisory_lock(hashtext('plaza demo'))`);
    assert.equal(await isBeingFilled(), true);
    await owner.query(`select pg_advisory_unlock(hashtext('plaza demo'))`);
    assert.equal(await isBeingFilled(), false);
  });

  it('leaves every table as it was without the example', async () => {
    const example = await openExample('iraca');
    await must(201, 'POST', '/api/v1/tax-rates', {
      tax_class: 'standard',
      code: 'IVA-19',
      rate_basis_points: 1_900,
      jurisdiction: 'CO',
    });
    await story.settle();
    await noteAsExample(owner, clean);
    const counted = await story.call('GET', '/api/v1/admin/demo', { token: story.admin });
    assert.deepEqual(
      [counted.body['products'], counted.body['orders'], counted.body['people']],
      [2, 3, 2],
    );
    // What happens to it afterwards hangs on it, and goes with it.
    await must(
      200,
      'PUT',
      `/orders/${example.paid}/status`,
      { status: 'shipped' },
      example.seller.token,
    );
    await story.settle();
    const filled = await readRows(owner);

    assert.equal((await clear(example.seller.token)).status, 403);
    assert.equal((await story.call('DELETE', '/api/v1/admin/demo')).status, 401);
    const broken = clearDirectly({ beforeCommit: () => Promise.reject(new Error('broken')) });
    await assert.rejects(broken, /broken/);
    assert.deepEqual(withoutProcess(await readRows(owner)), withoutProcess(filled), 'half');

    await story.must(200, story.call('GET', `/orders/${example.paid}`, { token: story.admin }));
    const done = await story.must(200, clear());
    assert.deepEqual(done, { removed: { products: 2, orders: 3, people: 2 }, kept: [] });
    // What was remembered of it is forgotten at once.
    assert.equal((await story.call('GET', `/products/${example.first.id}`)).status, 404);
    const asked = await story.call('GET', `/orders/${example.paid}`, { token: story.admin });
    assert.equal(asked.status, 404);

    await story.assertSound();
    await isSealed();
    const left = withoutProcess(await readRows(owner));
    const log = left['identity.account_events']!.filter(
      (row) => !clean.get('identity.account_events')!.values().toArray().includes(row),
    );
    assert.equal(log.length, 1, log.join('\n'));
    assert.match(log[0]!, /DELETE \/admin\/demo/);
    left['identity.account_events'] = left['identity.account_events']!.filter(
      (row) => !log.includes(row),
    );
    assert.deepEqual(left, withoutProcess(clean));
    const none = { removed: { products: 0, orders: 0, people: 0 }, kept: [] };
    assert.deepEqual(await story.must(200, clear()), none, 'there is nothing left to do');
  });

  it('waits while something of the example is under way', async () => {
    const before_ = await readRows(owner);
    const example = await openExample('mopa');
    await noteAsExample(owner, before_);
    await owner.query(
      `insert into orders.outbox (id, type, subject, aggregate_version, time, correlation_id, data, is_handed_over)
       values (orders.uuidv7(), 'orders.nothing.v1', $1::text, 9, now(), $1::text::uuid, '{}', true)`,
      [example.paid],
    );
    assert.deepEqual(await clearDirectly({ patienceMs: 0 }), { outcome: 'busy' });
    await owner.query(`delete from orders.outbox where type = 'orders.nothing.v1'`);
    const own = await clearDirectly({
      by: { id: example.seller.id, ip: '127.0.0.1', userAgent: null },
    });
    assert.deepEqual(own, { outcome: 'own_account' });
    assert.equal((await clearDirectly()).outcome, 'cleared');
    await story.assertSound();
  });

  it('keeps what something of the owner needs, and nothing else', async () => {
    const before_ = await readRows(owner);
    const example = await openExample('fique');
    await noteAsExample(owner, before_);
    const buyer = await story.signUp();
    const bought = await buy(buyer.token, example.first.variantId);
    const done = await story.must(200, clear());
    assert.deepEqual(done, {
      removed: { products: 1, orders: 3, people: 1 },
      kept: [
        { kind: 'account', reason: 'order', count: 1 },
        { kind: 'category', reason: 'product', count: 1 },
        { kind: 'product', reason: 'order', count: 1 },
      ],
    });
    await story.settle();
    const path = `/products/${example.first.id}`;
    assert.equal((await story.call('GET', path)).status, 410, 'it is not for sale any more');
    const { rows } = await owner.query('select status from catalog.products where id = $1', [
      example.first.id,
    ]);
    assert.deepEqual(rows, [{ status: 'archived' }]);
    await deliver(bought);
    await story.assertSound();
    await isSealed();
  });

  it('keeps what the books say of somebody by hand, and the settings that were changed', async () => {
    const before_ = await readRows(owner);
    const example = await openExample('tagua');
    const rate = {
      tax_class: 'reduced',
      code: 'IVA-5',
      rate_basis_points: 500,
      jurisdiction: 'CO',
      valid_from: '2099-01-01T00:00:00.000Z',
    };
    const made = await must(201, 'POST', '/api/v1/tax-rates', rate);
    await noteAsExample(owner, before_);
    const changed = await story.call('PUT', `/api/v1/tax-rates/${String(made['id'])}`, {
      token: story.admin,
      body: { ...rate, rate_basis_points: 800 },
      headers: { 'if-match': '"1"' },
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    // What is left of the seller's money rests on the orders that brought it.
    const book = async (side: 'debit' | 'credit'): Promise<void> => {
      const entry = {
        id: crypto.randomUUID(),
        causeType: 'adjustment',
        causeId: crypto.randomUUID(),
        about: {},
        lines: [
          { account: `seller:${example.seller.id}:available`, side },
          { account: 'platform:losses', side: side === 'debit' ? 'credit' : 'debit' },
        ].map((line) => ({ ...line, currency: 'COP', amountMinor: '100' })),
      };
      await story.pool('payments').query('select post_entry($1, now())', [JSON.stringify(entry)]);
    };
    await book('debit');
    // No transfer tells of it: while the books do not verify, nothing leaves them.
    assert.equal((await clear()).body['code'], 'http.example_books_unsound');
    const done = await clearDirectly();
    assert.deepEqual(done, {
      outcome: 'cleared',
      removed: { products: 0, orders: 0, people: 0 },
      kept: [
        { kind: 'account', reason: 'books', count: 1 },
        { kind: 'account', reason: 'order', count: 1 },
        { kind: 'category', reason: 'product', count: 1 },
        { kind: 'order', reason: 'books', count: 3 },
        { kind: 'product', reason: 'order', count: 2 },
      ],
    });
    const rates = await story.must(
      200,
      story.call('GET', '/api/v1/tax-rates', { token: story.admin }),
    );
    assert.deepEqual(
      (rates['items'] as Json[]).map(({ code }) => code),
      ['IVA-5'],
    );
    await book('credit');
    await story.assertSound();
    await isSealed();
  });

  it('is safe beside a purchase that runs', async () => {
    const before_ = await readRows(owner);
    const example = await openExample('werregue');
    await noteAsExample(owner, before_);
    const buyers = await Promise.all(Array.from({ length: 4 }, () => story.signUp()));
    const items = [{ variant_id: example.second.variantId, quantity: 1 }];
    const [done, ...placed] = await Promise.all([
      clear(),
      ...buyers.map(({ token }) => story.place(token, items)),
    ]);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    await story.settle();
    const isKept = (done.body['kept'] as { kind: string }[]).some(({ kind }) => kind === 'product');
    for (const { status, body } of placed) {
      if (status !== 201) continue;
      const reached = await story.waitFor(String(body['id']), 'awaiting_payment', 'failed');
      if (!isKept) assert.equal(reached, 'failed', 'it was sold after it had gone');
    }
    await story.advance(16 * 60_000);
    await story.assertSound();
    await isSealed();
  });
});
