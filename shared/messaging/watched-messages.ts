import type { FanOut } from '../platform/fan-out.ts';
import type { Message } from './message.ts';

/** What an operator sees of a message as it passes: all but its data. */
export type PassingMessage = Omit<
  Message,
  'data' | 'specversion' | 'datacontenttype' | 'traceparent'
>;

const wishTopic = 'messages.wanted';
const messagesTopic = 'messages.passing';
/** Whoever watches says so again before this is over. */
const wishMs = 30_000;
const gatherMs = 50;
/** More than this in one moment is not for eyes. */
const batchMax = 500;

/**
 * Shows messages as they are handed to the bus, in any process, and only while somebody watches:
 * else a message costs one comparison. Nothing depends on it: one may be missed, or come twice when
 * it was sent twice.
 */
export const createWatchedMessages = (fanOut: FanOut) => {
  let wantedUntil = 0;
  let passing: PassingMessage[] = [];
  let timer: NodeJS.Timeout | undefined;
  fanOut.subscribe(wishTopic, () => (wantedUntil = performance.now() + wishMs));
  return (message: Message): void => {
    if (performance.now() > wantedUntil || passing.length >= batchMax) return;
    const { id, source, type, subject, time, aggregate_version } = message;
    const { correlation_id, causation_id } = message;
    passing.push({
      id,
      source,
      type,
      subject,
      time,
      aggregate_version,
      correlation_id,
      causation_id,
    });
    timer ??= setTimeout(() => {
      timer = undefined;
      fanOut.publish(messagesTopic, passing);
      passing = [];
    }, gatherMs);
  };
};

/** Says that somebody watches; to be said again within half a minute. */
export const wantMessages = (fanOut: FanOut): void => fanOut.publish(wishTopic, null);

/** Calls `show` with what passes while it is wanted. */
export const watchMessages = (
  fanOut: FanOut,
  show: (messages: readonly PassingMessage[]) => void,
): void => fanOut.subscribe(messagesTopic, (messages) => show(messages as PassingMessage[]));
