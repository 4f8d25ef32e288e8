/**
 * `npm test`: every test that needs nothing but Node and npm, over one embedded PostgreSQL that
 * all files share. Arguments are file patterns; without any, all run. `--test-name-pattern=…` chooses
 * tests by name and `--at-once=3` how many files run beside each other.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { sharedServerVariable, startTestServer } from '../shared/testing/test-postgres.ts';

/**
 * These wait more than they work: they have a lane of their own beside the others. They stop and start the one
 * broker, which other files use later.
 */
const waiting: ReadonlySet<string> = new Set(['shared/messaging/rabbit-bus.int.test.ts']);
/** What waits at its end for the machine to be free stands among others: here is what it comes before. */
const comesBefore: Readonly<Record<string, string>> = {
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

const lane = (of: readonly string[], concurrency: number): ReturnType<typeof run> =>
  run({
    files: [...of],
    concurrency,
    timeout: timeoutMs,
    // A file whose connections stay open has ended all the same.
    execArgv: ['--test-force-exit'],
    ...(values['test-name-pattern'] ? { testNamePatterns: values['test-name-pattern'] } : {}),
  });
const lanes = [
  { of: files.filter((file) => !waiting.has(file)), concurrency: Number(values['at-once']) },
  { of: files.filter((file) => waiting.has(file)), concurrency: 1 },
]
  // Without files, run() looks for its own.
  .filter(({ of }) => of.length > 0)
  .map(({ of, concurrency }) => lane(of, concurrency));
let isGreen = true;
// That of all files of a lane names none.
for (const events of lanes)
  events.on('test:summary', ({ file, success }) => {
    if (file === undefined) isGreen &&= success;
  });

const counted = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/;
/** One lane after another, as one run with one count. */
async function* together(): AsyncGenerator {
  const counts = new Map<string, number>();
  for (const events of lanes)
    for await (const event of events) {
      const { type, data } = event as { type: string; data: { file?: string; message?: string } };
      const found = data.file === undefined ? counted.exec(data.message ?? '') : null;
      if (type !== 'test:diagnostic' || !found) {
        yield event;
        continue;
      }
      const [name, value, known] = [found[1]!, Number(found[2]), counts.get(found[1]!) ?? 0];
      // They ran beside each other.
      counts.set(name, name === 'duration_ms' ? Math.max(known, value) : known + value);
    }
  for (const [name, count] of counts)
    yield {
      type: 'test:diagnostic',
      data: { nesting: 0, level: 'info', message: `${name} ${count}` },
    };
}
const report = Readable.from(together()).compose(new spec());
report.pipe(process.stdout);
await new Promise((resolve) => report.on('end', resolve));
await server.stop();
process.exit(isGreen ? 0 : 1);
