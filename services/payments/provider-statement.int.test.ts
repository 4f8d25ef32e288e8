import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createTestJobs } from './infrastructure/test-escrows.ts';
import { startMercadoPago, type MercadoPagoBench } from './mercado-pago-steps.test.ts';
import { entryToJson } from './infrastructure/rows.ts';
import { move } from './ledger-steps.test.ts';

type Difference = Readonly<{
  provider: string;
  kind: string;
  matter: string;
  reference: string | null;
  provider_amount: string | null;
  booked_amount: string | null;
  age_hours: number;
}>;
type Run = Readonly<{ provider: string; movements: number; differences: number }>;

const minute = 60_000;

describe('what Mercado Pago moved, held against the books', () => {
  let bench: MercadoPagoBench;
  before(async () => void (bench = await startMercadoPago()));
  after(() => bench.stop());
  soundAfterEach(async () => {
    await bench.simulate('POST', '/quiet');
    return findFaults(bench.pool);
  });

  const run = async (): Promise<Run> => {
    const now = bench.plaza.clock().getTime();
    const { status, body } = await bench.send<{ runs: readonly Run[] }>(
      'POST',
      '/reconciliation/runs',
      {
        payload: {
          from: new Date(now - 120 * minute).toISOString(),
          to: new Date(now).toISOString(),
        },
      },
    );
    assert.equal(status, 200, JSON.stringify(body));
    return body.runs.find(({ provider }) => provider === 'mercadopago')!;
  };
  const open = async (): Promise<readonly Difference[]> => {
    const url = '/reconciliation/differences?limit=100';
    const { body } = await bench.send<{ items: readonly Difference[] }>('GET', url);
    return body.items.filter(({ provider }) => provider === 'mercadopago');
  };
  const refund = async (paymentId: string, amount?: string) => {
    const payload = { reason: 'broken mug', ...(amount ? { amount } : {}) };
    const { body } = await bench.send('POST', `/payments/${paymentId}/refunds`, { payload });
    assert.partialDeepStrictEqual(body, { status: 'completed' });
  };

  it('is one entry a movement: charges, fees, refunds, surplus, holds, lost disputes', async () => {
    const sold = await bench.paid();
    await refund(sold.paymentId, '400.00');
    await refund(sold.paymentId, '100.00');
    // Somebody refunds at the provider itself, in two parts.
    await bench.callProvider(`/v1/payments/${sold.chargeId}/refunds`, { amount: 50 });
    await bench.callProvider(`/v1/payments/${sold.chargeId}/refunds`, { amount: 25 });
    const refunded = async () => {
      await bench.plaza.advance(11_000);
      const found = await bench.pool.query<{ minor: string }>(
        'select refunded_minor as minor from payments where id = $1',
        [sold.paymentId],
      );
      return found.rows[0]!.minor === '57500';
    };
    await bench.until('what was refunded there', refunded);

    const twice = await bench.paid();
    await bench.payThere(twice.preference);
    await bench.until('the surplus to go back', async () => {
      const found = await bench.pool.query(
        `select from provider_refunds where refund_id is null and status = 'completed'`,
      );
      return found.rowCount === 1;
    });

    const payee = await bench.plaza.account();
    const jobs = createTestJobs(bench.plaza, bench.people.buyer, payee);
    const job = await bench.checkout({ job_id: await jobs.open() });
    await bench.payThere(job);
    await bench.until(
      'the holds',
      async () => (await bench.statusOf(job.payment_id)) === 'completed',
    );

    const lost = await bench.paid();
    const chargeback = await bench.simulate<{ id: string }>(
      'POST',
      `/payments/${lost.chargeId}/chargeback`,
    );
    await bench.simulate('POST', `/chargebacks/${chargeback.id}/resolve`, { outcome: 'lost' });
    await bench.until('the end of the dispute', async () => {
      const found = await bench.pool.query(`select from chargebacks where status = 'lost'`);
      return found.rowCount === 1;
    });

    const { movements, differences } = await run();
    assert.deepEqual(await open(), []);
    assert.equal(differences, 0);
    // Five charges with a fee each; four refunds of the first, one of a surplus; one lost.
    assert.equal(movements, 16);
  });

  it('finds what is unknown here, unknown there, double, and of another amount', async () => {
    await bench.behave({ webhooks: { never: 1 } });
    const stray = await bench.callProvider<{ id: number }>('/v1/payments', {
      transaction_amount: 70,
      external_reference: 'a link of a friend',
      payer: { first_name: 'APRO' },
    });
    const booked = move('provider:mercadopago', `seller:${crypto.randomUUID()}:available`, 500n);
    await bench.pool.query('select post_entry($1, $2)', [entryToJson(booked), bench.plaza.clock()]);
    await bench.behave({ webhooks: { on_time: 1 } });
    const refundedTwice = await bench.paid();
    const misstated = await bench.paid();
    await bench.behave({ webhooks: { never: 1 } });
    await refund(refundedTwice.paymentId, '100.00');
    const again = await bench.callProvider<{ id: number }>(
      `/v1/payments/${refundedTwice.chargeId}/refunds`,
      { amount: 100 },
    );
    await bench.simulate('POST', `/payments/${misstated.chargeId}/misstate`, { amount: 999 });

    const { differences } = await run();
    const found = new Map((await open()).map((one) => [one.matter, one]));
    assert.partialDeepStrictEqual(found.get(`reference ${stray.id}`), {
      kind: 'missing_here',
      provider_amount: '70.00',
      booked_amount: null,
    });
    assert.equal(found.get(`reference ${stray.id}:fee`)?.kind, 'missing_here');
    assert.partialDeepStrictEqual(found.get(`adjustment ${booked.causeId}`), {
      kind: 'missing_there',
      provider_amount: null,
      booked_amount: '5.00',
    });
    assert.partialDeepStrictEqual(found.get(`reference ${again.id}`), {
      kind: 'missing_here',
      provider_amount: '-100.00',
    });
    assert.partialDeepStrictEqual(found.get(`capture ${misstated.paymentId}`), {
      kind: 'amount_differs',
      reference: misstated.chargeId,
      provider_amount: '999.00',
      booked_amount: '1000.00',
      age_hours: 0,
    });
    assert.equal(found.size, 5);
    assert.equal(differences, 5);

    // A day later each is a day older; what has a name by now is one no more.
    await bench.behave({ webhooks: { on_time: 1 } });
    await bench.simulate('POST', `/payments/${misstated.chargeId}/misstate`, { amount: 1000 });
    await bench.callProvider(`/v1/payments/${refundedTwice.chargeId}/refunds`, { amount: 1 });
    await bench.until('the refunds made there', async () => {
      await bench.plaza.advance(11_000);
      const { rows } = await bench.pool.query<{ minor: string }>(
        'select refunded_minor as minor from payments where id = $1',
        [refundedTwice.paymentId],
      );
      return rows[0]!.minor === '20100';
    });
    await run();
    assert.deepEqual(
      new Set((await open()).map(({ matter }) => matter)),
      new Set([
        `reference ${stray.id}`,
        `reference ${stray.id}:fee`,
        `adjustment ${booked.causeId}`,
      ]),
    );
  });

  it('says nothing, and is asked again, when the provider does not tell', async () => {
    const before = (await open()).length;
    await bench.paid();
    await bench.behave({ next: [{ call: 'search_payments', fault: 'error_before' }] });
    const { status, body } = await bench.send('POST', '/reconciliation/runs', { payload: {} });
    assert.deepEqual([status, body.code], [503, 'payments.provider_unavailable']);
    await run();
    assert.equal((await open()).length, before);
  });
});
