import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '#shared/testing/many-cases.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { largestAmountMinor, money } from '#shared/kernel/money.ts';
import {
  AmountNotSendable,
  fromWireText,
  toWireNumber,
  toWireString,
  wireExponent,
} from './amounts.ts';

const currencies = 'ARS BOB BRL CLP COP CRC DOP EUR GTQ HNL MXN NIO PAB PEN PYG USD UYU VES'.split(
  ' ',
);

describe('an amount on the wire', () => {
  for (const [amountMinor, currency, number, text] of [
    [1_250_000n, 'COP', '12500', '12500'],
    [990n, 'CLP', '990', '990'],
    [100n, 'HNL', '1', '1'],
    [20_000n, 'ARS', '200.00', '200.00'],
    [5n, 'MXN', '0.05', '0.05'],
    [0n, 'USD', '0.00', '0.00'],
    // Beyond what a float holds.
    [9_007_199_254_740_993n, 'BRL', '90071992547409.93', '90071992547409.93'],
  ] as const)
    it(`is ${number} for ${amountMinor} minor units of ${currency}`, () => {
      assert.equal(
        JSON.stringify({ a: toWireNumber(money(amountMinor, currency)) }),
        `{"a":${number}}`,
      );
      assert.equal(toWireString(money(amountMinor, currency)), text);
    });

  for (const [why, amountMinor, currency] of [
    ['centavos of a Colombian peso', 1_250_050n, 'COP'],
    ['one centavo of a lempira', 1n, 'HNL'],
    ['a currency it does not charge in', 1_000n, 'KWD'],
    ['less than nothing', -100n, 'ARS'],
  ] as const)
    it(`is refused for ${why}`, () => {
      assert.throws(() => toWireNumber(money(amountMinor, currency)), AmountNotSendable);
    });

  for (const [text, currency, amountMinor] of [
    ['12500', 'COP', 1_250_000n],
    ['12500.00', 'COP', 1_250_000n],
    ['12500.5', 'COP', 1_250_050n],
    ['990.0', 'CLP', 990n],
    ['990.5', 'CLP', undefined],
    ['0.1', 'ARS', 10n],
    ['4.35', 'ARS', 435n],
    ['0.001', 'ARS', undefined],
    ['1.25E+4', 'COP', 1_250_000n],
    ['1e-2', 'ARS', 1n],
    ['1e-3', 'ARS', undefined],
    ['-3.5', 'ARS', -350n],
    ['1.2345', 'CLF', 12_345n],
    ['1.234', 'KWD', 1_234n],
    ['', 'ARS', undefined],
    ['1,5', 'ARS', undefined],
    ['NaN', 'ARS', undefined],
    ['90071992547409.93', 'BRL', 9_007_199_254_740_993n],
  ] as const)
    it(`reads ${JSON.stringify(text)} ${currency} as ${amountMinor}`, () => {
      assert.equal(fromWireText(text, currency)?.amountMinor, amountMinor);
    });

  it('comes back as it went, whatever the currency', () => {
    let sent = 0;
    manyCases((draw) => {
      const units = draw.bigint(0n, largestAmountMinor);
      const currency = draw.of(currencies);
      const unit = 10n ** BigInt(currencyExponent(currency)! - wireExponent(currency)!);
      const amount = money(units, currency);
      if (units % unit !== 0n) {
        // A refusal costs as much as ten amounts.
        if (draw.below(10) === 0) assert.throws(() => toWireString(amount), AmountNotSendable);
        return;
      }
      sent += 1;
      assert.equal(fromWireText(toWireString(amount), currency)?.amountMinor, units);
      const number = JSON.stringify(toWireNumber(amount));
      assert.equal(fromWireText(number, currency)?.amountMinor, units);
    });
    assert.ok(sent > 1_000, `only ${sent} amounts could be sent`);
  });
});
