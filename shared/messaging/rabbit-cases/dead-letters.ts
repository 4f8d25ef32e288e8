import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until, upTo, type TestRabbit } from '../../testing/test-rabbit.ts';
import type { Message } from '../message.ts';
import { eventsExchange } from '../rabbit-topology.ts';

/** Called inside the suite that has a broker. */
export const deadLetters = (rabbit: () => TestRabbit): void => {
  it('buries poison without holding up others, and keeps what it cannot bury', async () => {
    const test = rabbit().rig('picky', 'graveless');
    const bus = await test.start();
    const fails = async ({ subject }: Message) => {
      if (subject === 'poison') throw new Error('cannot digest');
    };
    const delays: number[] = [];
    const buried: (readonly [string, number])[] = [];
    const poison = test.message('poison', 1);
    test.on(
      bus,
      'picky',
      async (message) => {
        if (message.id === poison.id) await fails(message);
        delays.push(Date.now() - Date.parse(message.time));
      },
      async ({ id }, _error, attempts) => void buried.push([id, attempts]),
    );
    let triedToBury = 0;
    test.on(bus, 'graveless', fails, async () => {
      triedToBury += 1;
      throw new Error('no grave');
    });
    await bus.publish(poison);
    for (const n of upTo(30)) await bus.publish(test.message(`food${n}`, 1));
    await until('the others came', () => delays.length === 30);
    assert.ok(Math.max(...delays) < 1_000, `one waited ${Math.max(...delays)} ms`);
    await bus.publish(test.message('poison', 2));
    assert.equal(buried.length, 0, 'it is tried again first');
    await until('it is buried', () => buried.length === 1 && triedToBury > 0);
    assert.deepEqual(buried, [[poison.id, 6]]);
    await until('the next of its subject came', () => delays.length === 31);
    await test.stop();
    assert.deepEqual([await test.count('picky'), await test.count('graveless')], [0, 2]);
  });

  it('stores what is no message with the dead letters of its context at once, and goes on', async () => {
    const test = rabbit().rig('one', 'two');
    const bus = await test.start();
    const taken: string[] = [];
    const letters: Message[] = [];
    let isGraveOpen = false;
    let tries = 0;
    const bury = async (message: Message, error: unknown, attempts: number) => {
      tries += 1;
      if (!isGraveOpen) throw new Error('no grave yet');
      assert.match(String(error), /no message of the type/);
      assert.equal(attempts, 1);
      letters.push(message);
    };
    const take = async ({ id }: Message) => void taken.push(id);
    test.on(bus, 'one', take, bury);
    test.on(bus, 'two', take, async () => {});
    await bus.ready();
    const good = test.message('s', 1);
    const other = { ...good, id: crypto.randomUUID(), type: `${test.context}.happened.v2` };
    const bodies = [
      '{ not json',
      'null',
      '[]',
      JSON.stringify({ ...good, id: 'not a uuid' }),
      JSON.stringify({ ...good, subject: 7 }),
      JSON.stringify(other),
    ];
    const to = { exchange: eventsExchange, routingKey: test.type };
    for (const body of [...bodies, bodies[0]!]) await rabbit().publishRaw(to, Buffer.from(body));
    await rabbit().publishRaw({ ...to, contentType: 'application/json' }, Buffer.from('{'));
    await rabbit().publishRaw(to, 'text');
    await bus.publish(good);
    await until('the good one came', () => taken.length === 2, 1_000);
    await until('each was tried to store', () => tries >= bodies.length + 3);
    isGraveOpen = true;
    await until('all are stored', () => letters.length === bodies.length + 3);
    assert.deepEqual(
      new Set(letters.map(({ data }) => (data as { unreadable?: string }).unreadable)),
      new Set([...bodies.slice(0, -1), '{', 'text', undefined]),
    );
    assert.ok(letters.some((letter) => letter.id === other.id && letter.type === other.type));
    assert.equal(new Set(letters.map(({ id }) => id)).size, bodies.length + 2, 'the same twice');
    await test.stop();
    assert.deepEqual([await test.count('one'), await test.countDead()], [0, 0]);
  });

  it('keeps dead letters while nobody of the context is there', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start();
    const message = test.message('killer', 1);
    await bus.publish(message);
    const deliveries = await rabbit().onChannel(async (channel) => {
      let count = 0;
      await channel.basicConsume({ queue: test.queue('one') }, ({ deliveryTag }) => {
        count += 1;
        channel.basicNack({ deliveryTag, requeue: true });
      });
      await until('it is dead', async () => (await test.countDead()) === 1);
      return count;
    });
    assert.equal(deliveries, 21);
    const letters: (readonly [Message, unknown, number])[] = [];
    test.on(
      bus,
      'one',
      () => Promise.reject(new Error('not delivered again')),
      async (...letter) => void letters.push(letter),
    );
    await until('it is stored', () => letters.length === 1);
    const [came, error, attempts] = letters[0]!;
    assert.deepEqual([came, attempts], [message, 21]);
    assert.match(String(error), /its consumer ended or gave it back 21 times/);
    await test.stop();
    assert.equal(await test.countDead(), 0);
  });

  it('counts the attempts of consumers that died, and leaves two', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start();
    await bus.publish(test.message('s', 1));
    for (const redelivered of upTo(7))
      await rabbit().onChannel(async (channel) => {
        const { promise, resolve } = Promise.withResolvers<void>();
        await channel.basicConsume({ queue: test.queue('one') }, () => resolve());
        await promise;
        assert.ok(redelivered);
      });
    const attempts: number[] = [];
    let handled = 0;
    test.on(
      bus,
      'one',
      async () => {
        handled += 1;
        throw new Error('cannot digest');
      },
      async (_message, _error, count) => void attempts.push(count),
    );
    await until('it is buried', () => attempts.length === 1);
    assert.deepEqual([handled, attempts], [2, [6]]);
    await test.stop();
  });
};
