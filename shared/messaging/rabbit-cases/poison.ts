import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pause, until, upTo, type TestRabbit } from '../../testing/test-rabbit.ts';
import { eventsExchange } from '../rabbit-topology.ts';
import { createOutboxRig, type Event, type OutboxDatabase } from './outbox-rig.ts';

const subjects = 200;
const perTick = 50;
const tickMs = 100;
const largeText = 'x'.repeat(1_048_576 - 64);

/** Called inside the suite that has a broker and a database. */
export const poison = (rabbit: () => TestRabbit, database: () => OutboxDatabase): void => {
  it('lets 1 % of poison, unknown versions and 1 MiB payloads delay others less than 1 s', async (t) => {
    const rig = createOutboxRig(rabbit(), database());
    t.after(rig.end);
    let isMended = false;
    const poisonous = (n: number) => n > 1_000 && n % 100 === 37;
    const { relay, deadLetters } = await rig.run(async ({ data: { n } }) => {
      if (poisonous(n) && !isMended) throw new Error('cannot digest');
    });
    const event = (n: number): Event => ({
      // A fifth of the subjects have their poison each.
      subject: poisonous(n) ? `s${Math.floor(n / 100)}` : `s${n % subjects}`,
      n,
      ...(n > 1_000 && n % 250 === 0 ? { data: { n, text: largeText } } : {}),
    });
    const ahead = performance.now();
    for (const tick of upTo(5_000 / perTick)) {
      await rig.commit(upTo(perTick).map((n) => event((tick - 1) * perTick + n)));
      relay.wake();
      if (tick % 20 === 0) {
        await rig.commit([{ subject: `broken${tick}`, n: 0, data: { n: 'none' } }]);
        const next = { type: rig.type.replace('.v1', '.v2'), id: crypto.randomUUID() };
        const body = JSON.stringify({ ...rig.message('next', 1), ...next });
        await rabbit().publishRaw({ exchange: eventsExchange, routingKey: rig.type }, body);
      }
      await pause(Math.max(0, ahead + tick * tickMs - performance.now()));
    }
    const dead = upTo(5_000).filter(poisonous).length;
    await until(
      'the healthy came',
      async () => (await rig.countEffects()) === 5_000 - dead,
      30_000,
    );
    const held = new Set(
      upTo(5_000)
        .filter(poisonous)
        .map((n) => event(n).subject),
    );
    const came = await rig.effects();
    const others = came.filter(({ subject }) => !held.has(subject));
    const worst = (isLate: boolean) =>
      Math.max(...others.filter(({ n }) => n > 1_000 === isLate).map(({ ms }) => ms));
    const [before, during] = [worst(false), worst(true)];
    assert.ok(others.length > 3_500, `only ${others.length} others`);
    t.diagnostic(
      `others: at most ${during.toFixed(0)} ms, ${before.toFixed(0)} ms before the poison`,
    );
    assert.ok(during < before + 1_000, `one waited ${during} ms, ${before} ms before the poison`);

    const letters = async () => deadLetters.list({ limit: 100 });
    await until('all poison is dead', async () => (await letters()).length === dead + 10);
    const reasons = Map.groupBy(await letters(), ({ error, attempts }) => `${attempts} ${error}`);
    assert.deepEqual(
      [...reasons].map(([reason, found]) => [reason.slice(0, 22), found.length]).toSorted(),
      [
        ['1 ContractBroken: test', 5],
        ['1 Error: it is no mess', 5],
        ['6 Error: cannot digest', dead],
      ],
    );
    for (const { id } of (await letters()).filter(({ attempts }) => attempts === 1))
      assert.match(
        JSON.stringify(await deadLetters.replay(id)),
        /must be integer|not a message of/,
      );
    isMended = true;
    for (const { id } of (await letters()).filter(({ error }) => error.includes('digest')))
      assert.equal(await deadLetters.replay(id), 'taken');
    assert.equal((await letters()).length, 10);
    const all = await rig.effects();
    assert.deepEqual([all.length, all.every(({ copies }) => copies === 1)], [5_000, true]);
    for (const [subject, events] of Map.groupBy(came, (effect) => effect.subject)) {
      const order = events.map(({ n }) => n);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        subject,
      );
    }
    await until('all is marked', async () => (await rig.countPending()) === 0);
  });

  it('refuses a message over 1 MiB where it is written', async (t) => {
    const rig = createOutboxRig(rabbit(), database());
    t.after(rig.end);
    await assert.rejects(
      rig.commit([{ subject: 's', n: 1, data: { n: 1, text: `${largeText}${'x'.repeat(64)}` } }]),
      /outbox_data_at_most_1_mib/,
    );
    assert.equal(await rig.countPending(), 0);
  });
};
