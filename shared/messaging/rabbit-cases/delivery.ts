import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pause, until, upTo, outcome, type TestRabbit } from '../../testing/test-rabbit.ts';
import type { Message } from '../message.ts';
import { eventsExchange } from '../rabbit-topology.ts';

/** Called inside the suite that has a broker. */
export const delivery = (rabbit: () => TestRabbit): void => {
  it('keeps a message for each consumer before any is there, whole and safe', async () => {
    const test = rabbit().rig('one', 'two');
    const bus = await test.start();
    const message = test.message('s', 1);
    await bus.publish(message);
    assert.deepEqual([await test.count('one'), await test.count('two')], [1, 1]);

    const taken: Message[] = [];
    test.on(bus, 'one', async (came) => void taken.push(came));
    await until('one has it', () => taken.length === 1);
    assert.deepEqual(taken, [message]);
    const delivery = await rabbit().takeRaw(test.queue('two'));
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

  it('tells what waits in the queues that are consumed here, and what is in hand', async () => {
    const test = rabbit().rig('one', 'two');
    const bus = await test.start({ depthsKeptMs: 0 });
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    test.on(bus, 'one', () => held);
    await bus.publish(test.message('s', 1));
    await bus.publish(test.message('s', 2));
    const depthOf = async (consumer: string | null) =>
      (await bus.depths()).find((depth) => depth.consumer === consumer);
    const oneHas = (unacknowledged: number) => async () =>
      (await depthOf(`${test.context}.one`))?.unacknowledged === unacknowledged;
    await until('both are in hand', oneHas(2));
    assert.deepEqual(await depthOf(`${test.context}.one`), {
      queue: test.queue('one'),
      context: test.context,
      consumer: `${test.context}.one`,
      ready: 0,
      unacknowledged: 2,
      consumers: 1,
    });
    assert.partialDeepStrictEqual(await depthOf(null), { context: test.context, ready: 0 });
    assert.equal(await depthOf(`${test.context}.two`), undefined, 'nobody consumes it here');
    release();
    await until('both are acknowledged', oneHas(0));
    await test.stop();
    await assert.rejects(bus.depths(), /broker is away/);
  });

  it('answers at once for a type that nobody takes, and refuses who is not in the table', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start();
    await bus.publish({ ...test.message('s', 1), type: 'nobody.cares.v1' });
    assert.throws(() => test.on(bus, 'unknown', async () => {}), /not in the subscriptions/);
    await test.stop();
  });

  it('does not answer for a message whose queue has gone, but makes the queue again', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start();
    await rabbit().deleteQueue(test.queue('one'));
    await bus.publish(test.message('s', 1));
    assert.equal(await test.count('one'), 1);
    const taken: number[] = [];
    test.on(bus, 'one', async ({ aggregate_version: n }) => void taken.push(n));
    await until('it came', () => taken.length === 1);
    await rabbit().deleteQueue(test.queue('one'));
    await bus.publish(test.message('s', 2));
    await until('the consumer is back', () => taken.length === 2);
    await test.stop();
  });

  it('sends again, and in order, what the broker refused', async () => {
    const test = rabbit().rig('one');
    const bus = await test.start();
    // A queue of the same binding that takes one message and refuses the next.
    const queue = `${test.queue('one')}.full`;
    rabbit().willDelete(queue);
    const full = { 'x-max-length': 1, 'x-overflow': 'reject-publish' } as const;
    await rabbit().onChannel(async (channel) => {
      await channel.queueDeclare({ queue, arguments: full });
      await channel.queueBind({ queue, exchange: eventsExchange, routingKey: test.type });
    });
    await bus.publish(test.message('s', 1));
    const sent = upTo(3).map((n) => bus.publish(test.message('s', n + 1)));
    assert.equal(await outcome(Promise.race(sent), 300), 'waits');
    await rabbit().deleteQueue(queue);
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
    const test = rabbit().rig('one');
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

  it('lets one replica take at a time, and another take over where it stops', async () => {
    const test = rabbit().rig('one');
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
};
