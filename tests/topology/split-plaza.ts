import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { decodeEml, type CapturedMessage } from '#shared/platform/captured-mail-eml.ts';
import { contextNames } from '#shared/platform/config.ts';
import type { ContextName } from '#shared/platform/module.ts';
import { deriveKeysFrom } from '#shared/platform/secret.ts';
import { stopServers } from '../../deploy/servers/servers.ts';
import { startSplit, type Split } from '../../deploy/split/split.ts';
import type { StoryPlaza } from './runners.ts';

const fakeTime = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
].find(existsSync);
const servers = ['/usr/lib/postgresql/15', '/usr/lib/rabbitmq', '/usr/bin/redis-server'];

/** Why the split system cannot run here; undefined when it can. */
export const splitNeeds = (): string | undefined => {
  const missing = servers.filter((path) => !existsSync(path));
  if (!fakeTime) missing.push('libfaketime');
  return missing.length > 0
    ? `needs Debian packages that are not installed (${missing.join(', ')}); .ci/run installs them`
    : undefined;
};

/** Everything that waits in the outboxes, and how much every context has ever taken. */
const workSql = `select
  (select count(*)::int from outbox where sent_at is null) as waiting,
  (select count(*)::int from inbox) + (select count(*)::int from outbox) as done`;

const quietForMs = 700;

/**
 * The split system as the stories see it: real servers, a process per context, the gateway. Time
 * moves by libfaketime, which all processes read from one file.
 */
export const startSplitPlaza = async (): Promise<StoryPlaza & Readonly<{ split: Split }>> => {
  // One place, so that the next run finds and ends the servers that a killed one has left.
  const data = join(tmpdir(), 'plaza-split-stories');
  await stopServers({ data: join(data, 'split', 'servers') });
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data);
  // The servers run as users of their own.
  chmodSync(data, 0o711);
  const timeFile = join(data, 'time');
  let offsetMs = 0;
  const setTime = (): void => writeFileSync(timeFile, `+${offsetMs / 1_000}`);
  setTime();
  const split = await startSplit({
    data: join(data, 'split'),
    firstPort: 18_300,
    withWeb: true,
    // Beside the servers that a person may have up.
    serverPorts: { postgres: 15_532, amqp: 25_683, erlang: 25_684, epmd: 24_379, redis: 16_479 },
    own: process.env,
    environment: {
      LD_PRELOAD: fakeTime!,
      FAKETIME_TIMESTAMP_FILE: timeFile,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_NO_CACHE: '1',
      PLAZA_LOG_LEVEL: 'warn',
      PLAZA_REQUESTS_PER_MINUTE: '1000000',
      PLAZA_SIGN_INS_PER_MINUTE: '1000000',
    },
  });
  const { contexts } = split.servers.connections.postgres;
  const pools = new Map(
    contextNames.map((context) => [
      context as ContextName,
      new pg.Pool({
        connectionString: contexts[context].url,
        max: 10,
        options: `-c search_path=${context},extensions`,
      }),
    ]),
  );
  const pool = (context: ContextName): pg.Pool => pools.get(context)!;
  const secret = Buffer.from(readFileSync(join(split.data, 'secret'), 'utf8'), 'base64url');

  const work = async () => {
    const found = await Promise.all(
      contextNames.map(
        async (context) =>
          (await pool(context).query<{ waiting: number; done: number }>(workSql)).rows[0]!,
      ),
    );
    const sum = (key: 'waiting' | 'done'): number => found.reduce((n, row) => n + row[key], 0);
    return { waiting: sum('waiting'), done: sum('done') };
  };
  /** A broker does not say what is under way: quiet is when nothing has moved for a while. */
  const settle = async (): Promise<void> => {
    const end = performance.now() + 30_000;
    let last = -1;
    let since = performance.now();
    for (;;) {
      const { waiting, done } = await work();
      if (waiting > 0 || done !== last) since = performance.now();
      last = done;
      if (performance.now() - since > quietForMs) return;
      if (performance.now() > end) throw new Error(`messages are still under way: ${waiting} wait`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  const mailOf = new Map<string, CapturedMessage>();
  const readMails = (): readonly CapturedMessage[] => {
    for (const context of ['identity', 'notifications', 'orders']) {
      const directory = join(split.data, context, 'mail');
      for (const name of existsSync(directory) ? readdirSync(directory) : []) {
        const path = join(directory, name);
        if (!name.endsWith('.eml') || mailOf.has(path)) continue;
        const mail = decodeEml(readFileSync(path, 'utf8'));
        if (mail) mailOf.set(path, mail);
      }
    }
    return [...mailOf.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  };

  return {
    split,
    webUrl: split.processes.get('web')!.url,
    async inject({ method, url, headers, payload }) {
      // Only somebody at the machine itself may set up the first administrator.
      const base = url === '/auth/setup' ? split.processes.get('identity')!.url : split.url;
      const reply = await fetch(base + url, {
        method,
        headers: { ...(payload ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(payload ? { body: JSON.stringify(payload) } : {}),
      });
      const body = await reply.text();
      return { statusCode: reply.status, body, headers: Object.fromEntries(reply.headers) };
    },
    get mails() {
      return readMails();
    },
    pool,
    settle,
    settleQuietly: settle,
    async advance(ms) {
      offsetMs += ms;
      setTime();
      // Timers look once a second.
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    },
    clock: () => new Date(Date.now() + offsetMs),
    deriveKeysOf: (context) => deriveKeysFrom([secret], context),
    async stop() {
      await Promise.all([...pools.values()].map((one) => one.end()));
      await split.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
};
