import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '#shared/testing/many-cases.ts';
import { money, multiplyMoney } from '#shared/kernel/money.ts';
import { taxIncludedIn, taxTotalsOf } from './tax.ts';

const rateOf = (rateBasisPoints: number, code = `IVA-${rateBasisPoints / 100}`) => ({
  code,
  jurisdiction: 'CO',
  rateBasisPoints,
});

describe('the tax in a price', () => {
  for (const [gross, rate, tax] of [
    [119n, 1_900, 19n],
    [4_890_000n, 1_900, 780_756n],
    [100n, 1_900, 16n],
    [1n, 1_900, 0n],
    [3n, 10_000, 2n],
    [1_000n, 0, 0n],
    [0n, 1_900, 0n],
  ] as const)
    it(`of ${gross} at ${rate} is ${tax}, rounded half up`, () => {
      const found = taxIncludedIn(money(gross, 'COP'), rateOf(rate));
      assert.deepEqual(found, {
        ...rateOf(rate),
        net: money(gross - tax, 'COP'),
        tax: money(tax, 'COP'),
      });
    });

  it('adds up over lines and rates, and is half a unit off at most', () => {
    manyCases((draw) => {
      const lines = draw.list(1, 12, () => {
        const total = multiplyMoney(
          money(draw.bigint(1n, 10_000_000_000n), 'CLP'),
          1 + draw.below(999),
        );
        const rate = draw.of([undefined, 0, 500, 800, 1_900, 2_100]);
        return rate === undefined ? { total } : { total, tax: taxIncludedIn(total, rateOf(rate)) };
      });
      for (const { total, tax } of lines) {
        if (!tax) continue;
        assert.equal(tax.net.amountMinor + tax.tax.amountMinor, total.amountMinor);
        const whole = 10_000n + BigInt(tax.rateBasisPoints);
        const off = tax.tax.amountMinor * whole - total.amountMinor * BigInt(tax.rateBasisPoints);
        assert.ok(2n * (off < 0n ? -off : off) <= whole);
      }
      const totals = taxTotalsOf(lines);
      const sum = (amounts: readonly bigint[]) => amounts.reduce((a, b) => a + b, 0n);
      const taxed = lines.filter((one) => one.tax);
      assert.equal(
        sum(totals.map((one) => one.net.amountMinor + one.tax.amountMinor)),
        sum(taxed.map((one) => one.total.amountMinor)),
      );
      assert.equal(
        sum(totals.map((one) => one.tax.amountMinor)),
        sum(taxed.map((one) => one.tax!.tax.amountMinor)),
      );
      assert.equal(totals.length, new Set(taxed.map((one) => one.tax!.code)).size);
    });
  });
});
