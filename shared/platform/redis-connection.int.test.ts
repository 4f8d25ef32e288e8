import assert from 'node:assert/strict';
import { createServer, connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { openTestRedis, skipWithoutRedis, until, type TestRedis } from '../testing/test-redis.ts';
import { createRedisConnection, RedisAway } from './redis-connection.ts';

const log = createLogger({ level: process.env['TEST_LOG'] ?? 'silent' });

describe('a connection to Redis', { skip: skipWithoutRedis }, () => {
  let redis: TestRedis;
  before(async () => void (redis = await openTestRedis()));
  after(() => redis?.stop());

  /** A network in front of Redis that can swallow everything without closing anything. */
  const openNetwork = async () => {
    const there = new URL(redis.url);
    let isCut = false;
    const sockets = new Set<Socket>();
    const server = createServer((near) => {
      const far = connect(Number(there.port), there.hostname);
      // What was cut once stays so: only a new connection gets through again.
      let wasCut = isCut;
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on('error', () => {});
        from.on('data', (bytes) => {
          wasCut ||= isCut;
          if (!wasCut) to.write(bytes);
        });
        from.on('close', () => {
          if (!wasCut) to.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(redis.url);
    url.port = String((server.address() as { port: number }).port);
    return {
      url: url.href,
      cut: () => (isCut = true),
      mend: () => (isCut = false),
      connections: () => sockets.size / 2,
      close: () => {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    };
  };

  it('notices by itself that the network swallows everything, and when it no longer does', async () => {
    const network = await openNetwork();
    const connection = createRedisConnection({ url: network.url, log });
    await until('it is there', connection.isThere);
    network.cut();
    await until('it notices', () => !connection.isThere(), 3_000);
    const begun = network.connections();
    await until('it tries anew while connections are swallowed', () => {
      return network.connections() > begun + 1;
    });
    network.mend();
    await until('it is there again', connection.isThere, 4_000);
    assert.equal(await connection.ask((it) => it.ping()), 'PONG');
    connection.stop();
    network.close();
  });

  it('does not take its own being busy for a Redis that hangs', async () => {
    const connection = createRedisConnection({ url: redis.url, log });
    await until('it is there', connection.isThere);
    const asked = connection.ask((it) => it.ping());
    const end = performance.now() + 300;
    // The command leaves, and nobody reads its answer in time.
    await new Promise((resolve) => setImmediate(resolve));
    while (performance.now() < end);
    assert.equal(await asked, 'PONG');
    assert.ok(connection.isThere());
    connection.stop();
  });

  it('sends nothing a second time and queues nothing', async () => {
    const connection = createRedisConnection({ url: redis.url, log });
    await until('it is there', connection.isThere);
    const key = `${redis.prefix}:once`;
    await redis.freeze();
    await assert.rejects(
      connection.ask((it) => it.incr(key)),
      RedisAway,
    );
    for (let i = 0; i < 10; i++)
      await assert.rejects(
        connection.ask((it) => it.incr(key)),
        RedisAway,
      );
    redis.thaw();
    await until('it is there again', connection.isThere);
    await connection.ask((it) => it.ping());
    // What was on its way when the connection was given up may have arrived, once.
    assert.ok(Number(await redis.admin.get(key)) <= 1);
    connection.stop();
  });

  it('stays when what is asked of it fails before it is sent', async () => {
    const connection = createRedisConnection({ url: redis.url, log });
    await until('it is there', connection.isThere);
    let ends = 0;
    connection.client.on('close', () => (ends += 1));
    const fault = await connection
      .ask(() => {
        throw new Error('never sent');
      })
      .catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(ends, 0);
    assert.ok(fault instanceof RedisAway);
    connection.stop();
  });

  it('is away with a wrong password, and says so in the log without it', async () => {
    const lines: string[] = [];
    const url = new URL(redis.url);
    url.password = 'not-the-one';
    const connection = createRedisConnection({
      url: url.href,
      log: { warn: (...all: unknown[]) => lines.push(JSON.stringify(all)) } as never,
    });
    await until('it says so', () => lines.length > 0);
    assert.ok(!connection.isThere());
    await assert.rejects(
      connection.ask((it) => it.ping()),
      RedisAway,
    );
    assert.ok(!lines.join().includes('not-the-one'));
    connection.stop();
  });
});
