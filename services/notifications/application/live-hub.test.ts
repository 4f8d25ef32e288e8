import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLiveHub } from './live-hub.ts';
import type { LiveLog, StoredLiveEvent } from './live.ts';

const eventOf = (seq: bigint, topic = 'account:a'): StoredLiveEvent => ({
  seq,
  topic,
  messageId: `m${seq}`,
  event: 'order.paid',
  data: {},
  happenedAt: '',
});

/** A log in memory whose `missed` answers when it is told to. */
const createLog = (looks: 'before' | 'after' = 'after') => {
  const events: StoredLiveEvent[] = [];
  let gate = Promise.resolve();
  const log: LiveLog = {
    tell: () => {},
    newest: async () => events.at(-1)?.seq ?? 0n,
    after: async (seq, limit) => events.filter((e) => e.seq > seq).slice(0, limit),
    async missed(topic, seq) {
      const find = () => events.filter((e) => e.topic === topic && e.seq > seq);
      const early = find();
      await gate;
      return looks === 'before' ? early : find();
    },
    prune: async () => {},
  };
  return {
    log,
    events,
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
};

const raise = (error: unknown): never => {
  throw error;
};
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('the hub of live updates', () => {
  for (const looks of ['before', 'after'] as const)
    it(`sends once what came while it was looking for what was missed, ${looks} it looked`, async () => {
      const { log, events, hold } = createLog(looks);
      const hub = createLiveHub(log, raise);
      const heard: string[] = [];
      const send = (m: object): void => {
        const { type, seq } = m as { type: string; seq: string };
        heard.push(`${type} ${seq}`);
      };
      const listening = { send };
      events.push(eventOf(1n), eventOf(2n));
      const release = hold();
      const following = hub.follow(listening, 'account:a', 1n);
      await quiet();
      // Both the nudge and the answer have it.
      events.push(eventOf(3n), eventOf(4n, 'account:b'));
      hub.nudge();
      await quiet();
      assert.deepEqual(heard, []);
      release();
      await following;
      events.push(eventOf(5n));
      hub.nudge();
      await quiet();
      assert.deepEqual(heard, ['subscribed 1', 'event 2', 'event 3', 'event 5']);
    });

  it('asks nothing of the log while nobody listens', async () => {
    const { log, events } = createLog();
    let asked = 0;
    const hub = createLiveHub({ ...log, after: (...of) => (asked++, log.after(...of)) }, raise);
    hub.nudge();
    await quiet();
    assert.equal(asked, 0);
    const heard: object[] = [];
    const listening = { send: (m: object) => void heard.push(m) };
    await hub.follow(listening, 'account:a');
    hub.leave(listening, 'account:a');
    events.push(eventOf(1n));
    hub.nudge();
    await quiet();
    assert.equal(asked, 0);
    // Who comes later begins at what is newest then.
    await hub.follow(listening, 'account:a');
    assert.deepEqual(heard.at(-1), { type: 'subscribed', topic: 'account:a', seq: '1' });
  });
});
