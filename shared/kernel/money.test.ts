import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
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
    const amounts = fc.bigInt({ min: 0n, max: largestAmountMinor });
    fc.assert(
      fc.property(amounts, fc.constantFrom('COP', 'CLP', 'KWD', 'CLF'), (amountMinor, currency) => {
        assert.deepEqual(parseAmount(formatAmount(amountMinor, currency), currency), {
          amountMinor,
        });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('allocate', () => {
  it('gives the larger remainders the odd units', () => {
    assert.deepEqual(allocate(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
    assert.deepEqual(allocate(5n, [3n, 7n]), [2n, 3n]);
  });

  it('never loses or makes a unit, and no part is off by a whole one', () => {
    const cases = fc.tuple(
      fc.bigInt({ min: 0n, max: largestAmountMinor }),
      fc
        .array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 20 })
        .filter((weights) => weights.some((weight) => weight > 0n)),
    );
    fc.assert(
      fc.property(cases, ([total, weights]) => {
        const parts = allocate(total, weights);
        const sum = weights.reduce((a, b) => a + b, 0n);
        assert.equal(
          parts.reduce((a, b) => a + b, 0n),
          total,
        );
        parts.forEach((part, i) => {
          const distance = part * sum - total * weights[i]!;
          assert.ok(distance < sum && distance > -sum, 'within one unit of the exact share');
        });
      }),
      { numRuns: 5_000 },
    );
  });
});
