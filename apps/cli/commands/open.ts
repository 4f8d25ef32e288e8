import { spawn } from 'node:child_process';
import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { pagePaths, type OpenablePage } from '../openable-pages.ts';
import { requireRunning } from '../running.ts';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Shows a page in the browser; its address is said all the same, for where there is none. */
const open: Command<Readonly<{ page?: OpenablePage }>> = async (cli, { page = 'shop' }) => {
  const running = await requireRunning(cli);
  const url = running.url + pagePaths[page];
  cli.print(url);
  if (!cli.isInteractive.out) return exitCodes.ok;
  const [program, ...before] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true });
  // A machine without a browser has the address.
  child.on('error', () => {});
  child.unref();
  return exitCodes.ok;
};

export default open;
