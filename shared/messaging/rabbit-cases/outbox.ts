import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { it } from 'node:test';
import { pause, rabbitUrl, until, upTo, type TestRabbit } from '../../testing/test-rabbit.ts';
import { createOutboxRig, type OutboxDatabase } from './outbox-rig.ts';

/** Called inside the suite that has a broker and a database. */
export const outbox = (rabbit: () => TestRabbit, database: () => OutboxDatabase): void => {
  /** Every event once, and all of them. */
  const complete = async (rig: ReturnType<typeof createOutboxRig>, count: number) => {
    await until(`${count} effects`, async () => (await rig.countEffects()) >= count, 30_000);
    const effects = await rig.effects();
    assert.deepEqual([effects.length, effects.every(({ copies }) => copies === 1)], [count, true]);
    return effects;
  };

  it('takes writes while the broker takes no messages, and brings them after', async (t) => {
    const rig = createOutboxRig(rabbit(), database());
    t.after(rig.end);
    const { bus, relay } = await rig.run();
    await rig.commit([{ subject: 'early', n: 1 }]);
    relay.wake();
    await until('the first came', async () => (await rig.countEffects()) === 1);
    await rabbit().ctl('set_vm_memory_high_watermark 0');
    try {
      void bus.publish(rig.message('probe', 1)).catch(() => {}); // Blocked is who tries to publish.
      await until('the broker takes nothing', () => bus.isBlocked());
      const slowest: number[] = [];
      for (const n of upTo(300)) {
        const began = performance.now();
        await rig.commit([{ subject: `s${n % 20}`, n }]);
        relay.wake();
        slowest.push(performance.now() - began);
      }
      assert.ok(Math.max(...slowest) < 1_000, `a commit took ${Math.max(...slowest)} ms`);
      assert.ok((await rig.countPending()) >= 300);
    } finally {
      await rabbit().ctl('set_vm_memory_high_watermark 0.4');
    }
    await complete(rig, 302);
    await until('all is marked', async () => (await rig.countPending()) === 0);
  });

  it('gives what a killed consumer had in the middle of its effect to the next, once', async (t) => {
    const rig = createOutboxRig(rabbit(), database());
    t.after(rig.end);
    const { connection } = database();
    const given = { url: rabbitUrl, context: rig.context, type: rig.type, connection };
    const child = fork(new URL('./consumer-process.ts', import.meta.url), [JSON.stringify(given)]);
    const [ready] = (await once(child, 'message')) as [string];
    assert.equal(ready, 'consuming');
    const bus = await rig.start();
    const messages = upTo(20).map((n) => rig.message(`s${n % 5}`, n));
    await Promise.all(messages.map((message) => bus.publish(message)));
    const [state] = (await once(child, 'message')) as [string];
    assert.equal(state, 'in the middle');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await rig.run();
    const effects = await complete(rig, 20);
    for (const [subject, of] of Map.groupBy(effects, (effect) => effect.subject)) {
      const order = of.map(({ n }) => n);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        subject,
      );
    }
  });

  it('skips nothing and doubles nothing with two relays, late commits and repeated messages', async (t) => {
    const rig = createOutboxRig(rabbit(), database());
    t.after(rig.end);
    const [a, b] = [await rig.run(), await rig.run()];
    const late = await database().pool.connect();
    await late.query('begin');
    await rig.commit([{ subject: 'late', n: 1 }], late); // Takes the lowest number …
    for (const n of upTo(50)) {
      const events = upTo(10).map((s) => ({ subject: `s${s}`, n }));
      await rig.commit(events);
      (n % 2 === 0 ? a : b).relay.wake();
    }
    await until('the others came', async () => (await rig.countEffects()) >= 500);
    await late.query('commit'); // … and commits after all others.
    late.release();
    b.relay.wake();
    const again = rig.message('again', 1);
    await Promise.all(upTo(5).map((n) => (n % 2 === 0 ? a : b).bus.publish(again)));
    const effects = await complete(rig, 502);
    for (const [subject, of] of Map.groupBy(effects, (effect) => effect.subject)) {
      const order = of.map(({ n }) => n);
      assert.deepEqual(
        order,
        order.toSorted((x, y) => x - y),
        subject,
      );
    }
    await b.bus.publish(again);
    await pause(300);
    await complete(rig, 502);
    await until('all is marked', async () => (await rig.countPending()) === 0);
  });

  it('buries nothing because the database is away for 10 s', async (t) => {
    const rig = createOutboxRig(rabbit(), database());
    t.after(rig.end);
    const { bus, deadLetters } = await rig.run();
    const messages = upTo(200).map((n) => rig.message(`s${n % 40}`, n));
    await Promise.all(messages.slice(0, 100).map((message) => bus.publish(message)));
    await database().stopServer();
    const [rest] = await Promise.all([
      Promise.all(messages.slice(100).map((message) => bus.publish(message))),
      pause(10_000),
    ]);
    assert.equal(rest.length, 100);
    await database().startServer();
    await complete(rig, 200);
    assert.deepEqual(await deadLetters.list({ limit: 10 }), []);
  });
};
