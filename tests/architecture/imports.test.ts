import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';

/** Who may import what. What no line allows is an error. Our own files start with '/'. */
const rules: readonly (readonly [from: RegExp, to: RegExp])[] = [
  [/^\/shared\/kernel\//, /^(\/shared\/kernel\/|node:assert\/strict$)/],
  [/^\/shared\//, /^(\/shared\/|node:|[@\w])/],
  [/^\/contracts\//, /^(\/contracts\/|typebox$)/],
  [
    /^\/services\/(\w+)\/domain\//,
    /^(\/services\/$1\/domain\/|\/shared\/kernel\/|node:assert\/strict$)/,
  ],
  [
    /^\/services\/(\w+)\/application\//,
    /^(\/services\/$1\/(domain|application)|\/contracts|\/shared\/(kernel|platform|messaging|event-store))\/|^typebox$/,
  ],
  [
    /^\/services\/(\w+)\/infrastructure\//,
    /^(\/services\/$1\/(?!api\/)|\/contracts\/|\/shared\/|node:|pg$|mongodb$|jose$|bowser$|oidc-provider$|@node-rs\/argon2$|@simplewebauthn\/server$|uqr$|pdfkit$|sharp$|csv-parse(?:\/sync)?$)/,
  ],
  [
    /^\/services\/(\w+)\/api\//,
    /^(\/services\/$1\/(api|application)\/|\/contracts\/|\/shared\/|@fastify\/|fastify$|typebox$|ws$|node:(crypto|stream|buffer))/,
  ],
  [/^\/services\/(\w+)\/(?:module|wire-[\w-]+)\.ts$/, /^\/(services\/$1|shared|contracts)\/|^pg$/],
  // What runs in browsers knows its own files and libraries of pages, and nothing of any server; the papers
  // of people are checked by one rule in both.
  [/^\/apps\/web\/(client\/.+\.test\.ts$)/, /^(\/apps\/web\/|\/shared\/|node:)/],
  [
    /^\/apps\/web\/(client|\w[\w-]*\.ts$)/,
    /^(\/apps\/web\/(client\/|[\w-]+\.ts$)|\/shared\/kernel\/identity-documents\.ts$|(react|react-dom|react-router)(\/|$)|@lingui\/core$|@tanstack\/react-|lucide-react$|d3-(?:scale|shape)$|openapi-fetch$|@simplewebauthn\/browser$)/,
  ],
  // The server of pages asks the API as anybody does; what it is built with stays in its own folder.
  [
    /^\/apps\/web\/server\//,
    /^(\/apps\/web\/(?!client\/)|\/shared\/(kernel|http)\/|node:|fastify$)/,
  ],
  [/^\/apps\/web\/build\//, /^(\/apps\/web\/build\/|node:|[@\w])/],
  [
    /^\/apps\//,
    /^(\/apps\/|\/services\/\w+\/module\.ts$|\/shared\/|\/contracts\/|\/package\.json$|node:|[@\w])/,
  ],
];

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?<![\w'/.-])import\s*\(?\s*'([^']+)'/g;

type SourceFile = Readonly<{ path: string; text: string }>;

export const findForbiddenImports = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(importPattern)]
      .map((match) => resolve(path, match[1] ?? match[2]!))
      .filter((target) => !isAllowed(`/${path}`, target))
      .map((target) => `${path} must not import ${target}`),
  );

const resolve = (path: string, specifier: string): string => {
  if (specifier.startsWith('#')) return `/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? posix.join('/', posix.dirname(path), specifier) : specifier;
};

const isAllowed = (path: string, target: string): boolean => {
  for (const [from, to] of rules) {
    const match = from.exec(path);
    if (match) return new RegExp(to.source.replaceAll('$1', match[1] ?? '')).test(target);
  }
  return false; // A file in no known layer is itself an error.
};

describe('import rules', () => {
  it('hold for every source file', () => {
    const paths = globSync('{apps,contracts,services,shared}/**/*.{ts,tsx}', {
      exclude: ['apps/web/dist*/**', 'apps/web/client/api/schema.d.ts'],
    }).filter((p) => !p.endsWith('.test.ts'));
    assert.ok(
      paths.length >= 10,
      `only ${paths.length} files found: the check is not looking at the code`,
    );
    const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
    assert.deepEqual(findForbiddenImports(files), []);
  });

  for (const [why, path, text] of [
    [
      'domain reaches infrastructure',
      'services/a/domain/x.ts',
      `import type { P } from '../infrastructure/p.ts';`,
    ],
    ['domain reaches a library', 'services/a/domain/x.ts', `import { Pool } from 'pg';`],
    [
      'a context reaches another',
      'services/a/application/x.ts',
      `import { y } from '../../b/domain/y.ts';`,
    ],
    ['api skips application', 'services/a/api/x.ts', `import { p } from '../infrastructure/p.ts';`],
    [
      'an app reaches inside a context',
      'apps/all/main.ts',
      `import { y } from '../../services/a/domain/y.ts';`,
    ],
    [
      'a page knows a context',
      'apps/web/client/store/x.tsx',
      `import { y } from '../../../../services/a/module.ts';`,
    ],
    [
      'a page knows the server of pages',
      'apps/web/client/store/x.tsx',
      `import { seal } from '../../server/seal.ts';`,
    ],
    [
      'the server of pages knows a context',
      'apps/web/server/x.ts',
      `import { y } from '../../../services/a/module.ts';`,
    ],
    [
      'shared code knows a context',
      'shared/kernel/x.ts',
      `export * from '../../services/a/domain/y.ts';`,
    ],
    ['a dynamic import hides it', 'services/a/domain/x.ts', `const p = await import('pg');`],
    [
      'the import spans lines',
      'services/a/domain/x.ts',
      `import {\n  Pool,\n  Client,\n} from 'pg';`,
    ],
  ] as const) {
    it(`are broken when ${why}`, () => {
      assert.equal(findForbiddenImports([{ path, text }]).length, 1);
    });
  }
});
