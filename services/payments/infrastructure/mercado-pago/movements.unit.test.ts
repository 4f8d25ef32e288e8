import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { movementsOf, unknownCharge, type KnownCharge } from './movements.ts';
import type { MercadoPagoPayment, MercadoPagoRefund } from './resources.ts';

const cop = (minor: bigint) => money(minor, 'COP');
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

const payment = (change: Partial<MercadoPagoPayment> = {}): MercadoPagoPayment => ({
  id: '13',
  status: 'approved',
  statusDetail: 'accredited',
  amount: cop(1_000n),
  refunded: cop(0n),
  netReceived: null,
  fees: [
    { type: 'mercadopago_fee', payer: 'collector', amount: cop(30n) },
    { type: 'application_fee', payer: 'collector', amount: cop(100n) },
  ],
  refunds: [],
  marketplaceFeeRefunded: null,
  externalReference: null,
  collectorId: '1',
  liveMode: true,
  captured: true,
  methodId: null,
  methodType: null,
  cardLastFour: null,
  merchantOrderId: null,
  createdAt: at(0),
  approvedAt: at(1),
  updatedAt: at(9),
  moneyReleaseAt: null,
  ...change,
});
const refund = (id: string, minor: bigint, minute: number, is = 'completed'): MercadoPagoRefund =>
  ({
    id,
    paymentId: '13',
    amount: cop(minor),
    is,
    status: is,
    createdAt: at(minute),
  }) as const as MercadoPagoRefund;
const cause = (type: string) => ({ type, id: type });
const known: KnownCharge = {
  charge: cause('capture'),
  fee: cause('provider_fee'),
  lost: cause('chargeback_lost'),
  refunds: [],
};
/** `reference cause amount`, one a movement. */
const told = (given: MercadoPagoPayment, charge: KnownCharge = known): readonly string[] =>
  movementsOf(given, charge).map(
    (one) => `${one.reference} ${one.cause?.type ?? '-'} ${one.amount.amountMinor}`,
  );

describe('what a payment moved', () => {
  it('is nothing until it is paid, or while its money is only reserved', () => {
    for (const [status, statusDetail] of [
      ['pending', 'pending_waiting_payment'],
      ['rejected', 'cc_rejected_other_reason'],
      ['cancelled', 'expired'],
      ['authorized', 'pending_capture'],
    ])
      assert.deepEqual(told(payment({ status: status!, statusDetail: statusDetail! })), []);
    assert.deepEqual(told(payment({ captured: false })), []);
  });

  it('is its amount and the fee of the provider, which ours is no part of', () => {
    assert.deepEqual(told(payment()), ['13 capture 1000', '13:fee provider_fee -30']);
    assert.deepEqual(told(payment(), unknownCharge), ['13 - 1000', '13:fee - -30']);
  });

  it('is each refund that was completed, under its own name', () => {
    const refunds = [refund('2', 200n, 3), refund('1', 100n, 2), refund('3', 50n, 4, 'failed')];
    const ours = [
      { cause: cause('second'), reference: '2', amountMinor: 200n },
      { cause: cause('first'), reference: '1', amountMinor: 100n },
    ];
    assert.deepEqual(told(payment({ refunds }), { ...known, refunds: ours }).slice(2), [
      '1 first -100',
      '2 second -200',
    ]);
  });

  it('fills a refund that was made there with those that have no name here, and no further', () => {
    const refunds = [refund('1', 100n, 2), refund('2', 150n, 3), refund('3', 150n, 4)];
    const ours = [{ cause: cause('adopted'), reference: null, amountMinor: 250n }];
    assert.deepEqual(told(payment({ refunds }), { ...known, refunds: ours }).slice(2), [
      '1 adopted -100',
      '2 adopted -150',
      '3 - -150',
    ]);
  });

  it('is what the bank took once that is decided against us, less what had gone back', () => {
    const of = (statusDetail: string) =>
      told(
        payment({ status: 'charged_back', statusDetail, refunds: [refund('1', 400n, 2)] }),
      ).slice(3);
    assert.deepEqual(of('settled'), ['13:chargeback chargeback_lost -600']);
    assert.deepEqual(of('in_process'), []);
    assert.deepEqual(of('reimbursed'), []);
  });
});
