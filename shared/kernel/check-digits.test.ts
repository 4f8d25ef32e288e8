import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  cnpjDigits,
  cpfDigits,
  cuitDigit,
  endsInDigitOf,
  nitDigit,
  rucDigit,
  rutDigit,
} from './check-digits.ts';

type Rule = Readonly<{
  digitOf: (body: string) => string | undefined;
  /** Characters of the check. */
  length: 1 | 2;
  /** Of companies and offices that publish theirs, and of the rules' own examples. */
  published: readonly string[];
  bodyLength: Readonly<{ min: number; max: number }>;
}>;

const rules: Readonly<Record<string, Rule>> = {
  NIT: {
    digitOf: nitDigit,
    length: 1,
    published: ['8909039388', '8999990681', '8001972684', '8600029644'],
    bodyLength: { min: 6, max: 10 },
  },
  CUIT: {
    digitOf: cuitDigit,
    length: 1,
    published: ['30500010912', '33693450239', '30546689979'],
    bodyLength: { min: 10, max: 10 },
  },
  RUT: {
    digitOf: rutDigit,
    length: 1,
    published: ['60803000K', '61704000K', '970040005', '123456785'],
    bodyLength: { min: 6, max: 8 },
  },
  RUC: {
    digitOf: rucDigit,
    length: 1,
    published: ['20131312955', '20100047218', '20100017491'],
    bodyLength: { min: 10, max: 10 },
  },
  CPF: {
    digitOf: cpfDigits,
    length: 2,
    published: ['11144477735', '52998224725'],
    bodyLength: { min: 9, max: 9 },
  },
  CNPJ: {
    digitOf: cnpjDigits,
    length: 2,
    published: ['00000000000191', '33000167000101', '11222333000181', '12ABC34501DE35'],
    bodyLength: { min: 12, max: 12 },
  },
};

describe('check digits', () => {
  for (const [name, { digitOf, length, published, bodyLength }] of Object.entries(rules)) {
    const isRight = endsInDigitOf(digitOf, length);
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), {
        minLength: bodyLength.min,
        maxLength: bodyLength.max,
      })
      .map((all) => all.join(''));

    it(`${name}: published numbers are right`, () => {
      for (const number of published) assert.ok(isRight(number), number);
    });

    it(`${name}: a number has one right end at most`, () => {
      fc.assert(
        fc.property(digits, (body) => {
          const ends =
            length === 1
              ? '0123456789K'.split('')
              : Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));
          const right = ends.filter((end) => isRight(body + end));
          assert.ok(right.length <= 1, `${body}: ${right.join()}`);
          if (digitOf(body) !== undefined) assert.deepEqual(right, [digitOf(body)]);
        }),
        { numRuns: 50 },
      );
    });

    it(`${name}: one mistyped digit is seen`, () => {
      let looked = 0;
      let seen = 0;
      for (const number of published.filter((one) => /^\d/.test(one)))
        for (let at = 0; at < number.length - length; at++)
          for (const digit of '0123456789') {
            if (number[at] === digit || !/\d/.test(number[at]!)) continue;
            looked += 1;
            if (!isRight(number.slice(0, at) + digit + number.slice(at + 1))) seen += 1;
          }
      // Modulo 11 sees all but those whose two rests share a digit (0 and 1, or 10 and 11).
      assert.ok(looked > 50 && seen / looked > 0.97, `${seen} of ${looked}`);
    });
  }
});
