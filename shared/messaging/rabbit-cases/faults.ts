import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  log,
  outcome,
  pause,
  rabbitUrl,
  until,
  upTo,
  type TestRabbit,
} from '../../testing/test-rabbit.ts';
import { startConfirmProxy } from '../../testing/confirm-proxy.ts';
import type { Message } from '../message.ts';
import { createRabbitBus } from '../rabbit-bus.ts';

/** Called inside the suite that has a broker. */
export const faults = (rabbit: () => TestRabbit): void => {
  it('stops when what runs has ended, and gives back what has not begun', async () => {
    const test = rabbit().rig('one');
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
    const { message, type } = rabbit().rig();
    const nowhere = rabbitUrl.replace(/:\d+(?=\/|$)/, ':1');
    const bus = createRabbitBus({ url: nowhere, log, subscriptions: { 'a.b': type } });
    assert.equal(await outcome(bus.publish(message('s', 1)), 300), 'waits');
    assert.deepEqual([bus.isConnected(), bus.isBlocked()], [false, false]);
    const many = upTo(20_000).map((n) => bus.publish(message(`s${n}`, 1)));
    await assert.rejects(many.at(-1)!, /full/);
    assert.equal(await outcome(many[19_998]!, 50), 'waits');
    const ready = bus.ready();
    const results = Promise.allSettled([...many, ready]);
    assert.notEqual(await outcome(bus.stop(), 2_000), 'waits');
    assert.ok((await results).every(({ status }) => status === 'rejected'));
  });

  it('holds messages while the broker is short of memory, and goes on taking them', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start();
    const taken: string[] = [];
    for (const n of upTo(10)) await bus.publish(test.message(`early${n}`, 1));
    await rabbit().ctl('set_vm_memory_high_watermark 0');
    const late = upTo(100).map((n) => bus.publish(test.message(`late${n}`, 1)));
    try {
      await until('it says so', () => bus.isBlocked());
      assert.equal(bus.isConnected(), true);
      test.on(bus, 'one', async ({ subject }) => void taken.push(subject));
      await until('what it had is taken', () => taken.length >= 10);
      await pause(300);
      assert.equal(await outcome(Promise.any(late), 10), 'waits');
    } finally {
      await rabbit().ctl('set_vm_memory_high_watermark 0.4');
    }
    await Promise.all(late);
    assert.equal(bus.isBlocked(), false);
    await until('all came', () => taken.length === 110);
    await test.stop();
  });

  it('sends again what is not confirmed in time, in order, and not while it is blocked', async () => {
    const test = rabbit().rig('one');
    const proxy = await startConfirmProxy(rabbitUrl);
    const bus = await test.start({ url: proxy.url, confirmWithinMs: 400 });
    await bus.publish(test.message('s', 1));
    proxy.state.isSwallowing = true;
    const sent = upTo(3).map((n) => bus.publish(test.message('s', n + 1)));
    await until('it was sent again', () => proxy.state.swallowed >= 2);
    assert.equal(await outcome(Promise.any(sent), 0), 'waits');
    proxy.state.isSwallowing = false;
    await Promise.all(sent);
    const taken: number[] = [];
    test.on(bus, 'one', async ({ aggregate_version: n }) => void taken.push(n));
    await until('all came', () => taken.includes(4));
    assert.deepEqual([...new Set(taken)], upTo(4));
    assert.ok(taken.length >= 5, 'nothing was sent again');

    await rabbit().ctl('set_vm_memory_high_watermark 0');
    const held = bus.publish(test.message('s', 5));
    await until('it is blocked', () => bus.isBlocked());
    await pause(1_000);
    await rabbit().ctl('set_vm_memory_high_watermark 0.4');
    await held;
    await until('the last came', () => taken.includes(5));
    assert.equal(taken.filter((n) => n === 5).length, 1, 'not sent again while it was blocked');
    await test.stop();
    proxy.stop();
  });

  it('answers for nothing on a queue that a kill of the broker may still forget', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start({ settleMs: 6_000, confirmWithinMs: 1_500 });
    const messages = upTo(20).map((n) => test.message(`s${n}`, 1));
    let rejected = 0;
    const publish = async (message: Message): Promise<void> => {
      for (;;)
        try {
          return await bus.publish(message); // As a relay does, that reads the row again.
        } catch {
          rejected += 1;
          await pause(50);
        }
    };
    const sent = Promise.all(messages.map(publish));
    await until('the broker has them', async () => (await test.count('one')) === 20);
    assert.equal(await outcome(sent, 0), 'waits');
    await rabbit().kill();
    // RabbitMQ 3.10 comes back without the queue, or with one that has lost its log and confirms
    // nothing until an operator deletes it.
    if ((await outcome(sent, 9_000)) === 'waits') await rabbit().deleteQueue(test.queue('one'));
    await sent;
    assert.ok(rejected >= 20, 'the answers were given before the kill');
    const taken = new Set<string>();
    test.on(bus, 'one', async ({ id }) => void taken.add(id));
    await until('all came', () => taken.size === 20);
    await test.stop();
  });

  it('loses nothing when the broker dies among two thousand messages', async () => {
    const test = rabbit().rig('one', 'two');
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
    const restarting = rabbit().kill();
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
};
