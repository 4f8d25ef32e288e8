import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  statusOf,
  statusOfMerchantOrder,
} from '../../../services/payments/infrastructure/mercado-pago/status.ts';
import { declineDetails } from './outcomes.ts';
import { defaults } from './simulator.ts';
import {
  aPayment,
  aPreference,
  pesos,
  startReceiver,
  startTestSimulator,
  token,
  until,
  valueOf,
} from './steps.test.ts';

const receiver = await startReceiver();
const simulator = await startTestSimulator({ panelUrl: receiver.url });
const { client, ask, behave, books } = simulator;
const newKey = (): string => crypto.randomUUID();
const pay = async (change: Parameters<typeof aPayment>[0] = {}) =>
  valueOf(await client.createPayment({ token, key: newKey(), payment: aPayment(change) }));

describe('a preference', () => {
  it('is made once a key, read, and paid in its page’s ways', async () => {
    const given = { token, key: newKey(), preference: aPreference() };
    const made = valueOf(await client.createPreference(given));
    assert.deepEqual(valueOf(await client.createPreference(given)), made);
    assert.deepEqual(valueOf(await client.getPreference({ token, id: made.id })), made);
    assert.equal(made.externalReference, given.preference.externalReference);
    assert.match(made.initPoint, /^http:\/\/127\.0\.0\.1:\d+\/checkout\//);

    const path = `/simulator/preferences/${made.id}/pay`;
    const declined = { status: 'rejected', detail: 'cc_rejected_high_risk' };
    assert.equal((await ask('POST', path, declined)).status, 201);
    assert.equal((await ask('POST', path, { status: 'approved' })).status, 201);
    assert.equal((await ask('POST', path, { status: 'approved' })).status, 201);

    const { externalReference } = given.preference;
    const found = valueOf(await client.searchPayments({ token, externalReference }));
    assert.deepEqual(
      found.results.map((one) => statusOf(one).is),
      ['approved', 'approved', 'declined'],
    );
    assert.ok(found.results.every((one) => one.amount.amountMinor === 4_800_000n));
    const orders = valueOf(await client.searchMerchantOrders({ token, preferenceId: made.id }));
    const [order] = orders.results;
    assert.equal(orders.total, 1);
    assert.deepEqual(valueOf(await client.getMerchantOrder({ token, id: order!.id })), order);
    assert.deepEqual(
      valueOf(await client.searchMerchantOrders({ token, externalReference })).results,
      [order],
    );
    assert.equal(order!.paid.amountMinor, 9_600_000n);
    const judged = statusOfMerchantOrder({
      currency: order!.currency,
      totalMinor: order!.total.amountMinor,
      shippingMinor: order!.shipping.amountMinor,
      payments: order!.payments.map((one) => ({
        status: one.status,
        statusDetail: one.statusDetail,
        amountMinor: one.amount.amountMinor,
        refundedMinor: one.refunded.amountMinor,
        currency: one.amount.currency,
      })),
    });
    assert.deepEqual(judged, { is: 'overpaid', paidMinor: 9_600_000n, surplusMinor: 4_800_000n });
  });
});

describe('a payment', () => {
  it('is one for fifty requests of one key at once', async () => {
    const payment = aPayment();
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.createPayment({ token, key, payment })),
    );
    assert.equal(new Set(answers.map((answer) => valueOf(answer).id)).size, 1);
    const { charges } = await books();
    const own = charges.filter((one) => one.external_reference === payment.externalReference);
    assert.deepEqual(
      own.map(({ amount, status }) => [amount, status]),
      [['12500.00', 'approved']],
    );
    // Another key is another payment: the key alone decides.
    const other = valueOf(await client.createPayment({ token, key: newKey(), payment }));
    assert.notEqual(other.id, valueOf(answers[0]!).id);
  });

  it('says what the fees are, who collects it, and that it is not live', async () => {
    const made = await pay();
    assert.partialDeepStrictEqual(made, {
      collectorId: defaults.platformId,
      liveMode: false,
      captured: true,
      cardLastFour: '0604',
    });
    assert.deepEqual(valueOf(await client.getPayment({ token, id: made.id })), made);
    const fees = made.fees.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
    assert.ok(fees > 0n && made.netReceived!.amountMinor + fees === made.amount.amountMinor);
  });

  for (const [firstName, is, reason] of [
    ['APRO', 'approved', 'accredited'],
    ['OTHE', 'declined', 'card_declined'],
    ['FUND', 'declined', 'insufficient_funds'],
    ['SECU', 'declined', 'security_code_invalid'],
    ['EXPI', 'declined', 'expired_card'],
    ['CALL', 'declined', 'call_bank'],
    ['FORM', 'declined', 'card_data_invalid'],
    ['CONT', 'pending', 'in_process'],
  ] as const)
    it(`of ${firstName} is ${is}: ${reason}`, async () => {
      const payer = { email: 'a@example.com', firstName };
      assert.deepEqual(statusOf(await pay({ payer })), { is, reason });
    });

  it('can be declined for every reason that we can read', async () => {
    const { id } = valueOf(
      await client.createPreference({ token, key: newKey(), preference: aPreference() }),
    );
    for (const detail of declineDetails) {
      const path = `/simulator/preferences/${id}/pay`;
      const { status, body } = await ask<{ id: number }>('POST', path, {
        status: 'rejected',
        detail,
      });
      assert.equal(status, 201);
      const read = valueOf(await client.getPayment({ token, id: String(body.id) }));
      assert.equal(statusOf(read).is, 'declined', detail);
    }
  });

  it('waits, and is decided later', async () => {
    const made = await pay({ payer: { email: 'a@example.com', firstName: 'CONT' } });
    const path = `/simulator/payments/${made.id}/decide`;
    assert.equal((await ask('POST', path, { status: 'approved' })).status, 200);
    assert.equal((await ask('POST', path, { status: 'rejected' })).status, 400, 'only once');
    assert.equal(statusOf(valueOf(await client.getPayment({ token, id: made.id }))).is, 'approved');
  });

  it('is reserved, and captured in part or cancelled', async () => {
    const reserved = await pay({ capture: false });
    assert.deepEqual(statusOf(reserved), { is: 'authorized', reason: 'waiting_capture' });
    assert.equal(reserved.captured, false);
    const capture = { token, key: newKey(), id: reserved.id, amount: pesos(10_000) };
    const captured = valueOf(await client.capturePayment(capture));
    assert.equal(captured.amount.amountMinor, 1_000_000n);
    assert.equal(statusOf(captured).is, 'approved');
    assert.deepEqual(valueOf(await client.capturePayment(capture)), captured, 'the same key again');
    const again = await client.capturePayment({ ...capture, key: newKey() });
    assert.partialDeepStrictEqual(again, { is: 'refused', reason: 'wrong_state' });

    const other = await pay({ capture: false });
    const cancelled = valueOf(await client.cancelPayment({ token, key: newKey(), id: other.id }));
    assert.deepEqual(statusOf(cancelled), { is: 'cancelled', reason: 'by_seller' });
    assert.partialDeepStrictEqual(
      await client.cancelPayment({ token, key: newKey(), id: reserved.id }),
      { is: 'refused', reason: 'wrong_state' },
    );
  });

  it('is not found by another, and not by anybody without a token', async () => {
    const { id } = await pay();
    assert.partialDeepStrictEqual(await client.getPayment({ token: 'x', id }), {
      is: 'refused',
      reason: 'token_refused',
    });
    assert.partialDeepStrictEqual(await client.getPayment({ token, id: '1' }), {
      is: 'refused',
      reason: 'not_found',
    });
  });

  it('appears in the search when the index has caught up', async () => {
    await behave({ search_lag_ms: 300 });
    const { externalReference } = await pay();
    const search = async () =>
      valueOf(await client.searchPayments({ token, externalReference: externalReference! })).total;
    assert.equal(await search(), 0);
    await until(async () => (await search()) === 1);
    await behave({ search_lag_ms: 0 });
  });
});

describe('a search of what changed', () => {
  it('tells what was changed between two moments, the longest ago first', async () => {
    const [first, second] = [await pay(), await pay()];
    await new Promise((resolve) => setTimeout(resolve, 5));
    const from = new Date();
    const given = { token, key: newKey(), id: first.id, currency: 'COP', amount: pesos(5) };
    valueOf(await client.refundPayment(given));
    const searched = async (since: Date) => {
      const period = { from: since, to: new Date(Date.now() + 60_000) };
      return valueOf(await client.searchUpdated({ token, ...period, offset: 0, limit: 100 }));
    };
    assert.deepEqual(
      (await searched(from)).results.map(({ id }) => id),
      [first.id],
    );
    const all = (await searched(new Date(0))).results.map(({ id }) => id);
    assert.deepEqual(all.slice(-2), [second.id, first.id]);
    assert.equal((await searched(new Date(Date.now() + 30_000))).total, 0);
    assert.equal((await ask('POST', `/simulator/payments/${first.id}/misstate`, {})).status, 400);
  });
});

describe('a refund', () => {
  const refund = (id: string, units?: number, key = newKey()) =>
    client.refundPayment({
      token,
      key,
      id,
      currency: 'COP',
      ...(units !== undefined && { amount: pesos(units) }),
    });

  it('is partial, repeated by its key, and then the rest', async () => {
    const { id } = await pay();
    const key = newKey();
    const first = valueOf(await refund(id, 2_500, key));
    assert.deepEqual(valueOf(await refund(id, 2_500, key)), first);
    let read = valueOf(await client.getPayment({ token, id }));
    assert.deepEqual(statusOf(read), { is: 'approved', reason: 'partially_refunded' });
    assert.equal(read.refunded.amountMinor, 250_000n);

    assert.equal((await refund(id, 10_001)).is, 'refused', 'more than is left');
    const rest = valueOf(await refund(id));
    assert.equal(rest.amount.amountMinor, 1_000_000n);
    read = valueOf(await client.getPayment({ token, id }));
    assert.equal(statusOf(read).is, 'refunded');
    const listed = valueOf(await client.listRefunds({ token, id, currency: 'COP' }));
    assert.deepEqual(listed, [first, rest]);
    assert.deepEqual(read.refunds, listed);
    const given = { token, id, refundId: rest.id, currency: 'COP' };
    assert.deepEqual(valueOf(await client.getRefund(given)), rest);
    assert.partialDeepStrictEqual(await refund(id, 1), { is: 'refused', reason: 'wrong_state' });
  });

  it('takes its time, holds what it will take, and ends either way', async () => {
    await behave({ refunds_in_process: 1, refund_settles_ms: 600_000 });
    const { id } = await pay();
    const one = valueOf(await refund(id, 10_000));
    const two = valueOf(await refund(id, 2_500));
    assert.deepEqual([one.is, two.is], ['in_process', 'in_process']);
    assert.equal((await refund(id, 1)).is, 'refused', 'all of it is spoken for');
    assert.equal(valueOf(await client.getPayment({ token, id })).refunded.amountMinor, 0n);
    await ask('POST', `/simulator/refunds/${one.id}/settle`, { outcome: 'approved' });
    await ask('POST', `/simulator/refunds/${two.id}/settle`, { outcome: 'rejected' });
    const read = valueOf(await client.getPayment({ token, id }));
    assert.equal(read.refunded.amountMinor, 1_000_000n);
    assert.deepEqual(
      read.refunds.map((found) => found.is),
      ['completed', 'failed'],
    );
    await behave({ refund_settles_ms: 0 });
    const last = valueOf(await refund(id, 500));
    await until(async () => {
      const given = { token, id, refundId: last.id, currency: 'COP' };
      return valueOf(await client.getRefund(given)).is === 'completed';
    });
    await behave({ refunds_in_process: 0 });
  });

  it('looks like a refusal to whoever does not ask for refunds in process', async () => {
    await behave({ refunds_in_process: 1, refund_settles_ms: 600_000 });
    const { id } = await pay();
    const answer = await fetch(`${simulator.url}/v1/payments/${id}/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-idempotency-key': newKey() },
    });
    assert.equal(answer.status, 400);
    await behave({ refunds_in_process: 0, refund_settles_ms: 2_000 });
  });

  for (const [code, reason] of [
    [2022, 'too_many_refunds'],
    [2024, 'refund_too_old'],
    [2025, 'not_refundable'],
    [2030, 'collector_lacks_money'],
    [3024, 'partial_not_supported'],
  ] as const)
    it(`is refused with ${code} once, if that was asked for: ${reason}`, async () => {
      const { id } = await pay();
      await behave({ next: [{ call: 'refund', refuse: code }] });
      assert.partialDeepStrictEqual(await refund(id, 500), { is: 'refused', reason });
      assert.equal((await refund(id, 500)).is, 'ok');
    });
});

describe('a chargeback', () => {
  for (const [outcome, reason, isCoverageApplied] of [
    ['won', 'won', true],
    ['lost', 'lost', false],
  ] as const)
    it(`takes the rest of the money, and is ${outcome}`, async () => {
      const { id } = await pay();
      await client.refundPayment({ token, key: newKey(), id, currency: 'COP', amount: pesos(500) });
      const { body } = await ask<{ id: string }>('POST', `/simulator/payments/${id}/chargeback`);
      const open = valueOf(await client.getChargeback({ token, id: body.id }));
      assert.partialDeepStrictEqual(open, { paymentIds: [id], isCoverageApplied: null });
      assert.equal(open.amount.amountMinor, 1_200_000n);
      const read = async () => statusOf(valueOf(await client.getPayment({ token, id })));
      assert.deepEqual(await read(), { is: 'charged_back', reason: 'open' });
      await ask('POST', `/simulator/chargebacks/${body.id}/resolve`, { outcome });
      assert.deepEqual(await read(), { is: 'charged_back', reason });
      assert.partialDeepStrictEqual(valueOf(await client.getChargeback({ token, id: body.id })), {
        isCoverageApplied,
      });
    });
});

describe('a seller', () => {
  const credentials = { clientId: defaults.applicationId, clientSecret: defaults.clientSecret };
  const redirectUri = 'http://127.0.0.1:1/linked?from=mp';
  const consent = async (verifier: string): Promise<URL> => {
    const query = new URLSearchParams({
      client_id: defaults.applicationId,
      redirect_uri: redirectUri,
      state: 'abc',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const answer = await fetch(`${simulator.url}/authorization?${query.toString()}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ do: 'agree', name: 'Panadería del Sur' }),
    });
    assert.equal(answer.status, 303);
    return new URL(answer.headers.get('location')!);
  };

  it('links, charges with a fee, renews the tokens, and unlinks', async () => {
    const codeVerifier = randomBytes(32).toString('base64url');
    const back = await consent(codeVerifier);
    assert.equal(back.searchParams.get('state'), 'abc');
    assert.equal(back.searchParams.get('from'), 'mp');
    const code = back.searchParams.get('code')!;
    const exchange = (verifier: string) =>
      client.exchangeCode({
        ...credentials,
        code,
        redirectUri,
        codeVerifier: verifier,
        key: newKey(),
      });
    assert.partialDeepStrictEqual(await exchange('another'), {
      is: 'refused',
      reason: 'grant_invalid',
    });
    const first = valueOf(await exchange(codeVerifier));
    assert.equal(first.expiresInSeconds, 180 * 86_400);
    assert.partialDeepStrictEqual(await exchange(codeVerifier), {
      is: 'refused',
      reason: 'grant_invalid',
    });

    const applicationFee = pesos(1_000);
    const fee = (bearer: string) =>
      client.createPayment({ token: bearer, key: newKey(), payment: aPayment({ applicationFee }) });
    assert.partialDeepStrictEqual(await fee(token), { is: 'refused', reason: 'fee_needs_oauth' });
    const charged = valueOf(await fee(first.accessToken));
    assert.equal(charged.collectorId, first.userId);
    assert.ok(charged.fees.some(({ type }) => type === 'application_fee'));
    assert.partialDeepStrictEqual(await client.getPayment({ token, id: charged.id }), {
      is: 'refused',
      reason: 'not_found',
    });

    // The fee goes back in proportion, and the account of a seller has what it has.
    const partly = await client.refundPayment({
      token: first.accessToken,
      key: newKey(),
      id: charged.id,
      currency: 'COP',
      amount: pesos(333),
    });
    assert.equal(valueOf(partly).is, 'completed');
    const read = async () =>
      valueOf(await client.getPayment({ token: first.accessToken, id: charged.id }));
    const { amount } = await read();
    const share = (1_000n * 33_300n) / amount.amountMinor;
    assert.equal((await read()).marketplaceFeeRefunded?.amountMinor, share * 100n);
    await ask('POST', `/simulator/sellers/${first.userId}/withdraw`, { amount: 1_000_000 });
    const rest = { token: first.accessToken, key: newKey(), id: charged.id, currency: 'COP' };
    assert.partialDeepStrictEqual(await client.refundPayment(rest), {
      is: 'refused',
      reason: 'collector_lacks_money',
    });

    const refresh = (refreshToken: string) =>
      client.refreshTokens({ ...credentials, refreshToken, key: newKey() });
    const second = valueOf(await refresh(first.refreshToken!));
    assert.notEqual(second.refreshToken, first.refreshToken);
    assert.partialDeepStrictEqual(await refresh(first.refreshToken!), {
      is: 'refused',
      reason: 'grant_invalid',
    });
    assert.equal(
      (await client.getPayment({ token: first.accessToken, id: charged.id })).is,
      'refused',
    );
    assert.equal((await client.getPayment({ token: second.accessToken, id: charged.id })).is, 'ok');

    receiver.received.length = 0;
    assert.equal((await ask('POST', `/simulator/sellers/${first.userId}/unlink`)).status, 200);
    await until(() => receiver.received.some(({ topic }) => topic === 'mp-connect'));
    assert.ok(receiver.received.every(({ verdict }) => verdict.is === 'genuine'));
    assert.equal(
      (await client.getPayment({ token: second.accessToken, id: charged.id })).is,
      'refused',
    );
    assert.equal((await refresh(second.refreshToken!)).is, 'refused');
  });

  it('may say no', async () => {
    const query = new URLSearchParams({ redirect_uri: redirectUri, state: 'abc' });
    const answer = await fetch(`${simulator.url}/authorization?${query.toString()}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ do: 'refuse' }),
    });
    const back = new URL(answer.headers.get('location')!);
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('code'), null);
  });
});

describe('the simulator', () => {
  it('refuses what is misspelt', async () => {
    for (const body of [
      { webhook: {} },
      { webhooks: { sometimes: 1 } },
      { calls: { timeout_after: 2 } },
      { calls: { timeout_after: 0.6, slow: 0.6 } },
      { next: [{ call: 'pay', fault: 'slow' }] },
      { late_ms: '5' },
    ])
      assert.equal(
        (await ask('PUT', '/simulator/behaviour', body)).status,
        400,
        JSON.stringify(body),
      );
    const { id } = await pay();
    const path = `/simulator/payments/${id}/decide`;
    assert.equal((await ask('POST', path, { status: 'paid' })).status, 400);
  });

  it('refuses an amount that the currency has not, and a mutation without a key', async () => {
    const post = (headers: Record<string, string>, amount: number) =>
      fetch(`${simulator.url}/v1/payments`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          ...headers,
        },
        body: JSON.stringify({ transaction_amount: amount }),
      });
    assert.equal((await post({}, 1000)).status, 400);
    for (const amount of [1000.5, 0, -1, 0.001])
      assert.equal(
        (await post({ 'x-idempotency-key': newKey() }, amount)).status,
        400,
        `${amount}`,
      );
  });

  it('is for this machine: pages of other sites cannot use it', async () => {
    const path = `${simulator.url}/simulator/quiet`;
    const answer = await fetch(path, {
      method: 'POST',
      headers: { origin: 'https://example.com' },
    });
    assert.equal(answer.status, 403);
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const sent = request(path, { method: 'POST', headers: { host: 'rebound.example.com' } });
      sent.on('response', (got) => resolve(got.statusCode));
      sent.end();
    });
    assert.equal(status, 403);
  });
});
