import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { mercadoPagoVariables } from '#shared/platform/config-mercado-pago.ts';
import { serverVariables } from '#shared/platform/config-servers.ts';
import { variables } from '#shared/platform/config.ts';

const readmes = ['README.md', 'README.es.md'] as const;
const read = (path: string): string => readFileSync(path, 'utf8');

type Row = readonly string[];

/** The cells of each row of each table, without the ruler. */
const tableRows = (markdown: string): readonly Row[] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[-|: ]+\|$/.test(line))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()));

/** The rows whose first cell is an environment variable in code quotes. */
const settingsOf = (markdown: string): readonly Row[] =>
  tableRows(markdown).filter(([first]) => /^`[A-Z_]+`$/.test(first ?? ''));

/** The table as the code has it: name, default, meaning. */
const expectedSettings = (): readonly Row[] =>
  Object.entries(variables).map(([name, { default: initial, meaning }]) => [
    `\`${name}\``,
    initial === '' ? '–' : `\`${initial}\``,
    meaning,
  ]);

type Package = Readonly<{
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}>;
const packageJson = JSON.parse(read('package.json')) as Package;
const dependencies = Object.keys({
  ...packageJson.dependencies,
  ...packageJson.devDependencies,
  ...packageJson.optionalDependencies,
}).toSorted();

const adrs = globSync('docs/adr/*.md').toSorted();

/** Dependencies that no line of a decision names in code quotes. */
export const undecided = (names: readonly string[], decisions: string): string[] =>
  names.filter((name) => !decisions.split('\n').some((line) => line.includes(`\`${name}\``)));

/** Relative links of a page that lead nowhere. */
export const brokenLinks = (
  path: string,
  markdown: string,
  exists: (path: string) => boolean,
): string[] =>
  [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!.split('#', 1)[0]!)
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .filter((target) => !exists(posix.join(posix.dirname(path), target)))
    .map((target) => `${path} links to ${target}`);

/** The scripts of package.json that a page tells its reader to run, and that are not there. */
export const unknownScripts = (markdown: string, scripts: readonly string[]): string[] =>
  [...markdown.matchAll(/\bnpm run ([\w:-]+)/g)]
    .map((match) => match[1]!)
    .filter((name) => !scripts.includes(name));

describe('the README', () => {
  it('has the configuration of the code', () => {
    assert.ok(expectedSettings().length >= 15, 'the variables were not read');
    assert.deepEqual(settingsOf(read('docs/reference/configuration.md')), expectedSettings());
  });

  it('has the same settings and defaults in Spanish', () => {
    const names = ([name, initial]: Row): Row => [name!, initial!];
    assert.deepEqual(
      settingsOf(read('docs/reference/configuration.es.md')).map(names),
      expectedSettings().map(names),
    );
  });

  it('leaves the servers of a split to their page, which has them all', () => {
    const expected = Object.entries(serverVariables(['orders'])).map(([name, { meaning }]) => [
      `\`${name}\``,
      meaning,
    ]);
    assert.ok(expected.length >= 3, 'the variables were not read');
    assert.deepEqual(settingsOf(read('docs/split.md')), expected);
  });

  it('leaves those of Mercado Pago to their page, which has them all', () => {
    const expected = Object.entries(mercadoPagoVariables).map(([name, { meaning }]) => [
      `\`${name}\``,
      meaning,
    ]);
    assert.ok(expected.length >= 3, 'the variables were not read');
    assert.deepEqual(settingsOf(read('docs/guides/mercado-pago.md')), expected);
  });

  it('sees a setting that is missing', () => {
    const [, ...others] = expectedSettings();
    const table = others.map((row) => `| ${row.join(' | ')} |`).join('\n');
    assert.notDeepEqual(settingsOf(table), expectedSettings());
    assert.deepEqual(settingsOf(table), others);
  });

  it('is as long in both languages: headings, table rows, blocks of code', () => {
    const shape = (path: string) => {
      const text = read(path);
      return {
        headings: [...text.matchAll(/^#{1,3} /gm)].map((match) => match[0]),
        rows: tableRows(text).length,
        blocks: text.split('```').length,
      };
    };
    assert.deepEqual(shape('README.es.md'), shape('README.md'));
  });

  for (const path of readmes) {
    it(`${path} begins with the two commands and stays short`, () => {
      const lines = read(path).split('\n');
      assert.ok(lines.length <= 250, `${lines.length} lines`);
      const top = lines.slice(0, 20).join('\n');
      assert.match(top, /^npm ci && npm start\b/m);
      assert.match(top, /^npm ci && npm test\b/m);
    });

    it(`${path} calls an address that is in the OpenAPI document`, () => {
      const { paths } = JSON.parse(read('tests/golden/openapi.json')) as { paths: object };
      const called = [...read(path).matchAll(/^curl .*localhost:8000(\/[\w/.-]*)/gm)].map(
        (match) => match[1]!,
      );
      assert.ok(called.length > 0, 'there is no curl');
      for (const address of called) assert.ok(address in paths, address);
    });

    it(`${path} has a line for every service`, () => {
      const services = globSync('services/*').map((service) => service.split(/[/\\]/).at(-1)!);
      const first = new Set(tableRows(read(path)).map(([cell]) => cell));
      assert.ok(services.length >= 5);
      for (const service of services)
        assert.ok(first.has(`[${service}](services/${service}/README.md)`), service);
    });
  }
});

describe('the test cards of the sandbox', () => {
  it('are the ones that payments documents', () => {
    const source = read('services/payments/infrastructure/sandbox-provider.ts');
    const known = [...source.matchAll(/'(\d{16})'/g)].map((match) => match[1]!);
    const documented = tableRows(read('services/payments/README.md')).flatMap(
      ([first]) => /^`(\d{16})`$/.exec(first ?? '')?.[1] ?? [],
    );
    assert.ok(known.length >= 9, `only ${known.length} cards found`);
    assert.deepEqual(documented, known);
  });
});

describe('the documents', () => {
  const pages = [...globSync('*.md'), ...globSync('docs/**/*.md'), ...globSync('services/*/*.md')];

  it('link to what exists', () => {
    assert.ok(pages.length > 20, `only ${pages.length} pages found`);
    assert.deepEqual(
      pages.flatMap((path) => brokenLinks(path.replaceAll('\\', '/'), read(path), existsSync)),
      [],
    );
    assert.equal(brokenLinks('docs/x.md', '[a](../nowhere.md#b)', () => false).length, 1);
  });

  it('name scripts that exist', () => {
    const scripts = Object.keys(packageJson.scripts);
    assert.deepEqual(
      pages.flatMap((path) => unknownScripts(read(path), scripts)),
      [],
    );
    assert.deepEqual(unknownScripts('`npm run nothing`', scripts), ['nothing']);
  });
});

describe('the decisions', () => {
  it('are numbered without a gap and have their four parts', () => {
    assert.ok(adrs.length >= 15, `only ${adrs.length} decisions found`);
    adrs.forEach((path, i) => {
      const number = String(i + 1).padStart(4, '0');
      assert.match(path, new RegExp(`^docs/adr/${number}-[a-z0-9-]+\\.md$`));
      const text = read(path);
      assert.match(text, new RegExp(`^# ${number} `), path);
      const parts = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
      assert.deepEqual(parts, ['Context', 'Options', 'Decision', 'Consequences'], path);
      assert.ok(text.split('\n').length <= 90, `${path} is longer than a page`);
    });
  });

  it('have a line for every dependency', () => {
    assert.ok(dependencies.length > 30, `only ${dependencies.length} dependencies found`);
    const decisions = adrs.map(read).join('\n');
    assert.deepEqual(undecided(dependencies, decisions), []);
    assert.deepEqual(undecided(['left-pad'], decisions), ['left-pad']);
  });
});
