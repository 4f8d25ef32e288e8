import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';

type Catalogue = Readonly<Record<string, string>>;
type Token =
  | string
  | readonly [name: string, kind?: string, forms?: Readonly<Record<string, unknown>>];

const client = 'apps/web/client';
const read = (path: string): Catalogue => JSON.parse(readFileSync(path, 'utf8')) as Catalogue;

/** The places of a message, and the plural forms of each, however deep. */
const placesOf = (message: string): readonly string[] => {
  const places = new Set<string>();
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (typeof token === 'string') {
        for (const [tag] of token.matchAll(/<\/?\w+>/g)) places.add(tag);
        continue;
      }
      const [name, kind = 'value', forms = {}] = token;
      places.add(`${name}:${kind}`);
      for (const form of Object.values(forms))
        if (Array.isArray(form)) walk(form as readonly Token[]);
    }
  };
  walk(compileMessageOrThrow(message) as readonly Token[]);
  return [...places].toSorted();
};

/** Plurals that lack a form that both languages have. */
const pluralsWithout = (message: string): boolean => {
  const tokens = compileMessageOrThrow(message) as readonly Token[];
  return tokens.some(
    (token) =>
      typeof token !== 'string' &&
      token[1] === 'plural' &&
      !(token[2]?.['one'] && token[2]['other']),
  );
};

type Uses = Readonly<{ literals: ReadonlySet<string>; patterns: readonly RegExp[] }>;

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Every text of the code that may be a key, and every template that makes keys. */
export const usesIn = (sources: readonly string[]): Uses => {
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  for (const source of sources) {
    for (const [, one, two] of source.matchAll(/'([\w.-]+)'|"([\w.-]+)"/g))
      literals.add(one ?? two!);
    for (const [, template] of source.matchAll(/`([\w.-]*(?:\$\{[^`}]*\}[\w.-]*)+)`/g)) {
      const parts = template!.split(/\$\{[^}]*\}/);
      if (parts[0]!.includes('.'))
        patterns.push(new RegExp(`^${parts.map(escape).join('[\\w.-]+')}$`));
    }
  }
  return { literals, patterns };
};

/** Keys that the code asks for by name. */
const askedIn = (source: string): readonly string[] =>
  [...source.matchAll(/\bsay\(\s*'([\w.-]+)'|<Rich\s+id="([\w.-]+)"/g)].map((m) => m[1] ?? m[2]!);

const areas = globSync(`${client}/*/messages/es.json`)
  .map((path) => dirname(dirname(path)).split('/').at(-1)!)
  .toSorted();
const sourcesOf = (area: string): readonly string[] =>
  globSync(`${client}/${area}/**/*.{ts,tsx}`)
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
    .map((path) => readFileSync(path, 'utf8'));
const catalogueOf = (area: string, language: string): Catalogue =>
  read(`${client}/${area}/messages/${language}.json`);
/** Words that other parts use too: the kit's everywhere, the office's by who runs a shop. */
const common = ['kit', 'api', 'office'];
const shared = (area: string): readonly string[] =>
  common
    .filter((one) => one !== 'office' || /^(?:admin|system)/.test(area))
    .flatMap((one) => Object.keys(catalogueOf(one, 'es')));

describe('the catalogues', () => {
  it('are those of the parts that speak', () => {
    assert.ok(
      areas.includes('store') && areas.includes('kit') && areas.includes('api'),
      String(areas),
    );
  });

  for (const area of areas) {
    it(`of ${area} have the same keys and places in both languages`, () => {
      const [es, en] = [catalogueOf(area, 'es'), catalogueOf(area, 'en')];
      assert.deepEqual(Object.keys(es).toSorted(), Object.keys(en).toSorted());
      for (const [key, message] of Object.entries(es)) {
        assert.deepEqual(placesOf(message), placesOf(en[key]!), key);
        assert.ok(
          !pluralsWithout(message) && !pluralsWithout(en[key]!),
          `${key} lacks a plural form`,
        );
      }
    });

    it(`of ${area} have what its code asks for`, () => {
      const known = new Set([...Object.keys(catalogueOf(area, 'es')), ...shared(area)]);
      const asked = sourcesOf(area).flatMap(askedIn);
      assert.deepEqual(
        asked.filter((key) => !known.has(key)),
        [],
      );
    });

    it(`of ${area} have nothing that no code asks for`, () => {
      const everywhere = common.includes(area) ? areas : [area];
      const { literals, patterns } = usesIn(everywhere.flatMap(sourcesOf));
      const unused = Object.keys(catalogueOf(area, 'es')).filter(
        (key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)),
      );
      assert.deepEqual(unused, []);
    });
  }

  it('word every failure that the API has', () => {
    const path = 'docs/reference/errors.md';
    assert.ok(existsSync(path));
    const codes = [...readFileSync(path, 'utf8').matchAll(/^\| `([a-z_.]+)` \| \d/gm)].map(
      (m) => m[1]!,
    );
    assert.ok(codes.length > 100, `only ${codes.length} codes`);
    for (const language of ['es', 'en']) {
      const catalogue = catalogueOf('api', language);
      assert.deepEqual(
        codes.filter((code) => catalogue[`problem.${code}`] === undefined),
        [],
      );
    }
  });

  it('are seen to differ', () => {
    assert.notDeepEqual(placesOf('Hola {name}'), placesOf('Hello {who}'));
    assert.ok(pluralsWithout('{n, plural, other {# cosas}}'));
    assert.deepEqual(askedIn('say(\'a.b\'); <Rich id="c.d"'), ['a.b', 'c.d']);
    assert.ok(usesIn(['say(`a.${x}.title`)']).patterns[0]!.test('a.b.title'));
  });
});
