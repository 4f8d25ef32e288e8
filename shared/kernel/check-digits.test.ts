import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  cnpjDigits,
  cpfDigits,
  cuitDigit,
  curpDigit,
  dominicanTaxDigit,
  endsInDigitOf,
  luhnDigit,
  nitDigit,
  paraguayanTaxDigit,
  rfcDigit,
  rucDigit,
  rutDigit,
  uruguayanCardDigit,
  uruguayanTaxDigit,
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
  'RUT of Uruguay': {
    digitOf: uruguayanTaxDigit,
    length: 1,
    published: ['211003420017', '211406340011'],
    bodyLength: { min: 11, max: 11 },
  },
  'RUC of Paraguay': {
    digitOf: paraguayanTaxDigit,
    length: 1,
    published: ['800280610', '9991603', '26603', '800000358'],
    bodyLength: { min: 4, max: 8 },
  },
  RNC: {
    digitOf: dominicanTaxDigit,
    length: 1,
    published: ['101850043', '131246796'],
    bodyLength: { min: 8, max: 8 },
  },
  Luhn: {
    digitOf: luhnDigit,
    length: 1,
    published: ['00113918205', '22400022111', '1714307103'],
    bodyLength: { min: 9, max: 10 },
  },
};

describe('check digits', () => {
  it('are right of Uruguayan cards, short ones too', () => {
    for (const number of ['12345672', '11111111', '1234561'])
      assert.ok(endsInDigitOf(uruguayanCardDigit)(number), number);
    assert.ok(!endsInDigitOf(uruguayanCardDigit)('12345673'));
  });

  it('are right of the letters of Mexico, and tell one changed letter', () => {
    for (const number of ['GODE561231GR8', 'MAB9307148T4'])
      assert.ok(endsInDigitOf(rfcDigit)(number), number);
    assert.ok(!endsInDigitOf(rfcDigit)('VACE460910SX6'), 'in use, and wrong');
    assert.ok(endsInDigitOf(curpDigit)('BOXW310820HNERXN09'));
    assert.ok(!endsInDigitOf(curpDigit)('BOXW310820HNERXM09'));
  });

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
