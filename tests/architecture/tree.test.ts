import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** Where a file of a context may stand. What no line names is an error. */
const places: readonly RegExp[] = [
  /^(README\.md|module\.ts|wire-[\w-]+\.ts)$/,
  /^[\w.-]+\.test\.ts$/,
  /^fixtures\/[^/]+$/,
  /^domain\/[\w.-]+\.ts$/,
  /^application\/[\w.-]+\.ts$/,
  /^application\/(commands|queries|reactions)\/[\w.-]+\.ts$/,
  /^infrastructure\/(?:mercado-pago\/)?[\w.-]+\.ts$/,
  /^infrastructure\/migrations\/\d{4}_[a-z0-9_]+\.sql$/,
  /^api\/[\w.-]+\.ts$/,
];

/** A longer file is a question in review; one longer than this has to be split. */
const linesMax = 400;
/** Tests are lists of cases, the words and products of the example are data. */
const isTestOrData = (path: string): boolean =>
  path.endsWith('.test.ts') || /^tests\/e2e\/|^apps\/demo\/products-/.test(path);

/** Comments and texts that are true on one machine only, or promise work instead of doing it. */
const forbiddenTexts: readonly (readonly [why: string, pattern: RegExp])[] = [
  ['a path of one machine', /(?<![\w.}/])\/(?:work|home|Users|root)\/\w/],
  ['a drive of one machine', /\b[A-Z]:\\\\?(?:Users|home)\b/],
  ['a note to do something later', /\b(?:TODO|FIXME|XXX)\b/],
];

export const misplaced = (paths: readonly string[]): string[] =>
  paths.filter((path) => {
    const inside = /^services\/[a-z]+\/(.+)$/.exec(path)?.[1];
    return inside === undefined || !places.some((place) => place.test(inside));
  });

export const tooLong = (files: readonly (readonly [path: string, text: string])[]): string[] =>
  files
    .filter(([path]) => !isTestOrData(path))
    .map(([path, text]) => [path, text.split('\n').length - 1] as const)
    .filter(([, lines]) => lines > linesMax)
    .map(([path, lines]) => `${path}: ${lines} lines`);

export const forbidden = (path: string, text: string): string[] =>
  forbiddenTexts.filter(([, pattern]) => pattern.test(text)).map(([why]) => `${path}: ${why}`);

const code = globSync(
  '{apps,bench,contracts,deploy,scripts,services,shared,tests,tools}/**/*.{ts,tsx,mjs,sql}',
  { exclude: ['apps/web/dist*/**', 'apps/web/client/api/schema.d.ts', '**/node_modules/**'] },
).toSorted();
const thisFile = 'tests/architecture/tree.test.ts';

describe('the tree', () => {
  it('gives every service a README of one page and a module', () => {
    const services = globSync('services/*').toSorted();
    assert.ok(services.length >= 5, `only ${services.length} services found`);
    for (const service of services) {
      assert.ok(existsSync(`${service}/module.ts`), `${service} has no module.ts`);
      assert.ok(existsSync(`${service}/README.md`), `${service} has no README.md`);
      const lines = readFileSync(`${service}/README.md`, 'utf8').split('\n').length;
      assert.ok(lines <= 200, `${service}/README.md has ${lines} lines: longer than anybody reads`);
    }
  });

  it('has every file of a service in a known layer', () => {
    const paths = globSync('services/*/**/*.*');
    assert.ok(paths.length > 200, `only ${paths.length} files found`);
    assert.deepEqual(misplaced(paths), []);
  });

  it(`has no file over ${linesMax} lines, but for tests and data`, () => {
    assert.ok(code.length > 250, `only ${code.length} files found`);
    const files = code.map((path) => [path, readFileSync(path, 'utf8')] as const);
    assert.deepEqual(tooLong(files), []);
  });

  it('names no path of one machine and puts nothing off', () => {
    const documents = globSync(['*.md', 'docs/**/*.md', 'services/*/README.md', '.ci/*']);
    const paths = [...code, ...documents].filter((path) => path !== thisFile);
    assert.deepEqual(
      paths.flatMap((path) => forbidden(path, readFileSync(path, 'utf8'))),
      [],
    );
  });

  for (const path of [
    'services/orders/helpers/x.ts',
    'services/orders/application/sagas/x.ts',
    'services/orders/infrastructure/migrations/orders.sql',
    'services/orders/utils.ts',
  ])
    it(`is broken by ${path}`, () => assert.deepEqual(misplaced([path]), [path]));

  it('is broken by a long file, and not by a long test', () => {
    const text = 'x\n'.repeat(linesMax + 1);
    assert.equal(tooLong([['services/orders/domain/order.ts', text]]).length, 1);
    assert.equal(tooLong([['services/orders/domain/order.test.ts', text]]).length, 0);
  });

  for (const text of ['// see /home/ana/notes', '-- TODO: index', "const at = '/Users/ana/x';"])
    it(`is broken by ${text}`, () => assert.equal(forbidden('x.ts', text).length, 1));
});
