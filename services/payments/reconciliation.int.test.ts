import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { post } from './domain/posting.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { move, newId, seller, startBooks, type Books } from './ledger-steps.test.ts';

type Difference = Readonly<{
  id: string;
  kind: string;
  matter: string;
  provider_amount: string | null;
  booked_amount: string | null;
  age_hours: number;
  state: string;
  note: string | null;
  resolved_by: string | null;
}>;

const hourMs = 3_600_000;

describe('reconciliation over real PostgreSQL', () => {
  let books: Books;
  before(async () => void (books = await startBooks()));
  after(() => books.stop());
  // Charges of the sandbox that nobody paid for are what is planted here.
  const isPlanted = (text: string): boolean => text.startsWith('approved_charge');
  soundAfterEach(async () => (await findFaults(books.pool)).filter((text) => !isPlanted(text)));

  const at = (hoursAgo: number): Date =>
    new Date(books.plaza.clock().getTime() - hoursAgo * hourMs);
  const charge = (key: string, minor: number, when = at(2)) =>
    books.pool.query(
      `insert into sandbox_charges values ($1, uuidv7(), $2, 'COP', 'approved', 'approved', null, $3, 0, $3)`,
      [key, minor, when],
    );
  const capture = (key: string, minor: bigint, when = at(2)) =>
    books.book(
      post(
        'capture',
        { id: newId(), causeId: key, about: {} },
        {
          currency: 'COP',
          names: { provider: 'sandbox' },
          amounts: { total: minor },
          parts: [{ names: { seller: newId() }, amounts: { amount: minor, collected: 0n } }],
        },
      ),
      when,
    );
  const send = async <Body>(url: string, payload: object, as = books.admin) => {
    const reply = await books.plaza.request({
      method: 'POST',
      url: `/api/v1/reconciliation/${url}`,
      as,
      payload,
    });
    return { status: reply.statusCode, body: reply.json<Body & { code?: string }>() };
  };
  type Runs = { runs: readonly { movements: number; differences: number }[] };
  const run = async (period: object = {}): Promise<number> => {
    const { status, body } = await send<Runs>('runs', period);
    assert.equal(status, 200, JSON.stringify(body));
    return body.runs.reduce((sum, { differences }) => sum + differences, 0);
  };
  const list = async (state = 'open'): Promise<readonly Difference[]> => {
    const items: Difference[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const reply = await books.plaza.request({
        url: `/api/v1/reconciliation/differences?state=${state}&limit=2${cursor && `&cursor=${cursor}`}`,
        as: books.admin,
      });
      assert.equal(reply.statusCode, 200, reply.body);
      const page = reply.json<{ items: Difference[]; next_cursor: string | null }>();
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    return items;
  };
  const recent = () => ({ from: at(48).toISOString() });
  const findOf = async (key: string, state?: string): Promise<Difference | undefined> =>
    (await list(state)).find(({ matter }) => matter.endsWith(key));

  it('finds nothing where each movement is one entry of the same amount', async () => {
    const key = newId();
    await charge(key, 500);
    await capture(key, 500n);
    const refundKey = newId();
    await books.pool.query(
      `insert into sandbox_refunds (key, reference, charge_key, amount_minor, created_at)
       values ($1, uuidv7(), $2, 200, $3)`,
      [refundKey, key, at(1)],
    );
    const sold = await books.funded(200n, 'COP', `seller:${newId()}:pending`);
    await books.pool.query(`delete from reconciliation_differences`);
    await books.book(
      post(
        'refund',
        { id: newId(), causeId: refundKey, about: {} },
        {
          currency: 'COP',
          names: { provider: 'sandbox' },
          amounts: { total: 200n },
          parts: [
            { names: { seller: sold.split(':')[1]! }, amounts: { amount: 200n, collected: 0n } },
          ],
        },
      ),
      at(1),
    );
    await run(recent());
    assert.equal(await findOf(key), undefined);
    assert.equal(await findOf(refundKey), undefined);
  });

  it('finds what is missing here, missing there, and of another amount, with its age', async () => {
    const [here, there, other] = [newId(), newId(), newId()];
    await charge(here, 500, at(30));
    await capture(there, 700n, at(20));
    await charge(other, 500);
    await capture(other, 501n);
    assert.ok((await run(recent())) >= 3);
    assert.partialDeepStrictEqual(await findOf(here), {
      kind: 'missing_here',
      provider_amount: '5.00',
      booked_amount: null,
      age_hours: 30,
    });
    assert.partialDeepStrictEqual(await findOf(there), {
      kind: 'missing_there',
      provider_amount: null,
      booked_amount: '7.00',
    });
    assert.partialDeepStrictEqual(await findOf(other), {
      kind: 'amount_differs',
      provider_amount: '5.00',
      booked_amount: '5.01',
    });
    const oldest = (await list()).map(({ age_hours }) => age_hours);
    assert.deepEqual(
      oldest,
      oldest.toSorted((a, b) => b - a),
    );
    const before = (await list()).length;
    await run(recent());
    assert.equal((await list()).length, before, 'the same again is one row');
  });

  it('leaves alone what is younger than a quarter of an hour, and what one side has a day later', async () => {
    const [young, late] = [newId(), newId()];
    await charge(young, 500, at(0.2));
    await charge(late, 500, at(26));
    await capture(late, 500n, at(4));
    await run(recent());
    assert.equal(await findOf(young), undefined);
    assert.equal(await findOf(late), undefined);
    const [from, to] = [at(5).toISOString(), at(3).toISOString()];
    await run({ from, to });
    assert.equal(await findOf(late), undefined);
  });

  it('closes by itself what matches later', async () => {
    const key = newId();
    await charge(key, 500);
    await run(recent());
    assert.equal((await findOf(key))?.kind, 'missing_here');
    await capture(key, 500n);
    await run(recent());
    assert.equal(await findOf(key), undefined);
    assert.equal((await findOf(key, 'matched'))?.state, 'matched');
  });

  it('is settled by a person, once, with a note, until the amounts are others', async () => {
    const key = newId();
    await charge(key, 500);
    await run(recent());
    const { id } = (await findOf(key))!;
    const explained = { state: 'explained', note: 'paid by hand, see the letter' };
    const url = `differences/${id}/resolve`;
    const first = await send<Difference>(url, explained);
    assert.equal(first.status, 200);
    assert.partialDeepStrictEqual(first.body, { ...explained, resolved_by: books.admin.id });
    assert.deepEqual((await send(url, explained)).body, first.body);
    const other = await send(url, { state: 'corrected', note: 'no' });
    assert.deepEqual([other.status, other.body.code], [409, 'payments.difference_settled']);
    await run(recent());
    assert.equal(await findOf(key), undefined, 'what was explained stays so');
    await capture(key, 400n);
    await run(recent());
    assert.equal((await findOf(key))?.kind, 'amount_differs');
    const none = await send(`differences/${newId()}/resolve`, explained);
    assert.deepEqual([none.status, none.body.code], [404, 'payments.difference_not_found']);
    const old = await send('runs', { from: '2000-01-01T00:00:00Z' });
    assert.deepEqual([old.status, old.body.code], [422, 'payments.period_not_valid']);
    for (const wrong of [
      { state: 'explained' },
      { ...explained, note: '  ' },
      { ...explained, state: 'open' },
    ])
      assert.equal((await send(url, wrong)).status, 422);
  });

  it('runs by itself every hour, from where it ended', async () => {
    const key = newId();
    await charge(key, 500, at(0.5));
    await books.plaza.advance(hourMs);
    await books.plaza.advance(hourMs);
    assert.equal((await findOf(key))?.kind, 'missing_here');
    const { rows } = await books.pool.query<{ due: boolean }>(
      `select due_at > $1 as due from deadlines where kind = 'reconcile'`,
      [books.plaza.clock()],
    );
    assert.deepEqual(rows, [{ due: true }]);
  });

  it('counts a correction by hand at a provider as one that the provider does not know', async () => {
    const entry = await books.book(move('provider:sandbox', seller(), 5n), at(2));
    await run(recent());
    assert.equal((await findOf(entry.causeId))?.kind, 'missing_there');
  });

  it('is for administrators', async () => {
    const support = await books.plaza.account({ roles: ['support'] });
    const url = '/api/v1/reconciliation/differences';
    assert.equal((await books.plaza.request({ url, as: support })).statusCode, 403);
    assert.equal((await send('runs', {}, support)).status, 403);
  });
});
