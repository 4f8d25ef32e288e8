import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { openTestRedis, skipWithoutRedis, type TestRedis } from '../testing/test-redis.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('values shared through Redis', { skip: skipWithoutRedis }, () => {
  let redis: TestRedis;
  before(async () => void (redis = await openTestRedis()));
  afterEach(async () => {
    redis.thaw();
    await redis.areAllThere();
  });
  after(() => redis?.stop());

  const processes = (n: number) => Promise.all(upTo(n).map(() => redis.connect()));
  const newKey = (): string => crypto.randomUUID();
  const at = (atLeast: number, asOf = atLeast) => ({ atLeast, asOf });
  const give = (text: string) => async () => Buffer.from(text);
  const never = () => Promise.reject(new Error('loaded once more'));
  /** What is written behind the answer takes a moment. */
  const kept = () => pause(30);

  it('are loaded once, however many processes ask at once', async () => {
    const all = await processes(4);
    const key = newKey();
    let loads = 0;
    const load = async () => {
      loads += 1;
      await pause(50);
      return Buffer.from('dear');
    };
    const values = await Promise.all(
      upTo(100).map((n) => all[n % 4]!.values.get(key, at(1), load)),
    );
    assert.deepEqual([loads, new Set(values.map(String))], [1, new Set(['dear'])]);
  });

  it('are whole bytes, and those of another key are others', async () => {
    const [a, b] = await processes(2);
    const [bytes, key] = [Buffer.from([0, 255, 10, 13, 128]), newKey()];
    await a!.values.get(key, at(1), async () => bytes);
    await kept();
    assert.deepEqual(await b!.values.get(key, at(1), never), bytes);
    assert.equal(String(await b!.values.get(newKey(), at(1), give('mine'))), 'mine');
  });

  it('are not those of another release, whose shape may be another', async () => {
    const [key, old] = [newKey(), await redis.connect()];
    const next = await redis.connect(redis.prefix, '1.1.0');
    await old.values.get(key, at(1), give('old shape'));
    await kept();
    assert.equal(String(await next.values.get(key, at(1), give('new shape'))), 'new shape');
    await kept();
    assert.equal(String(await old.values.get(key, at(1), never)), 'old shape');
    assert.equal(String(await next.values.get(key, at(1), never)), 'new shape');
  });

  it('are passed over by who knows of a later change', async () => {
    const [a, b] = await processes(2);
    const key = newKey();
    await a!.values.get(key, at(10, 12), give('old'));
    await kept();
    assert.equal(String(await b!.values.get(key, at(12), never)), 'old');
    assert.equal(String(await b!.values.get(key, at(13), give('new'))), 'new');
    await kept();
    assert.equal(String(await a!.values.get(key, at(13), never)), 'new');
  });

  it('are not put back by a reader that began before the change and ends after it', async () => {
    const [slow, fast, third] = await processes(3);
    const key = newKey();
    const { promise, resolve } = Promise.withResolvers<void>();
    const reading = slow!.values.get(key, at(20), async () => {
      await promise;
      return Buffer.from('old');
    });
    await pause(20);
    // Its lock does not hold up who needs a newer value.
    const begin = performance.now();
    assert.equal(String(await fast!.values.get(key, at(21), give('new'))), 'new');
    assert.ok(performance.now() - begin < 300, 'it waited for the lock');
    await kept();
    resolve();
    assert.equal(String(await reading), 'old', 'to who asked before the change');
    await kept();
    assert.equal(String(await third!.values.get(key, at(21), never)), 'new');
    assert.equal(String(await third!.values.get(key, at(20), never)), 'new');
  });

  it('are loaded by the next when who loads them dies, and by each when it only fails', async () => {
    const [a, b] = await processes(2);
    const key = newKey();
    void a!.values.get(key, at(1), () => new Promise(() => {}));
    await pause(20);
    const begin = performance.now();
    assert.equal(String(await b!.values.get(key, at(1), give('after all'))), 'after all');
    const ms = performance.now() - begin;
    assert.ok(ms > 300 && ms < 1_500, `${ms} ms`);
    const other = newKey();
    await assert.rejects(a!.values.get(other, at(1), never), /loaded once more/);
    await kept();
    const soon = performance.now();
    assert.equal(String(await b!.values.get(other, at(1), give('well'))), 'well');
    assert.ok(performance.now() - soon < 200, 'the lock was freed');
  });

  it('are not waited for when nobody could use them', async () => {
    const [a] = await processes(1);
    const key = newKey();
    for (const text of ['one', 'two'])
      assert.equal(String(await a!.values.get(key, at(30, 29), give(text))), text);
    assert.equal((await redis.admin.keys(`${redis.prefix}:lock:*:30:*`)).length, 0);
  });

  it('go away by themselves, and nothing stays for ever', async () => {
    const [a] = await processes(1);
    await a!.values.get(newKey(), at(1), give('x'));
    await a!.values.get(newKey(), at(1), async () => Buffer.alloc(300_000));
    await a!.counts('all')('somebody', 1);
    await kept();
    const keys = await redis.admin.keys(`${redis.prefix}:*`);
    assert.ok(keys.length > 0);
    for (const key of keys) {
      const ms = await redis.admin.pttl(key);
      assert.ok(ms > 0 && ms <= 60_000, `${key} ${ms}`);
      assert.ok((await redis.admin.memory('USAGE', key))! < 300_000, 'too large to keep');
    }
  });

  it('are loaded by each process while Redis is emptied, hangs or is dead, and shared again', async () => {
    const [a, b] = await processes(2);
    const key = newKey();
    await a!.values.get(key, at(1), give('first'));
    await kept();
    await redis.admin.flushall();
    assert.equal(String(await b!.values.get(key, at(1), give('filled again'))), 'filled again');
    await redis.freeze();
    const begin = performance.now();
    assert.equal(String(await a!.values.get(key, at(1), give('alone'))), 'alone');
    assert.ok(performance.now() - begin < 250);
    const next = performance.now();
    for (const _ of upTo(50)) await a!.values.get(key, at(1), give('alone'));
    assert.ok(performance.now() - next < 100);
    redis.thaw();
    await redis.areAllThere();
    await redis.restart();
    await redis.areAllThere();
    await a!.values.get(key, at(2), give('shared'));
    await kept();
    assert.equal(String(await b!.values.get(key, at(2), never)), 'shared');
  });
});
