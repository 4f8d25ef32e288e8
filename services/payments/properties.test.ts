import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fingerprintOf } from '#shared/http/idempotency.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { allocate, formatAmount, largestAmountMinor, parseAmount } from '#shared/kernel/money.ts';
import { manyCases, type Draw } from '#shared/testing/many-cases.ts';
import { captureEntry, type Payment } from './domain/payment.ts';
import { post, reverse, type JournalEntry } from './domain/posting.ts';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
const minor = (draw: Draw): bigint => draw.bigint(1n, largestAmountMinor);
/** As `assert.throws`, which costs more than what is tested here. */
const isRefused = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};

const assertBalanced = ({ lines }: Pick<JournalEntry, 'lines'>): void => {
  const sums = new Map<string, bigint>();
  for (const { currency, side, amountMinor } of lines) {
    assert.ok(amountMinor > 0n && ['debit', 'credit'].includes(side));
    sums.set(
      currency,
      (sums.get(currency) ?? 0n) + (side === 'debit' ? amountMinor : -amountMinor),
    );
  }
  for (const value of sums.values()) assert.equal(value, 0n);
};

const paymentOf = (shares: readonly bigint[]): Payment => ({
  id: 'p',
  orderId: 'o',
  jobId: null,
  buyerId: 'b',
  amount: { amountMinor: sum(shares), currency: 'COP' },
  shares: shares.map((amountMinor, i) => ({
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
  providerReference: 'r',
  card: { brand: 'visa', last4: '4242' },
  failure: null,
  refundedMinor: 0n,
  refundingMinor: 0n,
  version: 1,
  createdAt: '',
  completedAt: '',
  updatedAt: '',
});

describe('for any money', () => {
  it('an entry from a template balances, and one that would not is refused', () => {
    manyCases((draw) => {
      const parts = draw.list(1, 5, () => minor(draw));
      // A refusal costs as much as ten entries.
      const off = draw.below(10) === 0 ? draw.of([-2n, -1n, 1n, 2n]) : 0n;
      const total = sum(parts) + off;
      const make = (): JournalEntry =>
        post(
          'capture',
          { id: 'e', causeId: 'c', about: {} },
          {
            currency: 'COP',
            names: { provider: 'sandbox' },
            amounts: { total },
            parts: parts.map((amount, i) => ({
              names: { seller: `s${i}` },
              amounts: { amount, collected: 0n },
            })),
          },
        );
      if (off === 0n) assertBalanced(make());
      else assert.ok(isRefused(make));
    });
  });

  it('a split adds up to the whole, each part within one of its proportion', () => {
    manyCases((draw) => {
      const total = minor(draw);
      const of = draw.list(1, 6, () => draw.bigint(0n, largestAmountMinor));
      const all = sum(of);
      if (all === 0n) {
        assert.ok(isRefused(() => allocate(total, of)));
        return;
      }
      const parts = allocate(total, of);
      assert.equal(sum(parts), total);
      for (const [i, part] of parts.entries()) {
        const floor = (total * of[i]!) / all;
        assert.ok(part === floor || part === floor + 1n);
      }
    });
  });

  it('a reversal takes back whole lines or the same part of each, balanced', () => {
    manyCases((draw) => {
      const amounts = draw.list(1, 4, () => minor(draw));
      const percent = draw.below(101);
      const original = captureEntry(paymentOf(amounts), 'e');
      const whole = reverse(original, { id: 'r', causeId: 'c' });
      assertBalanced(whole);
      assert.equal(whole.reverses, 'e');
      const credits = amounts.map((amount) => (amount * BigInt(percent)) / 100n);
      const part = reverse(original, { id: 'r', causeId: 'c' }, [sum(credits), ...credits]);
      assertBalanced(part);
      const more = [sum(amounts) + 1n, ...amounts.slice(1), amounts[0]! + 1n];
      if (draw.below(10) > 0) return;
      assert.ok(isRefused(() => reverse(original, { id: 'r', causeId: 'c' }, more)));
    });
  });

  it('an amount is read as it is written, with the decimals of its currency', () => {
    for (const [currency, exponent] of [
      ['CLP', 0],
      ['COP', 2],
      ['KWD', 3],
      ['BHD', 3],
      ['CLF', 4],
    ] as const)
      assert.equal(currencyExponent(currency), exponent);
    const currencies = ['CLP', 'PYG', 'COP', 'ARS', 'USD', 'KWD', 'BHD', 'TND', 'CLF'];
    manyCases((draw) => {
      const amountMinor = draw.bigint(-largestAmountMinor, largestAmountMinor);
      const currency = draw.of(currencies);
      const text = formatAmount(amountMinor, currency);
      const read = parseAmount(text, currency);
      assert.ok('amountMinor' in read && read.amountMinor === amountMinor, text);
      const decimals = text.split('.')[1]?.length ?? 0;
      assert.equal(decimals, currencyExponent(currency));
      const longer = parseAmount(decimals === 0 ? `${text}.0` : `${text}0`, currency);
      assert.ok('fault' in longer && longer.fault === 'too_many_decimals', text);
    });
  });
});

describe('for any request', () => {
  // Of what JSON escapes, what stands for the same letter twice, and what sorts on both sides of it.
  const characters = [
    'a',
    'b',
    'A',
    '"',
    '\\',
    '/',
    '\n',
    '\u0000',
    'ñ',
    'n\u0303',
    '0',
    ' ',
    '😀',
    '__proto__',
  ];
  const textOf = (draw: Draw, least: number): string => draw.text(characters, least, 3);
  const valueOf = (draw: Draw, depth: number): unknown => {
    switch (draw.below(depth > 0 ? 7 : 4)) {
      case 0:
        return textOf(draw, 0);
      case 1:
        return draw.of([0, -0, 1, -1, 1.5, 1e21, 2 ** 53, 0.1]);
      case 2:
        return draw.isHeads();
      case 3:
        return null;
      case 4:
        return draw.list(0, 3, () => valueOf(draw, depth - 1));
      default:
        return Object.fromEntries(
          draw.list(0, 3, () => [textOf(draw, 1), valueOf(draw, depth - 1)] as const),
        );
    }
  };
  /** Of the same shape, with one text or number another; or the same again. */
  const changed = (draw: Draw, one: unknown): unknown => {
    if (Array.isArray(one)) return one.map((item) => changed(draw, item));
    if (typeof one === 'object' && one !== null)
      return Object.fromEntries(
        Object.entries(one).map(([key, item]) => [
          draw.below(8) === 0 ? textOf(draw, 1) : key,
          changed(draw, item),
        ]),
      );
    return draw.below(8) === 0 ? valueOf(draw, 0) : one;
  };
  /** The same with the members of each object the other way round. */
  const reordered = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(reordered);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .toReversed()
        .map(([key, item]) => [key, reordered(item)]),
    );
  };
  /** Equal as JSON, whatever the order of members: decided member by member. */
  const isSame = (a: unknown, b: unknown): boolean => {
    if (Array.isArray(a) || Array.isArray(b))
      return (
        Array.isArray(a) &&
        Array.isArray(b) &&
        a.length === b.length &&
        a.every((x, i) => isSame(x, b[i]))
      );
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
      return a === b || (a === 0 && b === 0);
    const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
    return (
      Object.keys(x).length === Object.keys(y).length &&
      Object.keys(x).every((key) => Object.hasOwn(y, key) && isSame(x[key], y[key]))
    );
  };

  it('its fingerprint is that of its meaning: another order of members is the same, all else is not', () => {
    let [cases, same] = [0, 0];
    manyCases((draw) => {
      cases += 1;
      const one = valueOf(draw, 2);
      const other = draw.isHeads() ? valueOf(draw, 2) : changed(draw, one);
      const print = fingerprintOf({ id: 1 }, one);
      assert.ok(print.equals(fingerprintOf({ id: 1 }, reordered(one))));
      assert.ok(print.equals(fingerprintOf({ id: 1 }, parseJson(JSON.stringify(one)))));
      const areSame = isSame(one, other);
      assert.equal(print.equals(fingerprintOf({ id: 1 }, other)), areSame);
      assert.ok(!print.equals(fingerprintOf({ id: 2 }, one)));
      if (areSame) same += 1;
    });
    assert.ok(same > cases / 100 && same < 0.9 * cases, `${same} of ${cases} pairs were the same`);
  });
});
