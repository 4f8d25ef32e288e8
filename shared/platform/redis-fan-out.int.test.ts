import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { openTestRedis, skipWithoutRedis, until, type TestRedis } from '../testing/test-redis.ts';

describe('the fan-out over Redis', { skip: skipWithoutRedis }, () => {
  let redis: TestRedis;
  before(async () => void (redis = await openTestRedis()));
  afterEach(async () => {
    redis.thaw();
    await redis.areAllThere();
  });
  after(() => redis?.stop());

  const listener = async (topic = 'news') => {
    const shared = await redis.connect();
    const heard: unknown[] = [];
    let gaps = 0;
    shared.fanOut.subscribe(
      topic,
      (message) => void heard.push(message),
      () => (gaps += 1),
    );
    await until('it listens', () => gaps > 0);
    return { ...shared, heard, gaps: () => gaps };
  };
  const msOf = async (work: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };

  it('hands a message to this process at once, and to all before the publisher goes on', async () => {
    const [a, b, c] = [await listener(), await listener(), await listener('else')];
    const published = a.fanOut.publishAndWait('news', { n: 1 });
    assert.deepEqual(a.heard, [{ n: 1 }]);
    await published;
    assert.deepEqual([a.heard, b.heard, c.heard], [[{ n: 1 }], [{ n: 1 }], []]);
    for (let n = 2; n < 200; n++) {
      await (n % 2 ? a : b).fanOut.publishAndWait('news', { n });
      assert.deepEqual([a.heard.at(-1), b.heard.at(-1)], [{ n }, { n }]);
    }
    assert.equal(a.heard.length, 199, 'its own once');
  });

  it('does not make a publisher wait where nobody listens', async () => {
    const alone = await redis.connect();
    const ms = await msOf(() => alone.fanOut.publishAndWait('nobody', 1));
    assert.ok(ms < 100, `${ms} ms`);
  });

  it('is bounded by a process that does not say it has handled a message', async () => {
    const a = await listener();
    // As a frozen process: Redis has its subscription, and it never answers.
    const frozen = redis.admin.duplicate();
    await frozen.subscribe(`${redis.prefix}:topic:news`);
    const ms = await msOf(() => a.fanOut.publishAndWait('news', 1));
    frozen.disconnect();
    assert.ok(ms > 200 && ms < 500, `${ms} ms`);
  });

  it('survives what it cannot read', async () => {
    const a = await listener();
    await redis.admin.publish(`${redis.prefix}:topic:news`, '{ not json');
    await redis.admin.publish(`${redis.prefix}:topic:news`, 'null');
    const b = await listener();
    await b.fanOut.publishAndWait('news', 'after');
    assert.deepEqual(a.heard, ['after']);
  });

  it('goes on without a Redis that hangs, says that messages were missed, and hears again', async () => {
    const [a, b] = [await listener(), await listener()];
    const before = [a.gaps(), b.gaps()];
    await redis.freeze();
    const ms = await msOf(() => a.fanOut.publishAndWait('news', 'lost'));
    assert.ok(ms < 250, `${ms} ms`);
    assert.ok((await msOf(() => a.fanOut.publishAndWait('news', 'lost'))) < 50);
    assert.deepEqual(a.heard, ['lost', 'lost']);
    // The connections on which nothing is asked notice it too, each by itself: one that is thawed before
    // it has noticed has missed nothing.
    await until('all have noticed', () => [a, b].every(({ fanOut }) => !fanOut.isLive()), 4_000);
    redis.thaw();
    await redis.areAllThere();
    await until('all know of the gap', () => a.gaps() > before[0]! && b.gaps() > before[1]!);
    await a.fanOut.publishAndWait('news', 'back');
    assert.equal(b.heard.at(-1), 'back');
  });

  it('comes back after Redis was killed and after its connections were cut', async () => {
    const [a, b] = [await listener(), await listener()];
    const works = async (what: string): Promise<void> => {
      await redis.areAllThere();
      await a.fanOut.publishAndWait('news', what);
      assert.equal(b.heard.at(-1), what);
    };
    await redis.kill();
    await until('it is noticed', () => !a.isThere() && !b.isThere());
    await redis.start();
    await works('after the kill');
    const gaps = b.gaps();
    await redis.admin.call('client', 'kill', 'type', 'pubsub');
    await until('the gap is told', () => b.gaps() > gaps);
    await works('after the cut');
  });
});
