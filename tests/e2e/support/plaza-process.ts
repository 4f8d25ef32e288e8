import { spawn, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isAlive, treeOf } from './process-tree.ts';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** The environment of a person who has nothing of Plaza set, in a language. */
export const environmentOf = (
  settings: Readonly<Record<string, string>>,
  locale = 'es_CO.UTF-8',
): NodeJS.ProcessEnv => {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(PLAZA_|LC_|LANG|TARGET$|PLATFORM$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(own), LANG: locale, ...settings };
};

/** One command to its end. */
export const runCli = (
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  input = '',
): Readonly<{ code: number | null; out: string; err: string }> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['apps/cli/main.ts', ...args], {
    cwd: repository,
    env: environment,
    input,
    encoding: 'utf8',
    timeout: 90_000,
  });
  return { code: status, out: stdout, err: stderr };
};

export const until = async (
  isTrue: () => boolean | Promise<boolean>,
  withinMs: number,
  what: string,
): Promise<number> => {
  const start = performance.now();
  for (;;) {
    if (await isTrue()) return performance.now() - start;
    if (performance.now() - start > withinMs)
      throw new Error(`${what} did not happen within ${withinMs / 1000} s`);
    await sleep(25);
  }
};

const isHealthy = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
    return ((await answer.json()) as { status: string }).status === 'healthy';
  } catch {
    return false;
  }
};

/** `npm start` as a person runs it, in a process group of its own, as a terminal would. */
export const npmStart = (environment: NodeJS.ProcessEnv) => {
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: repository,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let firstLineMs: number | undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (/Plaza \d/.test(text)) firstLineMs ??= performance.now() - startedAt;
    });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const pid = child.pid!;
  return {
    pid,
    ended,
    text: (): string => text,
    firstLineMs: (): number => firstLineMs ?? Number.NaN,
    tree: (): readonly number[] => treeOf(pid),
    /** Milliseconds from the start until `/health` says healthy. */
    untilHealthy: async (url: string, withinMs = 60_000): Promise<number> => {
      const isSettled = async (): Promise<boolean> => {
        if (child.exitCode !== null) throw new Error(`it ended at once:\n${text}`);
        return isHealthy(url);
      };
      await until(isSettled, withinMs, 'health');
      return performance.now() - startedAt;
    },
    untilSays: (pattern: RegExp, withinMs: number): Promise<number> =>
      until(() => pattern.test(text), withinMs, String(pattern)),
    /** What the terminal sends to everything in front. */
    interrupt: async (): Promise<number> => {
      const from = performance.now();
      process.kill(-pid, 'SIGINT');
      // npm then ends by the signal itself, whatever its script says.
      await ended;
      return performance.now() - from;
    },
    /** Every process of the tree at once, as a power cut would. */
    killAll: async (): Promise<void> => {
      const pids = treeOf(pid);
      for (const one of pids) {
        try {
          process.kill(one, 'SIGKILL');
        } catch {
          // It went with its parent.
        }
      }
      await until(() => !pids.some(isAlive), 10_000, 'the end of the tree');
    },
  };
};

export type PlazaProcess = ReturnType<typeof npmStart>;
