/**
 * `npm test`: every test that needs nothing but Node and npm, over one embedded PostgreSQL that
 * all files share. Arguments are file patterns; without any, all run.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { sharedServerVariable, startTestServer } from '../shared/testing/test-postgres.ts';

const patterns = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const files = globSync(
  patterns.length > 0 ? patterns : ['{apps,contracts,services,shared,tests,bench}/**/*.test.ts'],
).toSorted();
if (files.length === 0) {
  console.error('No test file matches.');
  process.exit(1);
}

// A server that is given, such as an older PostgreSQL, stands for the embedded one.
const given = process.env[sharedServerVariable];
const server = given
  ? { address: JSON.parse(given) as unknown, stop: async () => {} }
  : await startTestServer();
const child = spawn(
  process.execPath,
  [
    '--test',
    '--test-concurrency=2',
    '--test-force-exit',
    // What never ends is a failure, with its name.
    '--test-timeout=300000',
    ...flags,
    ...files,
  ],
  {
    stdio: 'inherit',
    env: {
      // A process a file, each with the same modules: compiled once, for all of them.
      NODE_COMPILE_CACHE: join(import.meta.dirname, '..', 'node_modules', '.cache', 'tests'),
      ...process.env,
      [sharedServerVariable]: JSON.stringify(server.address),
    },
  },
);
const status = await new Promise<number>((resolve) => {
  child.on('exit', (code) => resolve(code ?? 1));
});
await server.stop();
process.exit(status);
