import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { rulesBesidePayouts, withPaidPayout } from './infrastructure/test-payouts.ts';
import { startMercadoPago, type MercadoPagoBench } from './mercado-pago-steps.test.ts';

type Difference = Readonly<{
  id: string;
  kind: string;
  state: string;
  reference: string;
  provider_amount: string;
  booked_amount: string | null;
  entry_id: string | null;
  payout_id: string | null;
}>;
type Run = Readonly<{ provider: string; movements: number; differences: number }>;

const minute = 60_000;
const path = '/reconciliation/differences';

describe('money that a person takes out of Mercado Pago', () => {
  let bench: MercadoPagoBench;
  before(async () => void (bench = await startMercadoPago()));
  after(() => bench.stop());
  soundAfterEach(async () => {
    await bench.simulate('POST', '/quiet');
    return findFaults(bench.pool, rulesBesidePayouts);
  });

  const run = async (): Promise<Run> => {
    const now = bench.plaza.clock().getTime();
    const [from, to] = [now - 120 * minute, now].map((at) => new Date(at).toISOString());
    const { status, body } = await bench.send<{ runs: readonly Run[] }>(
      'POST',
      '/reconciliation/runs',
      { payload: { from, to } },
    );
    assert.equal(status, 200, JSON.stringify(body));
    return body.runs.find(({ provider }) => provider === 'mercadopago')!;
  };
  const list = async (state: string): Promise<readonly Difference[]> =>
    (await bench.send<{ items: Difference[] }>('GET', `${path}?state=${state}&limit=100`)).body
      .items;
  const withdraw = async (amount: number, more: object = {}): Promise<string> => {
    const given = { amount, at: new Date(Date.now() - 30 * minute).toISOString(), ...more };
    const { source_id: id } = await bench.simulate<{ source_id: string }>(
      'POST',
      '/withdrawals',
      given,
    );
    return id;
  };
  const resolve = (id: string, state: string, note = 'en el extracto del banco') =>
    bench.send<Difference>('POST', `${path}/${id}/resolve`, { payload: { state, note } });
  const balances = async () => {
    const { rows } = await bench.pool.query<{ id: string; minor: string }>(
      `select id, sum(-balance_minor) as minor from ledger_accounts
       where id in ('provider:mercadopago', 'provider:bank_file') group by id`,
    );
    return Object.fromEntries(rows.map(({ id, minor }) => [id, minor]));
  };

  it('is asked for, told when the report is there, and booked once by a person', async () => {
    await bench.paid();
    const taken = await withdraw(300_000);
    // Nobody has made a report yet: a run asks for one, which is being made, and is there.
    let told = await run();
    for (let n = 0; told.movements < 3 && n < 4; n++) told = await run();
    assert.deepEqual([told.movements, told.differences], [3, 1]);
    const [found, ...others] = await list('open');
    assert.deepEqual(others, []);
    assert.partialDeepStrictEqual(found, {
      kind: 'withdrawal',
      reference: `${taken}:taken`,
      provider_amount: '-300000.00',
      booked_amount: null,
      payout_id: null,
    });
    const before = await balances();
    const booked = await Promise.all([resolve(found!.id, 'booked'), resolve(found!.id, 'booked')]);
    assert.deepEqual(
      booked.map(({ status }) => status),
      [200, 200],
    );
    assert.partialDeepStrictEqual(booked[0].body, { state: 'booked' });
    assert.ok(booked[0].body.entry_id);
    assert.equal(booked[1].body.entry_id, booked[0].body.entry_id);
    assert.deepEqual(await balances(), {
      'provider:mercadopago': String(BigInt(before['provider:mercadopago']!) - 30_000_000n),
      'provider:bank_file': '30000000',
    });
    // From now on both sides know it, under the name of its entry.
    assert.deepEqual([(await run()).differences, await list('open')], [0, []]);
  });

  it('names the payout that it was, and only a payout of ours', async () => {
    const { rows } = await bench.pool.query<{ id: string }>(
      `${withPaidPayout('uuidv7()')} select id from payout`,
    );
    const [stranger, payoutId] = [crypto.randomUUID(), rows[0]!.id];
    const [one, other] = [
      await withdraw(50_000, { type: 'PAYOUT', external_reference: payoutId }),
      await withdraw(60_000, { external_reference: stranger }),
    ];
    await run();
    const found = new Map((await list('open')).map((row) => [row.reference, row]));
    assert.partialDeepStrictEqual(found.get(`${one}:taken`), {
      kind: 'payout',
      payout_id: payoutId,
    });
    assert.partialDeepStrictEqual(found.get(`${other}:taken`), {
      kind: 'withdrawal',
      payout_id: null,
    });
    for (const { id } of found.values()) assert.equal((await resolve(id, 'booked')).status, 200);
    assert.equal((await run()).differences, 0);
  });

  it('may come back from the bank, which is an entry of its own', async () => {
    const before = await balances();
    const id = await withdraw(20_000);
    await withdraw(20_000, { type: 'WITHDRAWAL_CANCEL', source_id: id });
    await run();
    const found = await list('open');
    assert.deepEqual(found.map(({ kind, provider_amount: amount }) => [kind, amount]).toSorted(), [
      ['withdrawal', '-20000.00'],
      ['withdrawal', '20000.00'],
    ]);
    for (const one of found) assert.equal((await resolve(one.id, 'booked')).status, 200);
    assert.deepEqual(await balances(), before);
    assert.equal((await run()).differences, 0);
  });

  it('is the only thing that is booked so, and another answer is none any more', async () => {
    await bench.behave({ webhooks: { never: 1 } });
    await bench.callProvider('/v1/payments', {
      transaction_amount: 70,
      external_reference: 'a link of a friend',
      payer: { first_name: 'APRO' },
    });
    const strays = async () => (await list('open')).filter(({ kind }) => kind === 'missing_here');
    // What moved in the very millisecond in which a period ends belongs to the next.
    for (let n = 0; n < 5 && (await strays()).length === 0; n++) await run();
    const [stray] = await strays();
    const refused = await resolve(stray!.id, 'booked');
    assert.deepEqual(
      [refused.status, refused.body.code],
      [409, 'payments.difference_not_bookable'],
    );
    const unknown = await resolve(crypto.randomUUID(), 'booked');
    assert.deepEqual([unknown.status, unknown.body.code], [404, 'payments.difference_not_found']);
    const [booked] = await list('booked');
    const late = await resolve(booked!.id, 'explained');
    assert.deepEqual([late.status, late.body.code], [409, 'payments.difference_settled']);
    for (const { id } of await list('open')) await resolve(id, 'explained');
  });

  it('leaves payments held against the books where the account gives no reports', async () => {
    await withdraw(10_000);
    await bench.behave({ next: [{ call: 'list_reports', refuse: 403 }] });
    const without = await run();
    assert.equal(without.differences, 2, 'the stray charge and its fee, which are explained');
    await bench.behave({ next: [{ call: 'get_report', fault: 'error_before' }] });
    const { status } = await bench.send('POST', '/reconciliation/runs', { payload: {} });
    assert.equal(status, 503);
    await run();
    for (const { id } of await list('open')) await resolve(id, 'booked');
  });
});
