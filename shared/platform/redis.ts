import type { EndedSessions, SessionOfToken } from './ended-sessions.ts';
import type { SharedCounts } from '../http/rate-limits.ts';
import type { SharedValues } from './shared-values.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createRedisConnection } from './redis-connection.ts';
import { createRedisCounts } from './redis-counts.ts';
import { createRedisEndedSessions } from './redis-ended-sessions.ts';
import { createRedisFanOut, type RedisFanOut } from './redis-fan-out.ts';
import { createRedisSharedValues } from './redis-shared-values.ts';

/** What processes share through Redis; nothing true is only there. */
export type SharedByRedis = Readonly<{
  fanOut: RedisFanOut;
  counts: SharedCounts;
  values: SharedValues;
  endedSessions: (
    options: Readonly<{ askIdentity: (of: SessionOfToken) => Promise<boolean>; now: () => number }>,
  ) => EndedSessions;
  /** Whether Redis answers, and this process hears what others publish. */
  isThere: () => boolean;
  stop: () => void;
}>;

/** Connects without waiting: a process starts and serves while Redis is away. */
export const connectRedis = (
  options: Readonly<{
    url: string;
    /** Before every key and channel, so that installations can share a server. */
    prefix: string;
    /** The version of Plaza: what another one keeps may have another shape. */
    release: string;
    log: Logger;
  }>,
): SharedByRedis => {
  const { url, prefix, release, log } = options;
  const commands = createRedisConnection({ url, log });
  const subscriptions = createRedisConnection({ url, log });
  // Scripts are made known before anything is asked: a pipeline that is already being gathered does
  // not learn of them, and the client throws where nobody can catch it.
  const counts = createRedisCounts({ commands, prefix });
  const values = createRedisSharedValues({ commands, prefix, release });
  const fanOut = createRedisFanOut({ commands, subscriptions, prefix, log });
  let stopEndedSessions = (): void => {};
  return {
    fanOut,
    counts,
    values,
    endedSessions(asking) {
      const made = createRedisEndedSessions({ commands, prefix, fanOut, log, ...asking });
      stopEndedSessions = made.stop;
      return made;
    },
    isThere: () => commands.isThere() && fanOut.isLive(),
    stop() {
      stopEndedSessions();
      commands.stop();
      subscriptions.stop();
    },
  };
};
