import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { base32, digitsOfMac, totpMessage, totpStepAt, totpStepsToTry, totpUri } from './totp.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);
const codeAt = (key: Buffer, step: number, digits?: number): string =>
  digitsOfMac(createHmac('sha1', key).update(totpMessage(step)).digest(), digits);

describe('a code of the time', () => {
  // RFC 6238, appendix B; the key of its SHA-1 rows.
  const key = Buffer.from('12345678901234567890');
  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const)
    it(`is ${code} at ${seconds}`, () => {
      assert.equal(codeAt(key, totpStepAt(at(seconds)), 8), code);
      assert.equal(codeAt(key, totpStepAt(at(seconds))), code.slice(2));
    });

  it('is that of RFC 4226, appendix D', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => codeAt(key, counter));
    assert.deepEqual(
      codes.join(' '),
      ['755224 287082 359152 969429 338314', '254676 287922 162583 399871 520489'].join(' '),
    );
  });

  it('is taken for the step before, this one and the next', () => {
    assert.deepEqual(totpStepsToTry(at(3_000), -1).toSorted(), [100, 101, 99]);
  });

  it('is never taken again, nor an older one, whatever the times', () => {
    const times = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, fc.infiniteStream(fc.integer({ min: -2, max: 2 })), (seconds, offsets) => {
        let last = -1;
        const taken: number[] = [];
        for (const second of seconds) {
          const given = totpStepAt(at(second)) + (offsets.next().value as number);
          const steps = totpStepsToTry(at(second), last);
          assert.ok(steps.every((step) => Math.abs(step - totpStepAt(at(second))) <= 1));
          if (!steps.includes(given)) continue;
          taken.push(given);
          last = given;
        }
        assert.deepEqual(
          taken,
          [...new Set(taken)].toSorted((a, b) => a - b),
        );
      }),
    );
  });
});

describe('the secret', () => {
  it('is written in base 32 (RFC 4648, section 10)', () => {
    const of = (text: string): string => base32(Buffer.from(text));
    assert.deepEqual(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map(of), [
      '',
      'MY',
      'MZXQ',
      'MZXW6',
      'MZXW6YQ',
      'MZXW6YTB',
      'MZXW6YTBOI',
    ]);
  });

  it('travels in an address that apps read', () => {
    assert.equal(
      totpUri('MZXW6', 'Plaza', 'ana@example.com'),
      'otpauth://totp/Plaza:ana%40example.com?secret=MZXW6&issuer=Plaza&algorithm=SHA1&digits=6&period=30',
    );
  });
});
