import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DemoProgress, DemoResult } from '../demo/seed.ts';
import type { RunFile } from '../server/run-file.ts';
import { askJson } from './running.ts';

/** What the seeding process sends to the one that started it. */
export type DemoMessage =
  | Readonly<{ progress: DemoProgress }>
  | Readonly<{ result: DemoResult; seconds: number }>
  | Readonly<{ failure: string }>;

/** Nothing for sale and nothing bought, whatever its state. */
export const isShopEmpty = async (running: RunFile): Promise<boolean> => {
  type List = Readonly<{ items: readonly unknown[] }>;
  const products = await askJson<List>(running, '/api/v1/products?status=any&limit=1');
  const orders = await askJson<List>(running, '/api/v1/orders?view=all&limit=1');
  return products.items.length === 0 && orders.items.length === 0;
};

/**
 * Seeds in a process of its own: what drawing and hashing take of memory goes with it, and the
 * shop answers meanwhile. It ends with this process, also when that is killed.
 */
export const seedInBackground = (
  log: string,
  country: string | null,
  onMessage: (message: DemoMessage) => void,
): Readonly<{ stop: () => Promise<void> }> => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const of = country === null ? [] : ['--country', country];
  const output = openSync(log, 'a');
  const child: ChildProcess = spawn(process.execPath, [main, 'seed', ...of], {
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  let hasEnded = false;
  let hasSpoken = false;
  let isStopping = false;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.on('message', (message) => {
    hasSpoken ||= !('progress' in (message as object));
    onMessage(message as DemoMessage);
  });
  const end = (how: string): void => {
    if (hasEnded) return;
    hasEnded = true;
    if (!hasSpoken && !isStopping) onMessage({ failure: how });
    resolve();
  };
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(signal ?? `exit ${code}`));
  return {
    stop: () => {
      isStopping = true;
      // Nothing of it is in the shop before its last step, so it may go at once.
      if (!hasEnded) child.kill('SIGKILL');
      return ended;
    },
  };
};
