/**
 * The split system on this machine, for people:
 *
 *     node scripts/split.ts [--data DIR] [--port N] [--replicas N]
 *     node scripts/split.ts down [--data DIR]
 *
 * The first brings up the servers, a process per context, the gateway and the pages, and stays in front; Ctrl+C
 * takes all of it down. The second does that from elsewhere, and also when the first was killed.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { stopServers } from '../deploy/servers/servers.ts';
import { startSplit } from '../deploy/split/split.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: './data/split' },
    port: { type: 'string', default: '8000' },
    replicas: { type: 'string', default: '1' },
  },
});
const { data } = values;
const pidFile = join(data, 'split.pid');

const refuse = (why: string): never => {
  console.error(why);
  process.exit(2);
};
const numberOf = (name: 'port' | 'replicas', most: number): number => {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  return refuse(`--${name} must be a whole number from 1 to ${most}`);
};

/** Whoever started the split on this folder, if that process is there: a number may be another's. */
const findStarter = (): number | undefined => {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return command.some((word) => word.endsWith('split.ts')) ? pid : undefined;
  } catch {
    return undefined;
  }
};

const down = async (): Promise<void> => {
  const starter = findStarter();
  if (starter !== undefined) {
    process.kill(starter, 'SIGTERM');
    while (findStarter() === starter) await sleep(100);
  }
  // Processes end with a starter that was killed; the servers do not.
  const wereRunning = await stopServers({ data: join(data, 'servers') });
  rmSync(pidFile, { force: true });
  console.log(starter !== undefined || wereRunning ? 'Stopped.' : 'Nothing was running.');
};

const up = async (): Promise<void> => {
  if (findStarter() !== undefined)
    refuse(`It runs on ${data} already; end it with: node scripts/split.ts down --data ${data}`);
  const split = await startSplit({
    data,
    firstPort: numberOf('port', 65_000),
    replicas: numberOf('replicas', 9),
    withWeb: true,
    own: process.env,
    log: (line) => console.log(line),
  });
  writeFileSync(pidFile, String(process.pid));
  for (const { name, url } of split.processes.values()) console.log(`${name.padEnd(16)} ${url}`);
  const shop = split.processes.get('web')!.url;
  console.log(`The shop is at ${shop}, its API at ${split.url}.`);
  console.log(`Ctrl+C stops all; data stay in ${split.data}.`);
  console.log(
    `The first administrator: PLAZA_DATA=${join(split.data, 'identity')} npx plaza admin create you@example.com`,
  );
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    console.log('Stopping …');
    split
      .stop()
      .then(() => rmSync(pidFile, { force: true }))
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error instanceof Error ? error.message : error);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const [command = 'up', ...rest] = positionals;
if (rest.length > 0 || !['up', 'down'].includes(command)) refuse('The commands are up and down.');
try {
  await (command === 'down' ? down() : up());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
