import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { post } from './domain/posting.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { newId, startBooks, type Books } from './ledger-steps.test.ts';

type Timeline = {
  items: {
    code: string;
    text: string;
    params: { amount: string; currency: string };
    changes: { account: string; amount: string }[];
  }[];
};

describe('the money timeline over real PostgreSQL', () => {
  let books: Books;
  let buyer: TestAccount;
  const [one, two] = [newId(), newId()];
  const about = { orderId: newId(), paymentId: newId(), jobId: newId() };
  const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 5, hour));
  const bookOf = (kind: 'capture' | 'refund', amounts: readonly [bigint, bigint], hour: number) =>
    books.book(
      post(
        kind,
        { id: newId(), causeId: kind === 'capture' ? about.paymentId : newId(), about },
        {
          currency: 'COP',
          names: { provider: 'sandbox' },
          amounts: { total: amounts[0] + amounts[1] },
          parts: [
            { names: { seller: one }, amounts: { amount: amounts[0], collected: 0n } },
            { names: { seller: two }, amounts: { amount: amounts[1], collected: 0n } },
          ],
        },
      ),
      at(hour),
    );
  before(async () => {
    books = await startBooks();
    buyer = await books.plaza.account();
    await bookOf('capture', [70_000n, 30_000n], 9);
    await bookOf('refund', [10_000n, 0n], 12);
    await books.pool.query(
      `insert into payments (id, order_id, buyer_id, amount_minor, currency, shares, status, provider,
         card_brand, card_last4, refunded_minor, created_at, updated_at)
       values ($1, $2, $3, 100000, 'COP', '[]', 'completed', 'sandbox', 'visa', '4242', 0, now(), now())`,
      [about.paymentId, about.orderId, buyer.id],
    );
  });
  after(() => books.stop());
  soundAfterEach(() => findFaults(books.pool));

  const ask = (query: string, as: TestAccount, language = 'es-CO,en;q=0.5') =>
    books.plaza.request({
      url: `/api/v1/payments/timeline?${query}`,
      as,
      headers: { 'accept-language': language },
    });
  const read = async (query: string, as: TestAccount, language?: string) => {
    const reply = await ask(query, as, language);
    assert.equal(reply.statusCode, 200, reply.body);
    return reply.json<Timeline>().items;
  };
  const ofOrder = `order_id=${about.orderId}`;

  it('tells the buyer in plain words, in the language that is asked for', async () => {
    const spanish = await read(ofOrder, buyer);
    assert.deepEqual(
      spanish.map(({ text }) => text.replaceAll('\u00A0', ' ')),
      ['Pagaste $ 1.000.', 'Se te devolvieron $ 100.'],
    );
    const english = await read(ofOrder, buyer, 'en');
    assert.deepEqual(
      english.map(({ text }) => text.replaceAll('\u00A0', ' ')),
      ['You paid COP 1,000.', 'COP 100 went back to you.'],
    );
    assert.deepEqual(
      english.map(({ code, params }) => ({ code, params })),
      spanish.map(({ code, params }) => ({ code, params })),
    );
    assert.ok(english.every(({ changes }) => changes.length === 0));
  });

  it('tells each seller of its own part', async () => {
    const seller = await books.plaza.account({ id: two, roles: ['seller'] });
    const items = await read(ofOrder, seller);
    assert.deepEqual(
      items.map(({ code, params, changes }) => [code, params.amount, changes]),
      [['capture', '300.00', [{ account: `seller:${two}:pending`, amount: '300.00' }]]],
    );
    const other = await books.plaza.account({ id: one, roles: ['seller'] });
    assert.deepEqual(
      (await read(ofOrder, other)).map(({ params }) => params.amount),
      ['700.00', '100.00'],
    );
  });

  it('tells staff of every line, by order and by job, as of any date', async () => {
    const support = await books.plaza.account({ roles: ['support'] });
    for (const query of [ofOrder, `job_id=${about.jobId}`]) {
      const items = await read(query, support);
      assert.deepEqual(
        items.map(({ changes }) => changes.length),
        [3, 2],
      );
      const before = await read(`${query}&as_of=2026-01-05T10:00:00Z`, support);
      assert.deepEqual(
        before.map(({ code }) => code),
        ['capture'],
      );
      assert.deepEqual(await read(`${query}&as_of=2026-01-05T08:00:00Z`, support), []);
    }
  });

  it('is nothing to strangers, and of one order or one job', async () => {
    const stranger = await books.plaza.account({ roles: ['seller'] });
    assert.equal((await ask(ofOrder, stranger)).statusCode, 404);
    assert.equal((await ask(`order_id=${newId()}`, buyer)).statusCode, 404);
    assert.equal((await books.plaza.request({ url: '/api/v1/payments/timeline' })).statusCode, 401);
    assert.equal((await ask('', buyer)).statusCode, 422);
    assert.equal((await ask(`${ofOrder}&job_id=${about.jobId}`, buyer)).statusCode, 422);
    assert.deepEqual(await read(`${ofOrder}&as_of=2026-01-01T00:00:00Z`, buyer), []);
  });
});
