import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '../testing/many-cases.ts';
import { allocate, formatAmount, largestAmountMinor, parseAmount } from './money.ts';

describe('parseAmount', () => {
  for (const [text, currency, amountMinor] of [
    ['899.99', 'USD', 89_999n],
    ['0.1', 'COP', 10n],
    ['2500000000.00', 'COP', 250_000_000_000n],
    ['990', 'CLP', 990n],
    ['1.234', 'KWD', 1_234n],
  ] as const) {
    it(`reads ${text} ${currency} as ${amountMinor} minor units`, () => {
      assert.deepEqual(parseAmount(text, currency), { amountMinor });
    });
  }

  for (const [text, currency, fault] of [
    ['1.999', 'COP', 'too_many_decimals'],
    ['12.500', 'USD', 'too_many_decimals'],
    ['1.5', 'CLP', 'too_many_decimals'],
    ['1,50', 'USD', 'not_a_decimal'],
    ['1e3', 'USD', 'not_a_decimal'],
    ['', 'USD', 'not_a_decimal'],
    [' 1', 'USD', 'not_a_decimal'],
    ['Infinity', 'USD', 'not_a_decimal'],
    ['100000000000.01', 'USD', 'too_large'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} ${currency}: ${fault}`, () => {
      assert.deepEqual(parseAmount(text, currency), { fault });
    });
  }

  it('reads back whatever formatAmount writes', () => {
    manyCases((draw) => {
      const amountMinor = draw.bigint(0n, largestAmountMinor);
      const currency = draw.of(['COP', 'CLP', 'KWD', 'CLF']);
      const read = parseAmount(formatAmount(amountMinor, currency), currency);
      assert.equal('amountMinor' in read ? read.amountMinor : read.fault, amountMinor);
    });
  });
});

describe('allocate', () => {
  it('gives the larger remainders the odd units', () => {
    assert.deepEqual(allocate(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
    assert.deepEqual(allocate(5n, [3n, 7n]), [2n, 3n]);
  });

  it('never loses or makes a unit, and no part is off by a whole one', () => {
    manyCases((draw) => {
      const total = draw.bigint(0n, largestAmountMinor);
      const weights = draw.list(1, 20, () => draw.bigint(0n, 1_000_000n));
      if (!weights.some((weight) => weight > 0n)) weights[0] = 1n;
      const parts = allocate(total, weights);
      const sum = weights.reduce((a, b) => a + b, 0n);
      let given = 0n;
      for (const [i, part] of parts.entries()) {
        given += part;
        const distance = part * sum - total * weights[i]!;
        assert.ok(distance < sum && distance > -sum, 'within one unit of the exact share');
      }
      assert.equal(given, total);
    });
  });
});
