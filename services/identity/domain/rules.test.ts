import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '#shared/testing/many-cases.ts';
import { canonicalName, readEmail, readUsername } from './names.ts';
import { commonPasswords } from './common-passwords.ts';
import { contextWords, readNewPassword } from './password-rules.ts';
import { lockSecondsByFailure } from './sign-in-lock.ts';

const names = ['ana@example.com', 'ana.restrepo'];
const read = (password: string, confirmation = password) =>
  readNewPassword({ password, confirmation, pointer: '#/password' }, names);

it('refuses ten thousand passwords that attackers try first', () => {
  assert.ok(commonPasswords.size >= 10_000, `${commonPasswords.size}`);
  for (const password of commonPasswords)
    assert.throws(() => read(password), { code: 'identity.password_refused' }, password);
});

it('refuses the words of the trade, whatever digits, signs, capitals and accents dress them', () => {
  assert.ok(contextWords.size >= 20, `${contextWords.size}`);
  for (const word of contextWords)
    for (const dressed of [
      `${word}20262026`,
      `*--_1.${word.toUpperCase()}!2`,
      `${word.replace('a', 'á').replace('o', 'Ö')} 123 456`,
    ])
      assert.throws(() => read(dressed), { code: 'identity.password_refused' }, dressed);
  assert.ok(read('plaza de mercado'));
  assert.ok(read('admin y tres gatos'));
});

describe('an e-mail address', () => {
  for (const [given, canonical] of [
    [' Ana@Example.COM ', 'ana@example.com'],
    ['ａｎａ＠example.com', 'ana@example.com'],
    ['ñandú+1@correo.com.co', 'ñandú+1@correo.com.co'],
  ] as const) {
    it(`has one spelling: ${given}`, () => assert.equal(readEmail(given), canonical));
  }

  it('is canonical once it was made so, whatever the alphabet', () => {
    // Those that Unicode folds in odd ways, among any others.
    const odd = [
      'İ',
      'ı',
      'ß',
      'ẞ',
      'ﬁ',
      'ŉ',
      'ǰ',
      'Σ',
      'ς',
      'Å',
      'Ⅷ',
      '＠',
      '\u0301',
      '\u0345',
      'ﷺ',
    ];
    manyCases((draw) => {
      const given = draw
        .list(0, 20, () => {
          if (draw.below(3) === 0) return draw.of(odd);
          const point = draw.below(draw.isHeads() ? 0x3000 : 0x11_0000);
          return point >= 0xd800 && point < 0xe000 ? 'x' : String.fromCodePoint(point);
        })
        .join('');
      const once = canonicalName(given);
      assert.equal(canonicalName(once), once);
    });
    assert.equal(canonicalName('İ@X.com'), canonicalName(canonicalName('İ@X.com')));
  });

  for (const given of [
    'ana',
    'ana@',
    '@example.com',
    'ana@localhost',
    'a@b@c.com',
    'a b@c.com',
    'ana@example..com',
    'ana@example.com.',
    'ana,eva@example.com',
    '"ana"@example.com',
    'ana@example.com\nbcc: eva@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ana@${'a'.repeat(250)}.com`,
  ]) {
    it(`is not ${JSON.stringify(given.slice(0, 40))}`, () => {
      assert.throws(() => readEmail(given), { code: 'identity.email_invalid' });
    });
  }
});

describe('a user name', () => {
  it('is folded', () => assert.equal(readUsername('Ana.Restrepo'), 'ana.restrepo'));
  for (const given of ['an', 'a'.repeat(33), 'ana restrepo', 'añá', 'ana@x', '']) {
    it(`is not ${JSON.stringify(given)}`, () => {
      assert.throws(() => readUsername(given), { code: 'identity.username_invalid' });
    });
  }
});

describe('a new password', () => {
  for (const good of [
    'correct horse battery',
    '        x   y',
    'aB3$efgh',
    '密码很长很安全的吧',
    'k'.repeat(64) + 'xyz',
  ]) {
    it(`may be ${JSON.stringify(good.slice(0, 24))}`, () => assert.ok(read(good)));
  }

  for (const [why, bad] of [
    ['too_short', 'aB3$efg'],
    ['too_short', 'plaza1!'],
    ['too_short', '\u{1F600}'.repeat(5)],
    ['too_long', 'abc'.repeat(43)],
    ['too_common', 'PassWord123'],
    ['too_common', 'Qwerty12345'],
    ['too_common', '1q2w3e4r5t'],
    ['too_common', 'Contraseña123'],
    ['too_common', 'aaaaaaaaaaaa'],
    ['too_common', 'Plaza_2026'],
    ['same_as_name', 'ANA@example.com'],
    ['same_as_name', 'ana.restrepo'],
  ] as const) {
    it(`is ${why}: ${bad.slice(0, 24)}`, () => {
      assert.throws(
        () => read(bad),
        (error: { code: string; details: { errors: { code: string; pointer: string }[] } }) => {
          assert.equal(error.code, 'identity.password_refused');
          assert.partialDeepStrictEqual(error.details.errors, [
            { code: why, pointer: '#/password' },
          ]);
          return true;
        },
      );
    });
  }

  it('is typed twice the same, whatever the keyboard', () => {
    assert.throws(() => read('correct horse', 'correct hors'), {
      code: 'identity.passwords_differ',
    });
    assert.equal(read('contraseñaLarga', 'contrasen\u0303aLarga'), 'contraseñaLarga');
  });
});

describe('the lock after failed tries', () => {
  it('is none at first, then grows, and stays within a quarter of an hour', () => {
    assert.equal(lockSecondsByFailure[3], 0);
    assert.deepEqual(
      lockSecondsByFailure,
      lockSecondsByFailure.toSorted((a, b) => a - b),
    );
    assert.equal(lockSecondsByFailure.at(-1), 900);
  });
});
