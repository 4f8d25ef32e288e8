import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { openTestRedis, skipWithoutRedis, until, type TestRedis } from '../testing/test-redis.ts';
import type { EndedSession, EndedSessions, SessionOfToken } from './ended-sessions.ts';

describe('sessions that ended, over processes', { skip: skipWithoutRedis }, () => {
  let redis: TestRedis;
  let identity: EndedSessions;
  let orders: EndedSessions;
  /** Hears nothing in time, as a process that was cut off. */
  let deaf: EndedSessions;
  const truth: EndedSession[] = [];
  let asked = 0;
  let doesIdentityAnswer = true;

  const isTrue = async (of: SessionOfToken): Promise<boolean> =>
    truth.some((ended) => 'sessionId' in ended && ended.sessionId === of.sessionId);
  const askIdentity = async (of: SessionOfToken): Promise<boolean> => {
    asked += 1;
    if (!doesIdentityAnswer) throw new Error('identity is away');
    return isTrue(of);
  };
  const end = async (sessionId: string): Promise<void> => {
    truth.push({ sessionId });
    await identity.tell({ sessionId });
  };
  const tokenOf = (sessionId: string): SessionOfToken => ({ id: 'ana', sessionId, epoch: 1 });

  before(async () => {
    redis = await openTestRedis();
    const asking = { askIdentity, now: Date.now };
    identity = (await redis.connect()).endedSessions(asking);
    await identity.standOn({ load: async () => truth, isEnded: isTrue });
    orders = (await redis.connect()).endedSessions(asking);
    const { fanOut: _, ...rest } = await redis.connect();
    deaf = rest.endedSessions(asking);
  });
  afterEach(async () => {
    redis.thaw();
    await redis.areAllThere();
    doesIdentityAnswer = true;
    asked = 0;
  });
  after(() => redis?.stop());

  it('are known at once where it matters, and elsewhere within moments', async () => {
    assert.equal(await orders.isEnded(tokenOf('a'), true), false);
    await end('a');
    assert.equal(await orders.isEnded(tokenOf('a'), true), true);
    await until('heard', async () => orders.isEnded(tokenOf('a'), false));
    assert.equal(await orders.isEnded(tokenOf('b'), true), false);
    assert.equal(asked, 0);
  });

  it('of a whole account are those of an older epoch, but the one that stays', async () => {
    await identity.tell({ accountId: 'eva', epoch: 4, keptSessionId: 'kept' });
    const is = (sessionId: string, epoch: number) =>
      deaf.isEnded({ id: 'eva', sessionId, epoch }, true);
    assert.equal(await is('other', 3), true);
    assert.equal(await is('kept', 3), false);
    assert.equal(await is('other', 4), false);
    assert.equal(await deaf.isEnded({ id: 'eva' }, true), false);
  });

  it('are asked of identity while Redis has lost them, and told again', async () => {
    await end('c');
    await redis.admin.flushall();
    const fresh = (await redis.connect()).endedSessions({ askIdentity, now: Date.now });
    assert.equal(await fresh.isEnded(tokenOf('c'), true), true);
    assert.equal(await fresh.isEnded(tokenOf('d'), true), false);
    assert.equal(asked, 2);
    doesIdentityAnswer = false;
    await assert.rejects(async () => fresh.isEnded(tokenOf('d'), true), /identity is away/);
    // As the route does of which it was asked.
    await identity.standOn({ load: async () => truth, isEnded: isTrue });
    await until(
      'told again',
      async () => (await redis.admin.get(`${redis.prefix}:ended:all`)) === '1',
    );
    assert.equal(await fresh.isEnded(tokenOf('c'), true), true);
    assert.equal(await fresh.isEnded(tokenOf('d'), true), false);
  });

  it('are asked of identity while Redis is away, and Redis knows them when it is back', async () => {
    await redis.freeze();
    await end('e');
    assert.equal(await deaf.isEnded(tokenOf('e'), true), true);
    assert.equal(asked, 1);
    redis.thaw();
    await redis.areAllThere();
    await until('told', async () => (await redis.admin.get(`${redis.prefix}:ended:e`)) === '1');
    const fresh = (await redis.connect()).endedSessions({ askIdentity, now: Date.now });
    assert.equal(await fresh.isEnded(tokenOf('e'), true), true);
    assert.equal(asked, 1);
  });
});
