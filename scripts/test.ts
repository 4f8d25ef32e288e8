/**
 * `npm test`: every test that needs nothing but Node and npm, over one embedded PostgreSQL that
 * all files share. Arguments are file patterns; without any, all run. `--test-name-pattern=…` chooses
 * tests by name and `--at-once=3` how many files run beside each other.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { sharedServerVariable, startTestServer } from '../shared/testing/test-postgres.ts';

/**
 * These wait more than they work, so they run beside others and not alone at the end: here is what each
 * comes before. Both use one broker, which the first stops and starts, so that files lie between them.
 */
const comesBefore: Readonly<Record<string, string>> = {
  'shared/messaging/rabbit-bus.int.test.ts': 'services/j',
  'tests/topology/split.test.ts': 'services/u',
};
/** What never ends is a failure, with its name. */
const timeoutMs = 300_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'test-name-pattern': { type: 'string', multiple: true },
    // With three on two cores, what measures moments fails.
    'at-once': { type: 'string', default: '2' },
  },
});
const place = (file: string): string => comesBefore[file] ?? file;
const files = globSync(
  positionals.length > 0
    ? positionals
    : ['{apps,contracts,services,shared,tests,bench}/**/*.test.ts'],
).toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
if (files.length === 0) {
  console.error('No test file matches.');
  process.exit(1);
}

// A server that is given, such as an older PostgreSQL, stands for the embedded one.
const given = process.env[sharedServerVariable];
const server = given
  ? { address: JSON.parse(given) as unknown, stop: async () => {} }
  : await startTestServer();
process.env[sharedServerVariable] = JSON.stringify(server.address);
// A process a file, each with the same modules: compiled once, for all of them.
process.env['NODE_COMPILE_CACHE'] ??= join(
  import.meta.dirname,
  '..',
  'node_modules',
  '.cache',
  'tests',
);

let isGreen = false;
const events = run({
  files,
  concurrency: Number(values['at-once']),
  timeout: timeoutMs,
  // A file whose connections stay open has ended all the same.
  execArgv: ['--test-force-exit'],
  ...(values['test-name-pattern'] ? { testNamePatterns: values['test-name-pattern'] } : {}),
});
// That of all files names none.
events.on('test:summary', ({ file, success }) => {
  if (file === undefined) isGreen = success;
});
const report = events.compose(new spec());
report.pipe(process.stdout);
await new Promise((resolve) => report.on('end', resolve));
await server.stop();
process.exit(isGreen ? 0 : 1);
