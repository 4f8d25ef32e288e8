import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { startStory, type Story } from './runners.ts';

const contexts = ['identity', 'users', 'catalog', 'orders', 'payments', 'notifications'] as const;

/**
 * What relays, timers and gathered marks ask, and mails once a minute about their colour: shared by all
 * purchases under way.
 */
const background =
  /outbox-|deadlines-claim|deadlines-done|notice-done|letters-done|live-store|audit-seal|ledger-chain|shop-read/;

/** Counts what a pool is asked, by statement name or first words. */
const countQueries = (pool: Pool, counts: Map<string, number>): void => {
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  pool.query = ((...args: unknown[]) => {
    const [first] = args as [string | { name?: string; text: string }];
    const text = typeof first === 'string' ? first : (first.name ?? first.text);
    const key = text.trim().replace(/\s+/g, ' ').slice(0, 60);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return query(...args);
  }) as typeof pool.query;
};

describe('the round trips of a purchase', () => {
  let story: Story;
  before(async () => {
    story = await startStory('local');
  });
  after(() => story.stop());

  it('are no more than the ADR says', async () => {
    const { variantId } = await story.makeProduct('Taza', 10);
    await story.settle();
    const counts = new Map(contexts.map((context) => [context, new Map<string, number>()]));
    for (const context of contexts) countQueries(story.pool(context), counts.get(context)!);

    const cart = await story.must(
      200,
      story.call('POST', '/cart/add', { body: { variant_id: variantId, quantity: 1 } }),
    );
    const { token } = await story.signUp();
    const headers = { 'x-cart-token': String(cart['cart_token']), 'idempotency-key': 'a' };
    const order = await story.must(
      201,
      story.call('POST', '/orders', { token, headers, body: {} }),
    );
    const id = String(order['id']);
    await story.settleQuietly();
    const card = { type: 'card', number: '4242424242424242', expiry_month: 12, expiry_year: 2099 };
    const body = { order_id: id, payment_method: card };
    await story.must(201, story.call('POST', '/payments', { token, headers, body }));
    await story.settleQuietly();
    for (const status of ['shipped', 'delivered'])
      await story.must(
        200,
        story.call('PUT', `/orders/${id}/status`, { token: story.admin, body: { status } }),
      );
    await story.settleQuietly();

    const lines = contexts.map((context) => {
      const found = [...counts.get(context)!].filter(([name]) => !background.test(name));
      const sum = found.reduce((total, [, n]) => total + n, 0);
      return { context, sum, found };
    });
    const total = lines.reduce((sum, line) => sum + line.sum, 0);
    const allowed = Number(
      /At most \*\*(\d+)\*\* round trips/.exec(
        readFileSync('docs/adr/0009-round-trips-of-a-purchase.md', 'utf8'),
      )?.[1],
    );
    assert.ok(total <= allowed, `${total} > ${allowed}: ${JSON.stringify(lines, null, 1)}`);
    if (process.env['SHOW']) console.log(total, JSON.stringify(lines, null, 1));
    assert.ok(total > 15, `only ${total} counted: the test is not looking`);
  });
});
