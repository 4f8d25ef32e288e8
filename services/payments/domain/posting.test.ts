import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { post } from './posting.ts';

const head = { id: 'e1', causeId: 'c1', about: { paymentId: 'p1' } };
const facts = {
  currency: 'COP',
  names: { provider: 'sandbox' },
  amounts: { total: 1_000n },
  parts: [
    { names: { seller: 'a' }, amounts: { amount: 1_000n, collected: 0n } },
    { names: { seller: 'b' }, amounts: { amount: 0n, collected: 0n } },
  ],
};

describe('post', () => {
  it('fills names and amounts, and leaves out lines of nothing', () => {
    assert.deepEqual(post('capture', head, facts), {
      id: 'e1',
      causeType: 'capture',
      causeId: 'c1',
      about: { paymentId: 'p1' },
      lines: [
        { account: 'provider:sandbox', currency: 'COP', side: 'debit', amountMinor: 1_000n },
        { account: 'seller:a:pending', currency: 'COP', side: 'credit', amountMinor: 1_000n },
      ],
    });
  });

  for (const [why, wrong, message] of [
    ['a name is missing', { names: {} }, /needs provider/],
    ['an amount is missing', { amounts: {} }, /needs an amount of total/],
    ['an amount is negative', { amounts: { total: -1n } }, /needs an amount of total/],
    ['it does not balance', { amounts: { total: 999n } }, /does not balance/],
  ] as const) {
    it(`refuses when ${why}`, () => {
      assert.throws(() => post('capture', head, { ...facts, ...wrong }), message);
    });
  }
});
