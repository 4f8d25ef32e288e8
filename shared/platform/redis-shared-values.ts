import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { SharedValues } from './shared-values.ts';
import type { RedisConnection } from './redis-connection.ts';

const keptMs = 60_000;
/** A process that died or froze while it loaded holds up the others for this long. */
const lockMs = 500;
const lookAgainMs = 10;
const bytesMax = 256 * 1024;

/** The value; or 1: load it; or 0: somebody loads it. */
const takeScript = `
local known = redis.call('hmget', KEYS[1], 'as_of', 'value')
if known[1] and tonumber(known[1]) >= tonumber(ARGV[1]) then return known[2] end
if redis.call('set', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then return 1 end
return 0`;

/** A slow reader does not put its old value over a newer one, and frees no lock but its own. */
const keepScript = `
local known = redis.call('hget', KEYS[1], 'as_of')
if not known or tonumber(known) < tonumber(ARGV[1]) then
  redis.call('hset', KEYS[1], 'as_of', ARGV[1], 'value', ARGV[2])
  redis.call('pexpire', KEYS[1], ARGV[3])
end
if redis.call('get', KEYS[2]) == ARGV[4] then redis.call('del', KEYS[2]) end
return 1`;

const freeScript = `
if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
return 1`;

type Scripts = Redis &
  Readonly<{
    plazaTakeBuffer: (...all: readonly (string | number)[]) => Promise<Buffer | number>;
    plazaKeep: (...all: readonly (string | number | Buffer)[]) => Promise<number>;
    plazaFree: (...all: readonly string[]) => Promise<number>;
  }>;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Values in Redis. Each says which changes it includes, in the order of the database it was read
 * from: an old one is passed over, so nobody has to be told to remove it. While Redis is away every
 * process loads for itself. A release shares with its own kind only: during a rolling update the
 * values of another may have another shape.
 */
export const createRedisSharedValues = (
  options: Readonly<{ commands: RedisConnection; prefix: string; release: string }>,
): SharedValues => {
  const { commands, prefix, release } = options;
  const { client } = commands;
  client.defineCommand('plazaTake', { numberOfKeys: 2, lua: takeScript });
  client.defineCommand('plazaKeep', { numberOfKeys: 2, lua: keepScript });
  client.defineCommand('plazaFree', { numberOfKeys: 1, lua: freeScript });
  const run = <Answer>(command: (scripts: Scripts) => Promise<Answer>): Promise<Answer> =>
    commands.ask((it) => command(it as Scripts));

  return {
    async get(key, { atLeast, asOf }, load) {
      // What nobody could use, since an older transaction still runs, is not worth a lock.
      if (asOf < atLeast) return load();
      const name = createHash('sha256').update(key).digest('base64url');
      const place = `${prefix}:value:${release}:${name}`;
      // Who needs a newer value does not wait for one who loads an older.
      const lock = `${prefix}:lock:${release}:${atLeast}:${name}`;
      const token = crypto.randomUUID();
      try {
        let answer: Buffer | number = 0;
        const end = performance.now() + 2 * lockMs;
        while (answer === 0 && performance.now() < end) {
          answer = await run((it) => it.plazaTakeBuffer(place, lock, atLeast, token, lockMs));
          if (answer === 0) await pause(lookAgainMs);
        }
        if (typeof answer !== 'number') return answer;
      } catch {
        return load();
      }
      try {
        const value = await load();
        if (value.length <= bytesMax)
          run((it) => it.plazaKeep(place, lock, asOf, value, keptMs, token)).catch(() => {});
        else run((it) => it.plazaFree(lock, token)).catch(() => {});
        return value;
      } catch (error) {
        run((it) => it.plazaFree(lock, token)).catch(() => {});
        throw error;
      }
    },
  };
};
