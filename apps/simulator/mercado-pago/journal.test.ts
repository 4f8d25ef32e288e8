import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createMercadoPagoClient } from '../../../services/payments/infrastructure/mercado-pago/client.ts';
import { openBooks } from './books.ts';
import { aPayment, startReceiver, token, until, valueOf } from './steps.test.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaza-simulator-'));
const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** The command as a person runs it, in a process of its own. */
const start = async (...args: readonly string[]) => {
  const path = new URL('../../cli/main.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    [path, 'simulate', 'mercadopago', '--port', '0', '-o', 'json', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  children.add(child);
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  await until(() => out.trimEnd().endsWith('}'));
  const { url } = JSON.parse(out) as { url: string };
  return {
    client: createMercadoPagoClient({ baseUrl: url, timeoutMs: 2_000 }),
    stop: async (signal: NodeJS.Signals) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      children.delete(child);
      return (await ended) as [code: number | null, signal: string | null];
    },
  };
};

describe('the command', () => {
  it('keeps its books over kill -9, and sends what waited when it is back', async () => {
    const receiver = await startReceiver();
    const path = join(folder, 'killed.journal');
    const behaviour = join(folder, 'late.json');
    appendFileSync(behaviour, JSON.stringify({ webhooks: { late: 1 }, late_ms: 600_000 }));
    const made: { id: string; key: string; payment: ReturnType<typeof aPayment> }[] = [];
    for (let round = 0; round < 3; round++) {
      const { client, stop } = await start('--books', path, '--behaviour', behaviour);
      for (const { id, key, payment } of made) {
        assert.equal(valueOf(await client.createPayment({ token, key, payment })).id, id);
        assert.equal((await client.getPayment({ token, id })).is, 'ok');
      }
      const payment = aPayment({ notificationUrl: receiver.url });
      const key = crypto.randomUUID();
      const { id } = valueOf(await client.createPayment({ token, key, payment }));
      await stop('SIGKILL');
      made.push({ id, key, payment });
    }
    const { stop } = await start('--books', path);
    await until(() => receiver.received.length >= made.length);
    assert.deepEqual(
      new Set(receiver.received.map(({ dataId }) => dataId)),
      new Set(made.map(({ id }) => id)),
    );
    assert.equal(new Set(made.map(({ id }) => id)).size, 3, 'an id is never given twice');
    assert.deepEqual(await stop('SIGTERM'), [0, null]);
  });

  for (const [why, args, pattern] of [
    ['a port that is none', ['--port', '70000'], /--port/],
    ['a currency that is none', ['--currency', 'XYZ'], /--currency/],
    ['a seed that is none', ['--seed', '-1'], /--seed/],
    ['an address that is none', ['--notify', 'file:///x'], /--notify/],
    ['books that are a folder', ['--books', folder], /books cannot be opened/],
    ['a behaviour that is none', ['--behaviour', join(folder, 'wrong.json')], /--behaviour/],
    ['a file that is not there', ['--behaviour', join(folder, 'none.json')], /--behaviour/],
  ] as const)
    it(`ends with exit code 2 at ${why}`, async () => {
      appendFileSync(join(folder, 'wrong.json'), why.includes('behaviour') ? '{"webhooks":1}' : '');
      const path = new URL('../../cli/main.ts', import.meta.url).pathname;
      const child = spawn(
        process.execPath,
        [path, 'simulate', 'mercadopago', '--port', '0', ...args],
        { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PLAZA_LANGUAGE: 'en' } },
      );
      let said = '';
      child.stderr.on('data', (chunk) => (said += String(chunk)));
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 2, said);
      assert.match(said, pattern);
    });
});

describe('the journal', () => {
  const seller = (id: string) => ({ id, name: 'x', isLinked: false });

  it('loses a line that was being written, and nothing before it', () => {
    const path = join(folder, 'torn.journal');
    const books = openBooks(path);
    books.nextNumber();
    books.commit(['seller', seller('1')], ['seller', seller('2')]);
    books.commit(['seller', seller('é')]);
    books.close();
    const whole = readFileSync(path, 'utf8');
    appendFileSync(path, '{"n":9,"puts":[["seller",{"id":"3"');
    const again = openBooks(path);
    assert.deepEqual(
      again.all('seller').map(({ id }) => id),
      ['1', '2', 'é'],
    );
    assert.equal(again.nextNumber(), 2);
    again.commit(['seller', seller('4')]);
    again.close();
    assert.equal(readFileSync(path, 'utf8').startsWith(whole), true);
    assert.deepEqual(
      openBooks(path)
        .all('seller')
        .map(({ id }) => id),
      ['1', '2', 'é', '4'],
    );
  });
});
