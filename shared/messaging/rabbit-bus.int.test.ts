import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Connection, type AsyncMessage, type Channel } from 'rabbitmq-client';
import { createLogger } from '../telemetry/logger.ts';
import type { Message, Subscription } from './message.ts';
import { createRabbitBus, type RabbitBus } from './rabbit-bus.ts';
import { deadName, eventsExchange, queueOf, type Subscriptions } from './rabbit-topology.ts';

/** Its address; a shell command that restarts it; one that begins a call of rabbitmqctl. */
const variables = ['URL', 'RESTART', 'CTL'].map((name) => `PLAZA_TEST_RABBITMQ_${name}`);
const [url, restartCommand, ctl] = variables.map((name) => process.env[name] ?? '');
const missing = variables.filter((name) => !process.env[name]);
const skip =
  missing.length > 0 && process.env['CI'] === undefined
    ? `there is no RabbitMQ to test with: ${missing.join(', ')} not set`
    : false;

const log = createLogger({ level: process.env['TEST_LOG'] ?? 'silent' });
const shell = promisify(exec);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (what: string, isTrue: () => boolean | Promise<boolean>, ms = 15_000) => {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    assert.ok(performance.now() < end, `never: ${what}`);
    await pause(10);
  }
};
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** `'waits'` when nothing comes of it in `ms`. */
const outcome = (promise: Promise<unknown>, ms: number): Promise<unknown> =>
  Promise.race([
    promise.then(
      () => 'resolved',
      () => 'rejected',
    ),
    pause(ms).then(() => 'waits'),
  ]);

describe('the bus over RabbitMQ', { skip }, () => {
  let admin: Connection;
  let raw: Channel;
  const queues: string[] = [];

  before(async () => {
    assert.deepEqual(missing, [], 'CI has a RabbitMQ');
    admin = new Connection({ url: url!, noDelay: true, retryLow: 100, retryHigh: 500 });
    admin.on('error', () => {});
    await admin.onConnect();
    raw = await admin.acquire();
  });
  after(async () => {
    if (!admin) return;
    const channel = await admin.acquire();
    for (const queue of queues) await channel.queueDelete({ queue });
    await channel.close();
    admin.unsafeDestroy();
  });

  /** Contexts, queues and types that no other test has, and buses that know them. */
  const rig = (...reactions: string[]) => {
    const context = `test${crypto.randomUUID().slice(0, 8)}`;
    const type = `${context}.happened.v1`;
    const subscriptions: Subscriptions = Object.fromEntries(
      reactions.map((name) => [`${context}.${name}`, type]),
    );
    queues.push(...Object.keys(subscriptions).map(queueOf));
    const buses: RabbitBus[] = [];
    return {
      type,
      queue: (name: string) => queueOf(`${context}.${name}`),
      count: async (name: string): Promise<number> => {
        await pause(200); // What a stopped consumer gave back takes a moment.
        const channel = await admin.acquire();
        const queue = queueOf(`${context}.${name}`);
        const { messageCount } = await channel.queueDeclare({ queue, passive: true });
        await channel.close();
        return messageCount;
      },
      start: async (more: { prefetch?: number; concurrency?: number } = {}): Promise<RabbitBus> => {
        const bus = createRabbitBus({ url: url!, log, subscriptions, ...more });
        buses.push(bus);
        await bus.ready();
        return bus;
      },
      on: (
        bus: RabbitBus,
        name: string,
        handle: Subscription['handle'],
        bury: Subscription['bury'] = () => Promise.reject(new Error('nobody dies here')),
      ) => bus.subscribe({ consumer: `${context}.${name}`, type, handle, bury }),
      message: (subject: string, n: number): Message<{ n: number }> => ({
        specversion: '1.0',
        id: crypto.randomUUID(),
        source: `/${context}`,
        type,
        subject,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        aggregate_version: n,
        correlation_id: crypto.randomUUID(),
        causation_id: null,
        traceparent: null,
        data: { n },
      }),
      stop: () => Promise.all(buses.map((bus) => bus.stop())),
    };
  };

  /** What `plaza.dead` has of a queue, and takes it out; the rest stays. */
  const takeDead = async (queue: string, count: number): Promise<AsyncMessage[]> => {
    const channel = await admin.acquire();
    const found: AsyncMessage[] = [];
    await channel.basicConsume({ queue: deadName }, (message) => {
      const deaths = message.headers?.['x-death'] as readonly { queue: string }[] | undefined;
      if (deaths?.[0]?.queue !== queue) return;
      found.push(message);
      channel.basicAck({ deliveryTag: message.deliveryTag });
    });
    await until(`${count} of ${queue} are dead`, () => found.length >= count);
    await channel.close();
    return found;
  };

  it('keeps a message for each consumer before any is there, whole and safe', async () => {
    const test = rig('one', 'two');
    const bus = await test.start();
    const message = test.message('s', 1);
    await bus.publish(message);
    assert.deepEqual([await test.count('one'), await test.count('two')], [1, 1]);

    const taken: Message[] = [];
    test.on(bus, 'one', async (came) => void taken.push(came));
    await until('one has it', () => taken.length === 1);
    assert.deepEqual(taken, [message]);
    const { promise, resolve } = Promise.withResolvers<AsyncMessage>();
    await raw.basicConsume({ queue: test.queue('two'), noAck: true }, resolve);
    const delivery = await promise;
    assert.partialDeepStrictEqual(delivery, {
      contentType: 'application/cloudevents+json',
      deliveryMode: 2,
      messageId: message.id,
      type: message.type,
      correlationId: message.correlation_id,
      headers: { subject: 's' },
    });
    await test.stop();
    assert.equal(await test.count('one'), 0, 'acknowledged');
  });

  it('answers at once for a type that nobody takes, and refuses who is not in the table', async () => {
    const test = rig('one');
    const bus = await test.start();
    await bus.publish({ ...test.message('s', 1), type: 'nobody.cares.v1' });
    assert.throws(() => test.on(bus, 'unknown', async () => {}), /not in the subscriptions/);
    await test.stop();
  });

  it('does not answer for a message whose queue has gone, but makes the queue again', async () => {
    const test = rig('one');
    const bus = await test.start();
    await raw.queueDelete({ queue: test.queue('one') });
    await bus.publish(test.message('s', 1));
    assert.equal(await test.count('one'), 1);
    const taken: number[] = [];
    test.on(bus, 'one', async ({ aggregate_version: n }) => void taken.push(n));
    await until('it came', () => taken.length === 1);
    await raw.queueDelete({ queue: test.queue('one') });
    await bus.publish(test.message('s', 2));
    await until('the consumer is back', () => taken.length === 2);
    await test.stop();
  });

  it('sends again, and in order, what the broker refused', async () => {
    const test = rig('one');
    const bus = await test.start();
    // A queue of the same binding that takes one message and refuses the next.
    const queue = `${test.queue('one')}.full`;
    queues.push(queue);
    const full = { 'x-max-length': 1, 'x-overflow': 'reject-publish' } as const;
    await raw.queueDeclare({ queue, arguments: full });
    await raw.queueBind({ queue, exchange: eventsExchange, routingKey: test.type });
    await bus.publish(test.message('s', 1));
    const sent = upTo(3).map((n) => bus.publish(test.message('s', n + 1)));
    assert.equal(await outcome(Promise.race(sent), 300), 'waits');
    await raw.queueDelete({ queue });
    await Promise.all(sent);
    const taken: number[] = [];
    test.on(bus, 'one', async ({ aggregate_version: n }) => void taken.push(n));
    await until('all came', () => taken.includes(4));
    assert.ok(taken.length > 4, 'nothing was sent twice');
    assert.deepEqual(
      taken,
      taken.toSorted((a, b) => a - b),
    );
    await test.stop();
  });

  it('keeps the order of each subject while several are under way', async () => {
    const test = rig('one');
    const bus = await test.start();
    const subjects = upTo(10).map((n) => `s${n}`);
    const messages = upTo(40).flatMap((n) => subjects.map((subject) => test.message(subject, n)));
    await Promise.all(messages.map((message) => bus.publish(message)));
    const taken = new Map<string, number[]>();
    const busy = new Set<string>();
    let [most, overlaps] = [0, 0];
    test.on(bus, 'one', async ({ subject, aggregate_version: n }) => {
      if (busy.has(subject)) overlaps += 1;
      busy.add(subject);
      most = Math.max(most, busy.size);
      await pause(Math.random() * 4);
      busy.delete(subject);
      taken.set(subject, [...(taken.get(subject) ?? []), n]);
    });
    await until('all came', () => [...taken.values()].flat().length === 400);
    for (const subject of subjects) assert.deepEqual(taken.get(subject), upTo(40));
    assert.deepEqual([most, overlaps], [8, 0]);
    await test.stop();
  });

  it('buries poison without holding up others, and keeps what it cannot bury', async () => {
    const test = rig('picky', 'graveless');
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

  it('dead-letters what is no message, and goes on', async () => {
    const test = rig('one');
    const bus = await test.start();
    const taken: string[] = [];
    test.on(bus, 'one', async ({ id }) => void taken.push(id));
    await bus.ready();
    const good = test.message('s', 1);
    const bodies = [
      '{ not json',
      'null',
      '[]',
      JSON.stringify({ ...good, id: 'not a uuid' }),
      JSON.stringify({ ...good, subject: 7 }),
      JSON.stringify({ ...good, type: 'another.type.v1' }),
    ];
    const to = { exchange: eventsExchange, routingKey: test.type };
    for (const body of bodies) await raw.basicPublish(to, Buffer.from(body));
    await raw.basicPublish({ ...to, contentType: 'application/json' }, Buffer.from('{'));
    await raw.basicPublish(to, 'text');
    await bus.publish(good);
    await until('the good one came', () => taken.length === 1, 1_000);
    const dead = await takeDead(test.queue('one'), bodies.length + 2);
    assert.deepEqual(
      dead.slice(0, bodies.length).map(({ body }) => String(body)),
      bodies,
    );
    await test.stop();
    assert.deepEqual([taken, await test.count('one')], [[good.id], 0]);
  });

  it('dead-letters what has ended its consumer again and again', async () => {
    const test = rig('one');
    const bus = await test.start();
    await bus.publish(test.message('killer', 1));
    const channel = await admin.acquire();
    let deliveries = 0;
    await channel.basicConsume({ queue: test.queue('one') }, ({ deliveryTag }) => {
      deliveries += 1;
      channel.basicNack({ deliveryTag, requeue: true });
    });
    const [dead] = await takeDead(test.queue('one'), 1);
    await channel.close();
    assert.equal(deliveries, 21);
    assert.equal((JSON.parse(String(dead!.body)) as Message).subject, 'killer');
    await test.stop();
  });

  it('lets one replica take at a time, and another take over where it stops', async () => {
    const test = rig('one');
    const [publisher, ...replicas] = await Promise.all([test.start(), test.start(), test.start()]);
    const taken: (readonly [replica: number, subject: string, n: number])[] = [];
    const busy = new Set<string>();
    let overlaps = 0;
    for (const [replica, bus] of replicas.entries()) {
      test.on(bus, 'one', async ({ subject, aggregate_version: n }) => {
        if (busy.has(subject)) overlaps += 1;
        busy.add(subject);
        await pause(5);
        busy.delete(subject);
        taken.push([replica, subject, n]);
      });
      await bus.ready();
    }
    const messages = upTo(40).flatMap((n) => upTo(10).map((s) => test.message(`s${s}`, n)));
    await Promise.all(messages.map((message) => publisher.publish(message)));
    await until('the first is in the middle', () => taken.length > 100);
    assert.deepEqual(new Set(taken.map(([replica]) => replica)), new Set([0]));
    await replicas[0].stop();
    const before = taken.length;
    assert.ok(before < 400);
    await until('the second has taken the rest', () => taken.length >= 400);
    assert.deepEqual(new Set(taken.slice(before).map(([replica]) => replica)), new Set([1]));
    assert.equal(overlaps, 0, 'no subject is with both');
    for (const s of upTo(10))
      assert.deepEqual(
        taken.filter(([, subject]) => subject === `s${s}`).map(([, , n]) => n),
        upTo(40),
      );
    await test.stop();
  });

  it('stops when what runs has ended, and gives back what has not begun', async () => {
    const test = rig('one');
    const bus = await test.start({ concurrency: 2 });
    let [begun, ended] = [0, 0];
    test.on(bus, 'one', async () => {
      begun += 1;
      await pause(2_300); // Longer than a stop waits for the broker.
      ended += 1;
    });
    for (const n of upTo(10)) await bus.publish(test.message(`s${n}`, 1));
    await until('two run', () => begun === 2);
    await bus.stop();
    assert.deepEqual([begun, ended, await test.count('one')], [2, 2, 8]);
    await assert.rejects(bus.publish(test.message('s', 1)), /stopped/);
  });

  it('holds a bounded number of messages for a broker that is not there, and stops', async () => {
    const { message, type } = rig();
    const nowhere = url!.replace(/:\d+(?=\/|$)/, ':1');
    const bus = createRabbitBus({ url: nowhere, log, subscriptions: { 'a.b': type } });
    assert.equal(await outcome(bus.publish(message('s', 1)), 300), 'waits');
    assert.deepEqual([bus.isConnected(), bus.isBlocked()], [false, false]);
    const many = upTo(20_000).map((n) => bus.publish(message(`s${n}`, 1)));
    await assert.rejects(many.at(-1)!, /full/);
    assert.equal(await outcome(many[19_998]!, 50), 'waits');
    const ready = bus.ready();
    const began = performance.now();
    const results = Promise.allSettled([...many, ready]);
    await bus.stop();
    assert.ok(performance.now() - began < 2_000);
    assert.ok((await results).every(({ status }) => status === 'rejected'));
  });

  it('holds messages while the broker is short of memory, and goes on taking them', async () => {
    const test = rig('one');
    const bus = await test.start();
    const taken: string[] = [];
    for (const n of upTo(10)) await bus.publish(test.message(`early${n}`, 1));
    await shell(`${ctl} set_vm_memory_high_watermark 0`);
    const late = upTo(100).map((n) => bus.publish(test.message(`late${n}`, 1)));
    try {
      await until('it says so', () => bus.isBlocked());
      assert.equal(bus.isConnected(), true);
      test.on(bus, 'one', async ({ subject }) => void taken.push(subject));
      await until('what it had is taken', () => taken.length >= 10);
      await pause(300);
      assert.equal(await outcome(Promise.any(late), 10), 'waits');
    } finally {
      await shell(`${ctl} set_vm_memory_high_watermark 0.4`);
    }
    await Promise.all(late);
    assert.equal(bus.isBlocked(), false);
    await until('all came', () => taken.length === 110);
    await test.stop();
  });

  it('loses nothing when the broker dies among two thousand messages', async () => {
    const test = rig('one', 'two');
    const bus = await test.start();
    const effects = new Map<string, Map<string, number>>([
      ['one', new Map()],
      ['two', new Map()],
    ]);
    const order = new Map<string, number[]>();
    for (const [name, inbox] of effects)
      test.on(bus, name, async ({ id, subject, aggregate_version: n }) => {
        await pause(1);
        if (inbox.has(id)) return; // As an inbox makes it.
        inbox.set(id, n);
        const key = `${name} ${subject}`;
        order.set(key, [...(order.get(key) ?? []), n]);
      });
    await bus.ready();
    // RabbitMQ 3.10 forgets a queue that was declared less than a second before a kill.
    await pause(1_500);
    let wasAway = false;
    const watch = setInterval(() => {
      wasAway ||= !bus.isConnected();
    }, 5);
    const sent: Promise<void>[] = [];
    const send = (n: number) =>
      sent.push(...upTo(100).map((s) => bus.publish(test.message(`s${s}`, n))));
    for (const n of upTo(8)) send(n);
    await until('it is in the middle', () => effects.get('one')!.size > 100);
    const restarting = shell(restartCommand!);
    // Some commands end the broker at once, others take a second or two for it.
    for (const n of upTo(12)) {
      await pause(250);
      send(8 + n);
    }
    await restarting;
    await Promise.all(sent);
    clearInterval(watch);
    assert.ok(wasAway, 'the broker has not died, or too late');
    const isComplete = () => [...effects.values()].every((inbox) => inbox.size === 2_000);
    await until('all came to both', isComplete, 30_000);
    for (const [key, versions] of order) assert.deepEqual(versions, upTo(20), key);
    await bus.ready();
    await test.stop();
    assert.deepEqual([await test.count('one'), await test.count('two')], [0, 0]);
  });
});
