import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Type } from 'typebox';
import type { ServiceModule } from '../platform/module.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '../testing/test-plaza.ts';
import { httpError } from './errors.ts';
import { answerOnce, type IdempotentAnswer, type Operation } from './idempotency.ts';
import { idParams, strict } from './schemas.ts';
import type { Routes } from './server.ts';

type Work = (operation: Operation) => Promise<IdempotentAnswer>;

const answer: Work = async ({ id, isResumed }) => ({
  status: 201,
  body: JSON.stringify({ id, isResumed }),
});

describe('a request with an Idempotency-Key', () => {
  let plaza: TestPlaza;
  let caller: TestAccount;
  let work = answer;
  const module: ServiceModule = {
    name: 'analytics',
    migrations: [new URL('../messaging/migrations/', import.meta.url)],
    async start({ pool }) {
      const schema = { params: idParams, body: strict({ name: Type.String() }) };
      const routes: Routes = async (app) => {
        for (const path of ['/one/:id', '/two/:id'])
          app.post(path, { config: { access: 'account' }, schema }, (request, reply) =>
            answerOnce(pool, request, reply, {}, (operation) => work(operation)),
          );
      };
      return { routes: [routes], reactions: [], deadlines: [] };
    },
  };
  before(async () => {
    plaza = await startTestPlaza({ modules: [module] });
    caller = await plaza.account();
  });
  after(() => plaza.stop());

  const thing = crypto.randomUUID();
  const post = (key: string, { path = 'one', id = thing, name = 'a', does = answer } = {}) => {
    work = does;
    return plaza.request({
      method: 'POST',
      url: `/api/v1/${path}/${id}`,
      as: caller,
      headers: { 'idempotency-key': key },
      payload: { name },
    });
  };
  /** As if the key had been taken a minute ago. */
  const age = (key: string) =>
    plaza
      .pool('analytics')
      .query(
        `update idempotency_keys set started_at = started_at - interval '1 minute' where key = $1`,
        [key],
      );
  /** A first try that runs until it is told how it ends. */
  const startSlow = async (key: string) => {
    const end = Promise.withResolvers<IdempotentAnswer>();
    const begun = Promise.withResolvers<Operation>();
    const reply = post(key, {
      does: (operation) => {
        begun.resolve(operation);
        return end.promise;
      },
    });
    return { ...end, reply, operation: await begun.promise };
  };
  const codeOf = async (reply: ReturnType<typeof post>): Promise<[number, string]> => {
    const { statusCode, json } = await reply;
    return [statusCode, json<{ code: string }>().code];
  };

  it('is another one for another thing and on another route', async () => {
    const first = await post('k1');
    assert.deepEqual(await codeOf(post('k1', { id: crypto.randomUUID() })), [
      422,
      'http.idempotency_key_reused',
    ]);
    const elsewhere = await post('k1', { path: 'two' });
    assert.equal(elsewhere.headers['idempotent-replayed'], undefined);
    assert.notEqual(elsewhere.body, first.body);
  });

  it('is refused with a key that is none', async () => {
    for (const key of ['', 'with space', 'año', 'x'.repeat(256)])
      assert.deepEqual(await codeOf(post(key)), [400, 'http.idempotency_key_invalid'], key);
    assert.equal((await post('x'.repeat(255))).statusCode, 201);
  });

  it('has the status of its first answer, for as long as it is kept', async () => {
    const refused = { status: 402, body: '{"no":true}' };
    const first = await post('k2', { does: async () => refused });
    await age('k2');
    const again = await post('k2');
    assert.deepEqual(
      [again.statusCode, again.body, again.headers['content-type']],
      [402, refused.body, first.headers['content-type']],
    );
    assert.equal(again.headers['idempotent-replayed'], 'true');
  });

  it('is refused while the first one runs, and goes on when that is dead', async () => {
    const slow = await startSlow('k3');
    assert.deepEqual(await codeOf(post('k3')), [409, 'http.idempotency_in_progress']);
    await age('k3');
    assert.deepEqual(await codeOf(post('k3', { name: 'b' })), [422, 'http.idempotency_key_reused']);
    const next = await post('k3');
    assert.deepEqual(next.json(), { id: slow.operation.id, isResumed: true });
    slow.reject(new Error('it was not dead, only slow'));
    assert.equal((await slow.reply).statusCode, 500);
    assert.equal((await post('k3')).body, next.body, 'what the next one answered stays');
  });

  it('is still in progress when only a try that was taken over has ended', async () => {
    const slow = await startSlow('k4');
    await age('k4');
    const next = await startSlow('k4');
    slow.reject(httpError('stale'));
    assert.equal((await slow.reply).statusCode, 412);
    assert.deepEqual(await codeOf(post('k4')), [409, 'http.idempotency_in_progress']);
    next.resolve({ status: 201, body: '{"by":"next"}' });
    assert.equal((await next.reply).statusCode, 201);
    assert.equal((await post('k4')).body, '{"by":"next"}');
  });

  it('goes on as the same operation after a failure that may have left part of it', async () => {
    let first = '';
    const failed = await post('k5', {
      does: ({ id }) => {
        first = id;
        throw new Error('the connection was lost after the commit');
      },
    });
    assert.equal(failed.statusCode, 500);
    assert.deepEqual((await post('k5')).json(), { id: first, isResumed: true });
  });
});
