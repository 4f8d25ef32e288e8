/**
 * `npm run check`: format, lint, types, unit and architecture tests; stops at the first failure. With
 * `static` no tests, for where all of them run anyway.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

// What needs no database: decisions, contracts, the rules of the house.
const unitTests = globSync(
  [
    'shared/{kernel,messaging}/*.test.ts',
    'shared/platform/config.test.ts',
    'shared/http/request-window.test.ts',
    'contracts/*.test.ts',
    'services/*/{domain,application,api}/**/*.test.ts',
    'services/*/infrastructure/**/*.unit.test.ts',
    'apps/**/*.unit.test.ts',
    'apps/web/**/*.test.ts',
    'tests/{architecture,golden}/*.test.ts',
  ],
  { exclude: ['**/*.db.test.ts', '**/*.int.test.ts'] },
);

const cache = join(import.meta.dirname, '..', 'node_modules', '.cache');
/** What the compiler found before still holds of what has not changed since. */
const onlyWhatChanged = (name: string): readonly string[] => [
  '--incremental',
  '--tsBuildInfoFile',
  join(cache, `${name}.json`),
];

const steps: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['format', 'oxfmt', ['--check']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['types', 'tsc', ['--noEmit', ...onlyWhatChanged('tsc')]],
  ['types of pages', 'tsc', ['--noEmit', '-p', 'apps/web', ...onlyWhatChanged('tsc-pages')]],
  ['lock file', 'node', ['scripts/check-lock.ts']],
  ['unit', 'node', ['--test', '--test-isolation=none', '--test-reporter=dot', ...unitTests]],
];

const isStatic = process.argv[2] === 'static';
for (const [name, command, args] of steps) {
  if (isStatic && name === 'unit') continue;
  const start = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    // All cases of the properties are for `npm test`.
    env: { NODE_COMPILE_CACHE: join(cache, 'tests'), TEST_CASES: '2000', ...process.env },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.error(`${status === 0 ? '✔' : '✖'} ${name} (${seconds} s)`);
  if (status !== 0) process.exit(status ?? 1);
}
