import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { windowMs, type SharedCounts } from '../http/rate-limits.ts';
import type { RedisConnection } from './redis-connection.ts';

/** Counts over all processes, one script a call; a count ends with its window or with Redis' data. */
export const createRedisCounts = (
  options: Readonly<{ commands: RedisConnection; prefix: string }>,
): SharedCounts => {
  const { commands, prefix } = options;
  const limiter = new RateLimiterRedis({
    storeClient: commands.client,
    keyPrefix: `${prefix}:count`,
    // The limit is the caller's: here it is only counted.
    points: Number.MAX_SAFE_INTEGER,
    duration: windowMs / 1_000,
  });
  return (bucket) => async (key, points) => {
    const state: RateLimiterRes = await commands.ask(() =>
      limiter.consume(`${bucket}:${key}`, points),
    );
    return { count: state.consumedPoints, msLeft: state.msBeforeNext };
  };
};
