/**
 * The floor of a purchase: a process of its own with bare Fastify and the embedded PostgreSQL, which
 * answers as many requests and sends as many statements over the same driver, each of one row into a
 * table with one index; as many of them wait for the disk. It hashes the same passwords meanwhile.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import pg from 'pg';
import { createArgon2Passwords } from '../../services/identity/infrastructure/argon2-passwords.ts';
import { startEmbeddedPostgres } from '#shared/platform/embedded-postgres.ts';

const port = 18190;
/** As the platform has: a pool of five a context. */
const pools = 5;
const connections = 5;
const row = { name: 'Taza', total: { amountMinor: '4890000', currency: 'COP' }, at: '2026-01-01' };

type Step = Readonly<{ durable?: number; relaxed?: number; reads?: number; hashes?: boolean }>;

/** The requests of one purchase with the statements that follow them (ADR 0009), and two polls. */
const steps: readonly Step[] = [
  { durable: 1 },
  { durable: 1, relaxed: 2, hashes: true },
  { durable: 1 },
  { durable: 2, relaxed: 4, reads: 1 },
  {},
  {},
  { durable: 3, relaxed: 5 },
  { durable: 1, relaxed: 1 },
  { durable: 1, relaxed: 1 },
];

const serve = async (directory: string): Promise<void> => {
  const server = await startEmbeddedPostgres({ directory });
  const { user, password, socket } = server;
  const at = { host: socket ?? server.host, port: server.port };
  const where = { ...at, user, password, database: 'postgres' };
  const open = Array.from({ length: pools }, () => new pg.Pool({ ...where, max: connections }));
  // At the end the server may be faster than the pools.
  for (const pool of open) pool.on('error', () => {});
  await open[0]!.query('create table floor (id uuid primary key, data jsonb not null)');
  const passwords = await createArgon2Passwords();
  const insert = 'insert into floor values ($1, $2)';
  const statements = {
    durable: { name: 'durable', text: insert },
    relaxed: {
      name: 'relaxed',
      text: `${insert} returning set_config('synchronous_commit', 'off', true)`,
    },
    reads: { name: 'read', text: 'select data from floor where id = $1 and $2::jsonb is not null' },
  };
  let turn = 0;
  const app = Fastify({ forceCloseConnections: true });
  app.post('/step', async (request) => {
    const step = request.body as Step;
    if (step.hashes) await passwords.hash('una clave larga y buena');
    for (const [kind, statement] of Object.entries(statements))
      for (let n = step[kind as keyof typeof statements] ?? 0; n > 0; n--)
        await open[turn++ % pools]!.query({ ...statement, values: [randomUUID(), row] });
    return row;
  });
  process.on('disconnect', () => {
    void app
      .close()
      .then(() => Promise.all(open.map((pool) => pool.end())))
      .then(() => server.stop())
      .then(() => process.exit(0));
  });
  await app.listen({ port, host: '127.0.0.1' });
  process.send!('ready');
};

if (process.send && process.argv[2] === 'purchase-floor') await serve(process.argv[3]!);

/** Starts the floor; `buy` is one purchase. */
export const startPurchaseFloor = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plaza-floor-'));
  const child = fork(new URL(import.meta.url), ['purchase-floor', directory]);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', reject);
  });
  return {
    pid: child.pid!,
    async buy(): Promise<void> {
      for (const step of steps) {
        const answer = await fetch(`http://127.0.0.1:${port}/step`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(step),
        });
        if (!answer.ok) throw new Error(await answer.text());
        await answer.json();
      }
    },
    async stop(): Promise<void> {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
};
