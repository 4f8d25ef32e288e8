import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fingerprintOf } from '#shared/http/idempotency.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { allocate, formatAmount, largestAmountMinor, parseAmount } from '#shared/kernel/money.ts';
import { captureEntry, type Payment } from './domain/payment.ts';
import { post, reverse, type JournalEntry } from './domain/posting.ts';

/** As many as reliability asks for where it matters; fewer while somebody waits. */
const numRuns = process.env['CI'] === 'true' ? 100_000 : 2_000;
const check = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>): void =>
  fc.assert(property, { numRuns });

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
const minor = fc.bigInt({ min: 1n, max: largestAmountMinor });
const weights = fc.array(fc.bigInt({ min: 0n, max: largestAmountMinor }), {
  minLength: 1,
  maxLength: 6,
});

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
    check(
      fc.property(
        fc.array(minor, { minLength: 1, maxLength: 5 }),
        fc.bigInt(-2n, 2n),
        (parts, off) => {
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
                  amounts: { amount },
                })),
              },
            );
          if (off === 0n) assertBalanced(make());
          else assert.throws(make);
        },
      ),
    );
  });

  it('a split adds up to the whole, each part within one of its proportion', () => {
    check(
      fc.property(minor, weights, (total, of) => {
        const all = sum(of);
        if (all === 0n) {
          assert.throws(() => allocate(total, of));
          return;
        }
        const parts = allocate(total, of);
        assert.equal(sum(parts), total);
        for (const [i, part] of parts.entries()) {
          const floor = (total * of[i]!) / all;
          assert.ok(part === floor || part === floor + 1n);
        }
      }),
    );
  });

  it('a reversal takes back whole lines or the same part of each, balanced', () => {
    check(
      fc.property(
        fc.array(minor, { minLength: 1, maxLength: 4 }),
        fc.nat(100),
        (amounts, percent) => {
          const original = captureEntry(paymentOf(amounts), 'e');
          const whole = reverse(original, { id: 'r', causeId: 'c' });
          assertBalanced(whole);
          assert.equal(whole.reverses, 'e');
          const credits = amounts.map((amount) => (amount * BigInt(percent)) / 100n);
          const part = reverse(original, { id: 'r', causeId: 'c' }, [sum(credits), ...credits]);
          assertBalanced(part);
          assert.throws(() =>
            reverse(original, { id: 'r', causeId: 'c' }, [
              sum(amounts) + 1n,
              ...amounts.slice(1),
              amounts[0]! + 1n,
            ]),
          );
        },
      ),
    );
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
    const currencies = fc.constantFrom(
      'CLP',
      'PYG',
      'COP',
      'ARS',
      'USD',
      'KWD',
      'BHD',
      'TND',
      'CLF',
    );
    check(
      fc.property(
        fc.bigInt({ min: -largestAmountMinor, max: largestAmountMinor }),
        currencies,
        (amountMinor, currency) => {
          const text = formatAmount(amountMinor, currency);
          assert.deepEqual(parseAmount(text, currency), { amountMinor });
          const decimals = text.split('.')[1]?.length ?? 0;
          assert.equal(decimals, currencyExponent(currency));
          const longer = decimals === 0 ? `${text}.0` : `${text}0`;
          assert.deepEqual(parseAmount(longer, currency), { fault: 'too_many_decimals' });
        },
      ),
    );
  });
});

describe('for any request', () => {
  const scalar = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  // No backslash: JSON.parse of Node 26 takes a member `"` for one `\\` that it saw before.
  const key = fc.string({ minLength: 1, maxLength: 3 }).map((text) => text.replaceAll('\\', '/'));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  }));
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
    check(
      fc.property(value, value, (one, other) => {
        const print = fingerprintOf({ id: 1 }, one);
        assert.ok(print.equals(fingerprintOf({ id: 1 }, reordered(one))));
        assert.ok(
          print.equals(fingerprintOf({ id: 1 }, JSON.parse(JSON.stringify(one)) as unknown)),
        );
        assert.equal(print.equals(fingerprintOf({ id: 1 }, other)), isSame(one, other));
        assert.ok(!print.equals(fingerprintOf({ id: 2 }, one)));
      }),
    );
  });
});
