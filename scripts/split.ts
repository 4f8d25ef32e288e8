/**
 * The split system on this machine, for people: `node scripts/split.ts [--data DIR] [--port N] [--replicas N]`
 * brings up the servers, a process per context and the gateway, and Ctrl+C takes all of it down.
 */
import { parseArgs } from 'node:util';
import { startSplit } from '../deploy/split/split.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: './data/split' },
    port: { type: 'string', default: '8000' },
    replicas: { type: 'string', default: '1' },
  },
});
const firstPort = Number(values.port);
if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65_000) {
  console.error('--port must be a whole number from 1 to 65000');
  process.exit(2);
}
const replicas = Number(values.replicas);
if (!Number.isInteger(replicas) || replicas < 1 || replicas > 9) {
  console.error('--replicas must be a whole number from 1 to 9');
  process.exit(2);
}

try {
  const split = await startSplit({
    data: values.data,
    firstPort,
    replicas,
    own: process.env,
    log: (line) => console.log(line),
  });
  for (const { name, url } of split.processes.values()) console.log(`${name.padEnd(14)} ${url}`);
  console.log(`Plaza is at ${split.url}. Ctrl+C stops it; data stay in ${split.data}.`);
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    console.log('Stopping …');
    split.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
