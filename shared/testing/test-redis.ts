import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { connectRedis, type SharedByRedis } from '../platform/redis.ts';
import { createLogger } from '../telemetry/logger.ts';

/** Its address; shell commands that restart it, kill it with SIGKILL, and start it. */
const variables = ['URL', 'RESTART', 'KILL', 'START'].map((name) => `PLAZA_TEST_REDIS_${name}`);
const missing = variables.filter((name) => !process.env[name]);
const [url, restart, kill, start] = variables.map((name) => process.env[name] ?? '');

/** Why there is no Redis to test with; false when there is one, or must be. */
export const skipWithoutRedis =
  missing.length > 0 && process.env['CI'] === undefined
    ? `there is no Redis to test with: ${missing.join(', ')} not set`
    : false;

const shell = promisify(exec);

export const until = async (
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  ms = 10_000,
): Promise<void> => {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    assert.ok(performance.now() < end, `never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** One test file at a time: they empty, freeze and kill the server. SQLite gives a lock that ends with us. */
const haveItAlone = (): (() => void) => {
  const lock = new DatabaseSync(join(tmpdir(), `plaza-test-redis-${new URL(url!).port}.lock`));
  lock.exec('pragma busy_timeout = 120000; begin exclusive');
  return () => lock.close();
};

/** A real Redis, whatever may happen to it, and processes' connections to it under a prefix of their own. */
export const openTestRedis = async () => {
  assert.deepEqual(missing, [], 'CI has a Redis');
  const giveBack = haveItAlone();
  const log = createLogger({ level: process.env['TEST_LOG'] ?? 'silent' });
  const prefix = `test-${crypto.randomUUID()}`;
  const connected: SharedByRedis[] = [];
  const connectAdmin = (): Redis => new Redis(url!, { retryStrategy: () => 50 });
  const admin = connectAdmin();
  admin.on('error', () => {});
  let frozen: number | undefined;
  let isDead = false;

  return {
    url: url!,
    admin,
    prefix,
    /** What one process has of it, connected and listening. */
    connect: async (own = prefix, release = '1.0.0'): Promise<SharedByRedis> => {
      const shared = connectRedis({ url: url!, prefix: own, release, log });
      connected.push(shared);
      await until('connected', shared.isThere);
      return shared;
    },
    kill: async () => {
      isDead = true;
      await shell(kill!);
    },
    start: async () => {
      await shell(start!);
      isDead = false;
    },
    restart: () => shell(restart!),
    /** It takes connections and answers nothing. */
    freeze: async () => {
      frozen = Number(/process_id:(\d+)/.exec(await admin.info('server'))![1]);
      process.kill(frozen, 'SIGSTOP');
    },
    thaw: () => {
      if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
      frozen = undefined;
    },
    areAllThere: () => until('all are connected', () => connected.every((one) => one.isThere())),
    stop: async () => {
      if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
      // A test that failed in between leaves the next file a Redis.
      if (isDead) await shell(start!);
      for (const one of connected) one.stop();
      for (const key of await admin.keys(`${prefix}*`)) await admin.del(key);
      admin.disconnect();
      giveBack();
    },
  };
};

export type TestRedis = Awaited<ReturnType<typeof openTestRedis>>;
