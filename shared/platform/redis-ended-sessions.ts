import {
  createMemoryEndedSessions,
  longestTokenMinutes,
  type EndedSession,
  type EndedSessions,
  type SessionOfToken,
  type TruthOfSessions,
} from './ended-sessions.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { FanOut } from './fan-out.ts';
import type { RedisConnection } from './redis-connection.ts';

const topic = 'ended-sessions';
const againMs = 500;

/**
 * Over several processes. What identity tells is heard by all within milliseconds, and kept in Redis
 * for those who must be sure: of a guarded route, one exchange. Redis may be away, or come back with
 * less than it had: a mark says that it holds all, and without it identity itself is asked.
 */
export const createRedisEndedSessions = (
  options: Readonly<{
    commands: RedisConnection;
    prefix: string;
    fanOut: FanOut;
    /** Asks identity; raises when it does not answer. */
    askIdentity: (of: SessionOfToken) => Promise<boolean>;
    now: () => number;
    log: Logger;
  }>,
): EndedSessions & Readonly<{ stop: () => void }> => {
  const { commands, prefix, fanOut, askIdentity, log } = options;
  const memory = createMemoryEndedSessions(options.now);
  const mark = `${prefix}:ended:all`;
  const placeOf = (id: string): string => `${prefix}:ended:${id}`;
  const seconds = longestTokenMinutes * 60;
  fanOut.subscribe(topic, (message) => void memory.tell(message as EndedSession));

  const write = (all: readonly EndedSession[], isAll: boolean): Promise<unknown> =>
    commands.ask((redis) => {
      const batch = redis.pipeline();
      for (const ended of all) {
        if ('sessionId' in ended) batch.set(placeOf(ended.sessionId), '1', 'EX', seconds);
        else
          batch.set(
            placeOf(ended.accountId),
            `${ended.epoch} ${ended.keptSessionId ?? ''}`,
            'EX',
            seconds,
          );
      }
      if (isAll) batch.set(mark, '1');
      return batch.exec();
    });

  // Whatever Redis missed, was flushed of or lost with a crash is in what identity reads anew.
  let truth: TruthOfSessions | undefined;
  let timer: NodeJS.Timeout | undefined;
  const recallNow = async (): Promise<void> => {
    if (!truth) return;
    try {
      const all = await truth.load();
      for (const ended of all) await memory.tell(ended);
      await write(all, true);
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'ended sessions not told to Redis yet');
      recallSoon();
    }
  };
  const recallSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void recallNow();
    }, againMs).unref();
  };
  const onReady = (): void => recallSoon();
  commands.client.on('ready', onReady);

  const readShared = async ({ id, sessionId, epoch = Infinity }: SessionOfToken) => {
    const [isAll, session, account] = await commands.ask((redis) =>
      redis.mget(mark, placeOf(sessionId ?? '-'), placeOf(id)),
    );
    if (session !== null && session !== undefined) return true;
    if (account) {
      const [newest, kept] = account.split(' ');
      if (epoch < Number(newest) && sessionId !== kept) return true;
    }
    return isAll === null ? undefined : false;
  };

  return {
    async tell(ended) {
      await memory.tell(ended);
      fanOut.publish(topic, ended);
      await write([ended], false).catch(recallSoon);
    },
    async standOn(given) {
      const isFirst = truth === undefined;
      truth = given;
      if (isFirst) await recallNow();
      else recallSoon();
    },
    isEnded(of, isGuarded) {
      if (memory.isEnded(of, false) === true) return true;
      // Tokens of the operator and of services have no session that could end.
      if (!isGuarded || (of.sessionId === undefined && of.epoch === undefined)) return false;
      return readShared(of)
        .catch(() => undefined)
        .then((known) => known ?? (truth?.isEnded ?? askIdentity)(of));
    },
    stop() {
      clearTimeout(timer);
      commands.client.off('ready', onReady);
    },
  };
};
