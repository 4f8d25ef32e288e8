import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  calls,
  callFaults,
  createChooser,
  createDice,
  deliveries,
  type CallFault,
} from './behaviour.ts';
import {
  aPayment,
  pesos,
  startReceiver,
  startTestSimulator,
  token,
  until,
  valueOf,
} from './steps.test.ts';

const newKey = (): string => crypto.randomUUID();

describe('a call that fails', () => {
  it('answers what its fault says, has its effect or not, and is one payment in the end', async () => {
    const { client, behave, books } = await startTestSimulator(
      {
        behaviour: { hang_ms: 2_000, slow_ms: 600 },
      },
      400,
    );
    const expected: Readonly<
      Record<CallFault, readonly [is: string, why: string, effect: boolean]>
    > = {
      timeout_before: ['unclear', 'timeout', false],
      timeout_after: ['unclear', 'timeout', true],
      error_before: ['unclear', 'server_error', false],
      error_after: ['unclear', 'server_error', true],
      reset_before: ['unclear', 'connection_lost', false],
      reset_after: ['unclear', 'connection_lost', true],
      rate_limited: ['rate_limited', '', false],
      slow: ['unclear', 'timeout', true],
    };
    for (const fault of callFaults) {
      const [is, why, hasEffect] = expected[fault];
      const payment = aPayment();
      const given = { token, key: newKey(), payment };
      const charged = async () =>
        (await books()).charges.filter(
          (one) => one.external_reference === payment.externalReference,
        ).length;
      await behave({ next: [{ call: 'create_payment', fault }] });
      const answer = await client.createPayment(given);
      assert.equal(answer.is, is, fault);
      if (answer.is === 'unclear') assert.equal(answer.why, why, fault);
      if (answer.is === 'rate_limited') assert.equal(answer.retryAfterMs, 1_000);
      assert.equal(await charged(), hasEffect ? 1 : 0, fault);
      assert.equal((await client.createPayment(given)).is, 'ok', fault);
      assert.equal(await charged(), 1, fault);
    }
  });

  it('may be any call of the API', async () => {
    const { client, behave, ask } = await startTestSimulator({}, 400);
    const payment = valueOf(
      await client.createPayment({ token, key: newKey(), payment: aPayment() }),
    );
    const { id } = payment;
    const { body } = await ask<{ id: string }>('POST', `/simulator/payments/${id}/chargeback`);
    const secrets = { clientId: 'x', clientSecret: 'x', key: 'x' };
    const made: Readonly<Record<(typeof calls)[number], () => Promise<{ is: string }>>> = {
      create_preference: () =>
        client.createPreference({
          token,
          key: newKey(),
          preference: {
            externalReference: 'r',
            items: [],
            notificationUrl: '',
            backUrls: { success: '', pending: '', failure: '' },
          },
        }),
      get_preference: () => client.getPreference({ token, id: 'x' }),
      create_payment: () => client.createPayment({ token, key: newKey(), payment: aPayment() }),
      get_payment: () => client.getPayment({ token, id }),
      search_payments: () => client.searchPayments({ token, externalReference: 'x' }),
      update_payment: () => client.cancelPayment({ token, key: newKey(), id }),
      refund: () => client.refundPayment({ token, key: newKey(), id, currency: 'COP' }),
      get_refund: () => client.getRefund({ token, id, refundId: '1', currency: 'COP' }),
      list_refunds: () => client.listRefunds({ token, id, currency: 'COP' }),
      get_merchant_order: () => client.getMerchantOrder({ token, id: '1' }),
      search_merchant_orders: () => client.searchMerchantOrders({ token, preferenceId: 'x' }),
      get_chargeback: () => client.getChargeback({ token, id: body.id }),
      list_reports: () => client.listReports({ token }),
      request_report: () =>
        client.requestReport({ token, key: newKey(), from: new Date(0), to: new Date() }),
      get_report: () => client.readReport({ token, fileName: 'none.csv' }),
      token: () => client.refreshTokens({ ...secrets, refreshToken: 'x' }),
    };
    for (const call of calls) {
      await behave({ next: [{ call, fault: 'error_before' }] });
      assert.equal((await made[call]()).is, 'unclear', call);
      assert.notEqual((await made[call]()).is, 'unclear', `${call}, once more`);
    }
  });
});

describe('a notification', () => {
  for (const [delivery, count] of [
    ['on_time', 1],
    ['late', 1],
    ['twice', 2],
    ['ten_times', 10],
    ['before_answer', 1],
    ['never', 0],
  ] as const)
    it(`that comes ${delivery} is delivered ${count} times, signed`, async () => {
      const receiver = await startReceiver();
      const { client, behave, ask } = await startTestSimulator({}, 400);
      await behave({ webhooks: { [delivery]: 1 }, late_ms: 100 });
      const payment = aPayment({ notificationUrl: `${receiver.url}?source=mp` });
      const { id } = valueOf(await client.createPayment({ token, key: newKey(), payment }));
      if (delivery === 'before_answer') assert.equal(receiver.received.length, 1);
      await until(() => receiver.received.length >= count);
      await ask('POST', '/simulator/quiet');
      assert.equal(receiver.received.length, count);
      for (const one of receiver.received) {
        assert.partialDeepStrictEqual(one, { topic: 'payment', dataId: id });
        assert.equal(one.verdict.is, 'genuine');
      }
      assert.equal(new Set(receiver.received.map(({ requestId }) => requestId)).size, count);
    });

  it('is overtaken by the next one when it is reordered', async () => {
    const receiver = await startReceiver();
    const { client, behave } = await startTestSimulator({}, 400);
    const pay = async () => {
      const payment = aPayment({ notificationUrl: receiver.url });
      return valueOf(await client.createPayment({ token, key: newKey(), payment })).id;
    };
    await behave({ webhooks: { reordered: 1 }, late_ms: 600_000 });
    const first = await pay();
    await behave({ webhooks: { on_time: 1 } });
    const second = await pay();
    await until(() => receiver.received.length === 2);
    assert.deepEqual(
      receiver.received.map(({ dataId }) => dataId),
      [second, first],
    );
  });

  it('is sent again until it is taken, with a new signature', async () => {
    const receiver = await startReceiver();
    const { client, behave, books } = await startTestSimulator({}, 400);
    await behave({ retry_ms: 20 });
    receiver.answerWith(503);
    const payment = aPayment({ notificationUrl: receiver.url });
    await client.createPayment({ token, key: newKey(), payment });
    await until(() => receiver.received.length >= 3);
    receiver.answerWith(201);
    await until(async () => (await books()).notices.every(({ state }) => state === 'delivered'));
    const ids = receiver.received.map(({ requestId }) => requestId);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('signs an id with letters as it is or in lower case, and the time in either unit', async () => {
    const receiver = await startReceiver();
    const { client, ask, behave } = await startTestSimulator({}, 400);
    for (const signedId of ['as_sent', 'lower_case'] as const)
      for (const tsUnit of ['seconds', 'milliseconds'] as const) {
        await behave({ signed_id: signedId, ts_unit: tsUnit });
        receiver.received.length = 0;
        const payment = aPayment({ notificationUrl: receiver.url });
        const { id } = valueOf(await client.createPayment({ token, key: newKey(), payment }));
        await ask('POST', `/simulator/payments/${id}/chargeback`);
        const found = () => receiver.received.find(({ topic }) => topic === 'topic_chargebacks_wh');
        await until(() => found() !== undefined);
        const { verdict, tsDigits } = found()!;
        assert.ok(verdict.is === 'genuine');
        assert.equal(verdict.signedForm, signedId);
        assert.equal(tsDigits, tsUnit === 'seconds' ? 10 : 13);
        assert.ok(Math.abs(verdict.signedAt.getTime() - Date.now()) < 60_000);
      }
  });

  it('of a wrong secret is refused by whoever checks it', async () => {
    const receiver = await startReceiver();
    const { client } = await startTestSimulator({ webhookSecret: 'another secret' }, 400);
    const payment = aPayment({ notificationUrl: receiver.url });
    await client.createPayment({ token, key: newKey(), payment });
    await until(() => receiver.received.length === 1);
    assert.deepEqual(receiver.received[0]!.verdict, { is: 'refused', fault: 'mac_wrong' });
  });
});

describe('quiet', () => {
  it('heals the calls, settles the refunds and sends all that waited', async () => {
    const receiver = await startReceiver();
    const { client, ask, behave, books } = await startTestSimulator({}, 400);
    await behave({
      webhooks: { late: 1, reordered: 1 },
      late_ms: 600_000,
      refunds_in_process: 1,
      refund_settles_ms: 600_000,
    });
    for (let i = 0; i < 5; i++) {
      const payment = aPayment({ notificationUrl: receiver.url });
      const { id } = valueOf(await client.createPayment({ token, key: newKey(), payment }));
      valueOf(
        await client.refundPayment({
          token,
          key: newKey(),
          id,
          currency: 'COP',
          amount: pesos(500),
        }),
      );
    }
    await behave({ calls: { error_before: 1 } });
    const { body } = await ask('POST', '/simulator/quiet');
    assert.partialDeepStrictEqual(body, { refunds_settled: 5, undelivered: 0 });
    const { notices, refunds, charges } = await books();
    assert.ok(notices.every(({ state }) => state === 'delivered'));
    assert.ok(refunds.every(({ status }) => status === 'approved'));
    assert.ok(charges.every(({ refunded }) => refunded === '500.00'));
    assert.equal((await client.getPayment({ token, id: charges[0]!.id })).is, 'ok');
  });
});

describe('every misbehaviour at once', () => {
  it('makes one charge a key and no refund too much, in 300 purchases', async () => {
    const receiver = await startReceiver();
    const { client, ask, behave, books } = await startTestSimulator({}, 400);
    const all = Object.fromEntries(deliveries.map((name) => [name, 1]));
    await behave({
      seed: 7,
      webhooks: all,
      calls: Object.fromEntries(callFaults.map((name) => [name, 0.05])),
      signed_id: 'both',
      ts_unit: 'both',
      refunds_in_process: 0.3,
      refunds_failing: 0.2,
      hang_ms: 600,
      slow_ms: 50,
      late_ms: 200,
      retry_ms: 50,
    });
    /** The worker's way: the same key until the answer is clear. */
    const persist = async <T extends { is: string }>(send: () => Promise<T>): Promise<T> => {
      for (;;) {
        const answer = await send();
        if (answer.is === 'ok' || answer.is === 'refused') return answer;
      }
    };
    let unrefunded = 0;
    const buy = async (): Promise<void> => {
      const payment = aPayment({ notificationUrl: receiver.url });
      const [key, refundKey] = [newKey(), newKey()];
      const { id } = valueOf(await persist(() => client.createPayment({ token, key, payment })));
      const given = { token, key: refundKey, id, currency: 'COP', amount: pesos(500) };
      const answer = await persist(() => client.refundPayment(given));
      if (answer.is !== 'ok') unrefunded += 1;
    };
    const waves = 300 / 30;
    for (let i = 0; i < waves; i++) await Promise.all(Array.from({ length: 30 }, buy));
    await ask('POST', '/simulator/quiet');
    const { charges, refunds, notices } = await books();
    assert.equal(charges.length, 300);
    assert.equal(new Set(charges.map((one) => one.external_reference)).size, 300);
    assert.equal(refunds.length + unrefunded, 300);
    assert.equal(unrefunded, 0);
    for (const { id, refunded } of charges) {
      const own = refunds.filter((one) => one.charge_id === id);
      const sum = own.filter((one) => one.status === 'approved').length * 500;
      assert.equal(refunded, `${sum}.00`);
    }
    assert.ok(notices.every(({ state }) => state === 'delivered' || state === 'dropped'));
    assert.ok(receiver.received.length > 600, `${receiver.received.length} notifications`);
    assert.ok(receiver.received.every(({ verdict }) => verdict.is === 'genuine'));
  });
});

describe('the dice', () => {
  it('fall the same for the same seed', () => {
    const roll = (seed: number) => Array.from({ length: 5 }, createDice(seed));
    assert.deepEqual(roll(7), roll(7));
    assert.notDeepEqual(roll(7), roll(8));
  });

  it('choose by weight, and near it', () => {
    const chooser = createChooser({ webhooks: { late: 1, twice: 3 } });
    const found = Array.from({ length: 10_000 }, chooser.delivery);
    const late = found.filter((one) => one === 'late').length;
    assert.ok(late > 2_300 && late < 2_700, `${late}`);
    assert.equal(found.filter((one) => one === 'twice').length, 10_000 - late);
    const faults = createChooser({ calls: { slow: 0.1 } });
    const slow = Array.from({ length: 10_000 }, () => faults.fault('refund').fault);
    const count = slow.filter((one) => one === 'slow').length;
    assert.ok(count > 850 && count < 1_150, `${count}`);
    assert.equal(createChooser({ webhooks: {} }).delivery(), 'on_time');
  });
});
