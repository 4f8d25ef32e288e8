import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { describeCard } from './card.ts';
import { captureEntry, nextCheckDelayMs, type Payment } from './payment.ts';

const paymentOf = (amounts: readonly bigint[]): Payment => ({
  id: 'p1',
  orderId: 'o1',
  buyerId: 'b1',
  amount: money(
    amounts.reduce((a, b) => a + b, 0n),
    'COP',
  ),
  shares: amounts.map((amountMinor, i) => ({
    sellerId: `s${i}`,
    amountMinor,
    refundedMinor: 0n,
    commissionMinor: 0n,
    commissionTaxMinor: 0n,
    commissionRefundedMinor: 0n,
    commissionTaxRefundedMinor: 0n,
    earnedAt: null,
  })),
  status: 'completed',
  provider: 'sandbox',
  providerReference: null,
  card: { brand: 'visa', last4: '4242' },
  failure: null,
  refundedMinor: 0n,
  refundingMinor: 0n,
  version: 1,
  createdAt: '',
  completedAt: null,
  updatedAt: '',
});

describe('journal entries', () => {
  it('capture what the provider holds for the sellers', () => {
    assert.deepEqual(
      captureEntry(paymentOf([700n, 300n]), 'e1').lines.map((l) => [
        l.account,
        l.side,
        l.amountMinor,
      ]),
      [
        ['provider:sandbox', 'debit', 1000n],
        ['seller:s0:pending', 'credit', 700n],
        ['seller:s1:pending', 'credit', 300n],
      ],
    );
  });
});

describe('describeCard', () => {
  const now = new Date('2026-06-15T00:00:00Z');
  const card = { number: '4242 4242 4242 4242', expiryMonth: 6, expiryYear: 2026 };

  it('takes a card to the end of its month and keeps four digits', () => {
    assert.deepEqual(describeCard(card, now), {
      number: '4242424242424242',
      brand: 'visa',
      last4: '4242',
    });
  });

  for (const [why, change, code] of [
    ['a digit is wrong', { number: '4242424242424241' }, 'card_number_invalid'],
    ['it is no number', { number: '4242x' }, 'card_number_invalid'],
    ['its month is over', { expiryMonth: 5 }, 'card_expired'],
  ] as const) {
    it(`refuses it when ${why}`, () => {
      assert.throws(() => describeCard({ ...card, ...change }, now), { code: `payments.${code}` });
    });
  }
});

describe('nextCheckDelayMs', () => {
  it('asks often at first and never stops', () => {
    assert.deepEqual(
      [0, 5_000, 20_000, 100_000, 10 ** 9].map(nextCheckDelayMs),
      [2_000, 5_000, 15_000, 60_000, 3_600_000],
    );
  });
});
