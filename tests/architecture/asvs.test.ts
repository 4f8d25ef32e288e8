import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { rememberedMs } from '#shared/http/api-keys.ts';
import { stepUpSeconds } from '#shared/http/principal.ts';
import { pixelsMax } from '#shared/images/pictures.ts';
import { apiScopes } from '#shared/kernel/scopes.ts';
import { keysMax, longestLifeDays, usualLifeDays } from '../../services/identity/domain/api-key.ts';
import {
  challengeRules,
  codeDigits,
  mailCoolDownSeconds,
  mailsAnHour,
  missesMax,
  type ChallengePurpose,
} from '../../services/identity/domain/challenge.ts';
import { commonPasswords } from '../../services/identity/domain/common-passwords.ts';
import { contextWords, passwordLength } from '../../services/identity/domain/password-rules.ts';
import {
  passkeyMinutes,
  passkeysMax,
  recoveryCodeLetters,
  recoveryCodesCount,
  secondStepRules,
} from '../../services/identity/domain/second-factors.ts';
import { sessionIdleDays } from '../../services/identity/domain/session.ts';
import { lockSecondsByFailure } from '../../services/identity/domain/sign-in-lock.ts';
import { totpRules } from '../../services/identity/domain/totp.ts';
import { sessionLifeMs } from '../../services/identity/application/signed-in.ts';
import { grantLifeMs } from '../../services/identity/infrastructure/pg-oauth-grants.ts';

/**
 * The requirements of level 1 and of level 2 in the chapters that the page is about, from the
 * release 5.0.0 of the standard (OWASP_Application_Security_Verification_Standard_5.0.0_en.csv).
 */
const levels: Readonly<Record<1 | 2, string>> = {
  1: `5.2.1 5.2.2 5.3.1 5.3.2
    6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
    7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
    8.1.1 8.2.1 8.2.2 8.3.1
    9.1.1 9.1.2 9.1.3 9.2.1
    10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
    11.3.1 11.3.2 11.4.1 13.4.1 14.2.1 14.3.1`,
  2: `5.1.1 5.2.3 5.4.1 5.4.2 5.4.3
    6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5
    6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
    7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2
    8.1.2 8.2.3 8.4.1
    9.2.2 9.2.3 9.2.4
    10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10
    10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
    11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1
    13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5
    14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3
    16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3
    16.5.1 16.5.2 16.5.3`,
};
const levelOf: ReadonlyMap<string, string> = new Map(
  Object.entries(levels).flatMap(([level, ids]) =>
    ids.split(/\s+/).map((id) => [id, level] as const),
  ),
);

/** Requirements of a document: each points at the section of the page that has it. */
const documented =
  `5.1.1 6.1.1 6.1.2 6.1.3 7.1.1 7.1.2 7.1.3 8.1.1 8.1.2 11.1.1 11.1.2 14.1.1 14.1.2
  16.1.1`.split(/\s+/);

const deviationsMax = 3;

type Row = Readonly<{ id: string; level: string; how: string; shown: string }>;

const rowsOf = (markdown: string): readonly Row[] =>
  [...markdown.matchAll(/^\| ([\d.]+) \| (\d) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, id, level, how, shown]) => ({ id: id!, level: level!, how: how!, shown: shown! }),
  );

/** The ids that the page leaves to the platform, in the sentence that says so. */
const leftOutIn = (markdown: string): readonly string[] =>
  /the rest is the platform’s and its operator’s: ([^A-Za-z]+)\./
    .exec(markdown)?.[1]!
    .split(', ') ?? [];

type Reference = Readonly<{ path: string; title: string }>;

const referencesOf = (shown: string): readonly Reference[] =>
  [...shown.matchAll(/`([^`]+\.ts)`((?: · «[^»]+»)+)/g)].flatMap(([, path, titles]) =>
    [...titles!.matchAll(/«([^»]+)»/g)].map(([, title]) => ({ path: path!, title: title! })),
  );

/** Titles of tests and of their groups, as they stand in a file. */
const titlesIn = (source: string): ReadonlySet<string> =>
  new Set(
    [...source.matchAll(/\b(?:it|test|describe)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(
      ([, , title]) => title!.replace(/\\(.)/g, '$1'),
    ),
  );

const isDeviation = ({ shown }: Row): boolean => shown.startsWith('deviation: ');

/** What is wrong with a page, by what its tests are called. */
const faultsOf = (
  markdown: string,
  titlesOf: (path: string) => ReadonlySet<string> | undefined,
): readonly string[] => {
  const rows = rowsOf(markdown);
  const named = [...rows.map(({ id }) => id), ...leftOutIn(markdown)];
  const deviations = rows.filter(isDeviation);
  const lost = ({ path, title }: Reference) => titlesOf(path)?.has(title) !== true;
  return [
    ...[...levelOf.keys()].filter((id) => !named.includes(id)).map((id) => `${id} is missing`),
    ...named.filter((id, i) => named.indexOf(id) !== i).map((id) => `${id} is there twice`),
    ...rows
      .filter(({ id, level }) => levelOf.get(id) !== level)
      .map(({ id, level }) => `${id} is not of level ${level}`),
    ...rows
      .filter(({ shown }) => !/^not applicable: ./.test(shown) && referencesOf(shown).length === 0)
      .map(({ id }) => `${id} is shown by nothing`),
    ...rows.flatMap(({ id, shown }) =>
      referencesOf(shown)
        .filter(lost)
        .map(({ path, title }) => `${id}: ${path} has no «${title}»`),
    ),
    ...(deviations.length > deviationsMax ? [`${deviations.length} deviations`] : []),
  ];
};

const page = readFileSync('docs/reference/asvs.md', 'utf8');
const decisions = readFileSync('docs/reference/security.md', 'utf8');
const titlesOfFile = (path: string): ReadonlySet<string> | undefined =>
  existsSync(path) ? titlesIn(readFileSync(path, 'utf8')) : undefined;

describe('the table of the ASVS', () => {
  it('has every requirement once, shown by tests that there are, and three deviations at most', () => {
    const references = rowsOf(page).flatMap(({ shown }) => referencesOf(shown));
    assert.ok(references.length > 120, `only ${references.length} tests were read`);
    assert.deepEqual(faultsOf(page, titlesOfFile), []);
  });

  it('sees a test with another title, a requirement that is missing or twice, and one deviation more', () => {
    const reference = referencesOf(rowsOf(page)[0]!.shown)[0]!;
    const renamed = (path: string): ReadonlySet<string> | undefined => {
      const titles = titlesOfFile(path);
      return path === reference.path && titles
        ? new Set([...titles].filter((title) => title !== reference.title))
        : titles;
    };
    assert.match(faultsOf(page, renamed).join('\n'), /^5\.1\.1: \S+ has no «/);
    assert.deepEqual(
      faultsOf(page, (path) => (path === reference.path ? undefined : titlesOfFile(path))).length >
        0,
      true,
    );
    const [row] = /^\| 9\.1\.1 .*$/m.exec(page)!;
    const without = page.replace(`${row}\n`, '');
    assert.deepEqual(faultsOf(without, titlesOfFile), ['9.1.1 is missing']);
    const twice = page.replace(row, `${row}\n${row}`);
    assert.deepEqual(faultsOf(twice, titlesOfFile), ['9.1.1 is there twice']);
    const more = page.replaceAll('| not applicable: no SAML', '| deviation: no SAML');
    assert.deepEqual(faultsOf(more, titlesOfFile), ['6.8.3 is shown by nothing', '4 deviations']);
    const other = page.replace('| 9.1.1 | 1 |', '| 9.1.1 | 2 |');
    assert.deepEqual(faultsOf(other, titlesOfFile), ['9.1.1 is not of level 2']);
  });

  it('reads titles as they are written', () => {
    const source = `it("one's", () => {}); it('it\\'s', f); describe(\`a \${x}\`, f); test(\n  'two', f)`;
    assert.deepEqual([...titlesIn(source)], ["one's", "it's", 'a ${x}', 'two']);
    assert.equal(titlesIn(`exit('x'); // it('y'`).has('x'), false);
  });
});

/** The rows of the table under a heading, or behind a sentence of it, as cells. */
const tableAfter = (heading: string): readonly (readonly string[])[] => {
  const section = decisions.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| (?!---)/.test(line))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
};

const sources = globSync('{apps,contracts,deploy,services,shared}/**/*.ts').filter(
  (path) => !path.endsWith('.test.ts') && !path.startsWith('shared/testing/'),
);
/** What a pattern with one group finds in the code, each once. */
const foundInCode = (pattern: RegExp): readonly string[] =>
  [
    ...new Set(
      sources.flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, found]) => found!),
      ),
    ),
  ].toSorted();
const namesIn = (heading: string): readonly string[] =>
  tableAfter(heading)
    .map(([name]) => name!.replaceAll('`', ''))
    .toSorted();

const ofChallenge = (purpose: ChallengePurpose): string => {
  const { lifeMinutes, tries } = challengeRules[purpose];
  return `${lifeMinutes}, ${tries}`;
};

describe('the decisions that the ASVS wants written down', () => {
  it('have a section for every document that is asked for', () => {
    const headings = [...decisions.matchAll(/^## (.+)\n\n(?=\S)/gm)].map(([, heading]) =>
      heading!.toLowerCase().replaceAll(' ', '-'),
    );
    assert.ok(headings.length >= 10, `only ${headings.length} sections`);
    const pointed = rowsOf(page).map(({ id, how }) => ({
      id,
      anchors: [...how.matchAll(/\(security\.md#([\w-]+)\)/g)].map(([, anchor]) => anchor!),
    }));
    for (const { id, anchors } of pointed)
      for (const anchor of anchors) assert.ok(headings.includes(anchor), `${id}: ${anchor}`);
    assert.deepEqual(
      documented.filter((id) => pointed.find((row) => row.id === id)?.anchors.length === 0),
      [],
    );
  });

  it('say of limits and lifetimes what the code says', () => {
    assert.deepEqual(tableAfter('Guessing'), [
      ['characters of a password', `${passwordLength.least} to ${passwordLength.most}`],
      ['common passwords that are refused', `${commonPasswords.size}`],
      [
        'seconds that a name is locked, from the first failed try in a row to the last and all later ones',
        lockSecondsByFailure.join(' '),
      ],
      ['digits of a mailed code', `${codeDigits}`],
      ['minutes and tries of a code that proves an address', ofChallenge('verify_email')],
      ['minutes and tries of a link for a new password', ofChallenge('reset_password')],
      ['minutes and tries of the codes for another address', ofChallenge('change_email_to')],
      [
        'mails of one kind an hour, and seconds between two',
        `${mailsAnHour}, ${mailCoolDownSeconds}`,
      ],
      ['misses in a row before an account gets no more codes', `${missesMax}`],
      [
        'minutes, tries and misses in a row of a second step',
        [secondStepRules.lifeMinutes, secondStepRules.tries, secondStepRules.missesMax].join(', '),
      ],
      [
        'mails with a code or a link that are asked for an hour from one address of the network, and seconds between two of a second step',
        `${secondStepRules.mailsAnHourByAddress}, ${secondStepRules.mailEverySeconds}`,
      ],
      [
        'seconds, digits and random bits of an authenticator app',
        [totpRules.stepSeconds, totpRules.digits, totpRules.secretBytes * 8].join(', '),
      ],
      [
        'recovery codes, passkeys an account, minutes of a challenge for a passkey',
        [recoveryCodesCount, passkeysMax, passkeyMinutes].join(', '),
      ],
      ['letters of a recovery code, each one of 31', `${recoveryCodeLetters}`],
      [
        'days that a session lives, and lives unused',
        `${sessionLifeMs / 86_400_000}, ${sessionIdleDays}`,
      ],
      ['seconds that a proof is fresh', `${stepUpSeconds}`],
      [
        'scopes an API key may have, keys an account, days it lives at first and at most',
        [apiScopes.length, keysMax, usualLifeDays, longestLifeDays].join(', '),
      ],
      ['seconds until a revoked API key stops everywhere', `${rememberedMs / 1000}`],
      ['days that an authorization of an application lives', `${grantLifeMs / 86_400_000}`],
      ['pixels of an uploaded picture', `${pixelsMax}`],
    ]);
  });

  it('name every word that no password may be', () => {
    const section = decisions
      .split(/^## /m)
      .find((text) => text.startsWith('Words in passwords\n'))!;
    const [, words] = /around them: ([^.]+)\./.exec(section)!;
    assert.deepEqual(words!.split(', '), [...contextWords]);
  });

  it('name every algorithm that the code uses, and no other', () => {
    assert.ok(sources.length > 300, `only ${sources.length} files found`);
    const used = foundInCode(
      /(?:createHash|createHmac|createCipheriv|createDecipheriv|createSign|createVerify|hkdfSync|pbkdf2\w*|scrypt\w*|generateKeyPair\w*|\balg:|algorithms:)\s*[([]*\s*'([\w-]+)'/g,
    );
    const passwords = foundInCode(/from '@node-rs\/(argon2)'/g).map((name) => `${name}id`);
    assert.deepEqual([...used, ...passwords].toSorted(), namesIn('Algorithms'));
  });

  it('name every key that is derived, and no other', () => {
    const derived = [
      ...foundInCode(/deriveKeys?\((?:\w+, )?'([a-z-]+)'\)/g),
      ...foundInCode(/TokenPurpose = '([a-z-]+)'/g),
      ...foundInCode(/deriveKey\(\w+, `([a-z]+):\$\{context\}`\)/g).map(
        (name) => `${name}:<context>`,
      ),
    ];
    assert.ok(derived.length >= 8, derived.join());
    assert.deepEqual(derived.toSorted(), namesIn('Keys'));
  });

  it('draw no secret from Math.random', () => {
    const drawn = sources.filter((path) => readFileSync(path, 'utf8').includes('Math.random'));
    // Pauses of a suite that plays the broker's failures.
    assert.deepEqual(
      drawn.filter((path) => !path.startsWith('shared/messaging/rabbit-cases/')),
      [],
    );
  });

  it('ask nobody for hints or secret questions', () => {
    const document = readFileSync('tests/golden/openapi.json', 'utf8');
    assert.ok(document.includes('current_password'));
    assert.doesNotMatch(document, /password_hint|secret_question|security_question|reminder/i);
  });
});
