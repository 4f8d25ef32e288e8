import { Redis } from 'ioredis';
import type { Logger } from '../telemetry/logger.ts';

/** What a request loses at most to a Redis that hangs, before everybody stops asking it. */
const answerWithinMs = 100;
const connectWithinMs = 1_000;
const lookEveryMs = 1_000;
const retryMs = { least: 50, most: 1_000 };
const logEveryMs = 10_000;

/** Redis is not there, or did not answer in time: the caller does what it does without. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

export type RedisConnection = Readonly<{
  client: Redis;
  isThere: () => boolean;
  /**
   * Runs one exchange. Raises `RedisAway` at once while Redis is away, and after 100 ms when it
   * hangs; the connection is then given up, so that only those who were waiting have waited.
   */
  ask: <Answer>(exchange: (client: Redis) => Promise<Answer>) => Promise<Answer>;
  stop: () => void;
}>;

/**
 * A connection that comes back by itself and never makes anybody wait for that: nothing is queued
 * for a Redis that is away, and nothing is sent a second time. It pings, since neither a frozen
 * server nor a cut network says good-bye.
 */
export const createRedisConnection = (
  options: Readonly<{ url: string; log: Logger }>,
): RedisConnection => {
  const { log } = options;
  const client = new Redis(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // Subscriptions are made by who has them, and then knows since when.
    autoResubscribe: false,
    enableAutoPipelining: true,
    connectTimeout: connectWithinMs,
    retryStrategy: (attempt) => Math.min(retryMs.least * 2 ** attempt, retryMs.most),
    // A server that has become a replica takes no writes: the address may lead to another now.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  const isThere = (): boolean => client.status === 'ready';
  // `disconnect` would wait for a frozen server to say good-bye too.
  const giveUp = (): void => void client.stream?.destroy();

  const away = 'Redis is away; the process goes on without it';
  let isStopped = false;
  let wasThere = true;
  let loggedAt = -Infinity;
  // Never the error itself: it carries its command, which may be the one with the password.
  const warn = ({ message: reason }: Error, message: string): void => {
    if (performance.now() - loggedAt < logEveryMs) return;
    loggedAt = performance.now();
    log.warn({ reason }, message);
  };
  client.on('error', (error: Error) => {
    warn(error, away);
    wasThere = false;
  });
  client.on('close', () => {
    if (wasThere && !isStopped) warn(new Error('the connection ended'), away);
    wasThere = false;
  });
  client.on('ready', () => {
    if (!wasThere) log.info('Redis is there');
    wasThere = true;
    loggedAt = -Infinity;
  });
  // A frozen server takes connections and then says nothing.
  client.on('connect', () => {
    const { stream } = client;
    const timer = setTimeout(() => {
      if (!isThere()) stream.destroy();
    }, connectWithinMs);
    stream.once('close', () => clearTimeout(timer));
  });

  const ask: RedisConnection['ask'] = (exchange) => {
    if (!isThere()) return Promise.reject(new RedisAway('Redis is away'));
    return new Promise((resolve, reject) => {
      let isOver = false;
      const timer = setTimeout(() => {
        // An answer that came while this process itself was busy is read first.
        setImmediate(() => {
          if (isOver) return;
          giveUp();
          reject(new RedisAway(`Redis did not answer within ${answerWithinMs} ms`));
        });
      }, answerWithinMs);
      const end = (): void => {
        isOver = true;
        clearTimeout(timer);
      };
      Promise.try(exchange, client).then(
        (answer) => {
          end();
          resolve(answer);
        },
        (error: Error) => {
          end();
          // What Redis itself refuses, such as a write when it is full, is worth a line.
          if (error.name === 'ReplyError') warn(error, 'Redis refuses');
          reject(new RedisAway(error.message));
        },
      );
    });
  };

  const looking = setInterval(() => {
    if (isThere()) ask((it) => it.ping()).catch(() => {});
  }, lookEveryMs);
  looking.unref();
  return {
    client,
    isThere,
    ask,
    stop() {
      isStopped = true;
      clearInterval(looking);
      client.disconnect();
      giveUp();
    },
  };
};
