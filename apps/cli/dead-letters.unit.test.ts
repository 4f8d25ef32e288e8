import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Config } from '#shared/platform/config.ts';
import { runFilePath } from '../server/run-file.ts';
import type { Cli } from './cli.ts';
import { catalogues } from './language.ts';
import { runProgram } from './program.ts';

/** 150 letters behind the two routes of the API, of which the operator sees a hundred at once. */
describe('plaza events dead-letters and replay', () => {
  let letters: string[] = [];
  let asked: string[] = [];
  let fails = (_id: string): boolean => false;
  const shown = (id: string) => ({
    id,
    context: 'orders',
    consumer: 'pay-order',
    error: 'Error: cannot digest\nand a stack',
    attempts: 6,
    died_at: '2026-11-22T10:00:00.000Z',
  });
  const server = createServer((request, reply) => {
    const [, id] = /dead-letters\/(.+)\/replay$/.exec(request.url!) ?? [];
    reply.setHeader('content-type', 'application/json');
    if (request.url === '/health/live') return reply.end('{}');
    if (request.headers.authorization !== 'Bearer operator') return reply.writeHead(401).end('{}');
    if (id === undefined)
      return reply.end(JSON.stringify({ items: letters.slice(0, 100).map(shown) }));
    asked.push(id);
    if (!letters.includes(id)) return reply.writeHead(404).end('{"code":"not_found"}');
    if (fails(id)) return reply.end('{"result":"failed","error":"still broken"}');
    letters = letters.filter((one) => one !== id);
    return reply.end('{"result":"taken","error":null}');
  });
  let data: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'plaza-cli-'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await mkdir(join(data, 'run'));
    const file = { pid: process.pid, url, startedAt: new Date().toISOString(), token: 'operator' };
    await writeFile(runFilePath(data), JSON.stringify(file));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(data, { recursive: true });
  });
  beforeEach(() => {
    letters = Array.from({ length: 150 }, (_, i) => `letter-${150 - i}`);
    asked = [];
    fails = () => false;
  });
  const plaza = async (...args: string[]) => {
    const out: string[] = [];
    const cli: Cli = {
      text: catalogues.en,
      language: 'en',
      version: '1.2.3',
      print: (line = '') => void out.push(line),
      say: (line = '') => void out.push(line),
      isInteractive: { out: false, error: false, input: false },
      readConfig: () => ({ dataDirectory: data }) as Config,
    };
    return { code: await runProgram(cli, ['events', ...args]), out };
  };

  it('lists them with where they were to go and why they did not', async () => {
    const { code, out } = await plaza('dead-letters');
    assert.equal(code, 0);
    assert.equal(out.length, 101);
    assert.match(
      out[1]!,
      /^letter-150 +2026-11-22 10:00:00 +orders\.pay-order +6 +Error: cannot digest$/,
    );
    letters = [];
    assert.deepEqual((await plaza('dead-letters')).out, ['There are no dead letters.']);
  });

  it('repeats those that are named, and says which failed again', async () => {
    fails = (id) => id === 'letter-2';
    const { code, out } = await plaza('replay', 'letter-1', 'letter-2');
    assert.equal(code, 1);
    assert.deepEqual(out, ['letter-1: taken', 'letter-2: failed again: still broken']);
    assert.deepEqual(asked, ['letter-1', 'letter-2']);
  });

  it('repeats all of them, also those that a page does not show, and each once', async () => {
    fails = (id) => id === 'letter-140';
    const { code, out } = await plaza('replay', '--all', '-o', 'json');
    const { items } = JSON.parse(out.join('\n')) as {
      items: { id: string; error: string | null }[];
    };
    assert.equal(code, 1);
    assert.deepEqual([items.length, new Set(asked).size, asked.length], [150, 150, 150]);
    assert.deepEqual(letters, ['letter-140']);
  });
});
