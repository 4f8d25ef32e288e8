import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statusOf } from '#shared/http/problem-details.ts';
import { errorCatalogue, type ErrorEntry } from '#shared/kernel/errors.ts';
// Loads every context, and with it every error that it declares.
import { modules } from '../../apps/server/targets.ts';
import { assertGolden } from './golden-file.ts';

const page = 'docs/reference/errors.md';

const preface = `# Errors

<!-- Made by tests/golden/errors.test.ts from the error catalogue. Change the catalogue, then run
     UPDATE_GOLDEN=1 npm test -- tests/golden/errors.test.ts -->

Every failure is answered as RFC 9457 problem details (\`application/problem+json\`). \`code\` is
stable: a client may depend on it, and it is never renamed. \`type\` is the address of its page,
\`/docs/errors/<code>\`. A broken schema is \`http.validation\` with one entry of \`errors\` a field.

Outside the catalogue, and without a page: \`http.<status>\` for what the web server itself refuses.
`;

const toTables = (entries: readonly ErrorEntry[]): string => {
  const byContext = Map.groupBy(entries, ({ code }) => code.split('.', 1)[0]!);
  return [...byContext]
    .map(([context, found]) => {
      const rows = found.map(
        ({ code, kind, title }) => `| \`${code}\` | ${statusOf[kind]} | ${title} |`,
      );
      return `\n## ${context}\n\n| code | status | meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
    })
    .join('');
};

describe('the error pages', () => {
  const entries = errorCatalogue();

  it('know the errors of every context', () => {
    const contexts = new Set(entries.map(({ code }) => code.split('.', 1)[0]));
    assert.deepEqual(
      [...contexts].toSorted(),
      ['auth', 'catalog', 'http', 'identity', 'notifications', 'orders', 'payments', 'users'],
      `of ${modules.length} modules`,
    );
    assert.ok(entries.length > 60, `only ${entries.length} errors found`);
  });

  it('are made from the catalogue', () => {
    assertGolden(page, `${preface}${toTables(entries)}`);
  });

  it('and the catalogue are equal, both ways', () => {
    const text = readFileSync(page, 'utf8');
    const documented = [...text.matchAll(/^\| `([a-z_.]+)` \|/gm)].map((match) => match[1]);
    assert.deepEqual(
      documented.toSorted(),
      entries.map(({ code }) => code),
    );
  });

  it('name nothing that no code raises', () => {
    const source = globSync('{apps,services,shared}/**/*.ts')
      .filter((path) => !path.endsWith('.test.ts'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const isRaised = (code: string): boolean => source.includes(`'${code.split('.')[1]}'`);
    assert.deepEqual(
      entries.map(({ code }) => code).filter((code) => !isRaised(code)),
      [],
    );
    assert.ok(!isRaised('orders.nobody_raises_this'));
  });
});
