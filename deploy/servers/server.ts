/** One server: start, stop, kill and ask it, whatever it is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endOfLog } from './folder.ts';
import {
  findProcesses,
  isPortFree,
  launch,
  pollMs,
  signal,
  waitUntil,
  type Program,
  type ServerProcess,
} from './processes.ts';

export type ServerId = 'postgres' | 'rabbitmq' | 'redis';

type Port = readonly [port: number, option: string];

/** What a server of one kind is; see `createServerHandle` for what can be done with it. */
export type ServerKind = Readonly<{
  id: ServerId;
  name: string;
  /** The first is the one that clients use; each with the option that changes it. */
  ports: readonly [Port, ...Port[]];
  program: Program;
  /** Recognises every process of this server and no other. */
  owns: (it: ServerProcess) => boolean;
  /** Recognises, among its own, the process that is the server. */
  isMain: (it: ServerProcess, own: readonly ServerProcess[]) => boolean;
  /** Recognises a helper that outlives the server and serves the next one. */
  isHelper?: (it: ServerProcess) => boolean;
  /** Makes folder and configuration. Called only while the server is not running. */
  prepare: () => void;
  /** Asks for something real, as a client with a password. Rejects with the reason. */
  ping: () => Promise<void>;
  signals: Readonly<Record<StopMode, NodeJS.Signals>>;
}>;

/** `immediate` is PostgreSQL's `-m immediate`; the others know nothing like it and are killed. */
export type StopMode = 'clean' | 'immediate';

/** How a start went; `kept` when the server was running already, `ms` until it answered. */
export type Started = Readonly<{ id: ServerId; pid: number; kept: boolean; ms: number }>;

export type ServerStatus = Readonly<{
  id: ServerId;
  name: string;
  port: number;
  /** `unready`: it runs and does not answer; `detail` says how. */
  state: 'running' | 'unready' | 'stopped';
  pid?: number;
  detail?: string;
}>;

/** A server that can be started, stopped and hurt. Every promise rejects with a readable Error. */
export type ServerHandle = Readonly<{
  id: ServerId;
  name: string;
  port: number;
  log: string;
  /** The process that is the server; undefined when it does not run. */
  pid: () => number | undefined;
  /** Keeps or starts it (a frozen one goes on) and resolves when it answers a real request. */
  start: () => Promise<Started>;
  /** Ends it, frozen or not, and resolves when none of its processes is left. */
  stop: (mode?: StopMode) => Promise<void>;
  /**
   * Sends a signal. `tree`: to all its processes, so that SIGKILL is a power cut and SIGSTOP
   * freezes open connections too; `main`: to the server's own process, as `kill` in a shell. After
   * SIGKILL it resolves when those are gone. Rejects when the server does not run.
   */
  kill: (name: NodeJS.Signals, scope?: 'tree' | 'main') => Promise<void>;
  /** One real request with the password; rejects within 5 seconds with why it was not answered. */
  ping: () => Promise<void>;
  status: () => Promise<ServerStatus>;
  /** The ports it needs and somebody else has, as sentences. */
  busyPorts: () => Promise<readonly string[]>;
}>;

/** The server answered and does not let us in: waiting longer will not help. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';
}

/** Long enough for recovery after a crash on a busy machine, which must not be cut short. */
const startPatienceMs = 180_000;
/** A clean stop writes out what is in memory. */
const stopPatienceMs = 60_000;
const killPatienceMs = 10_000;
const portPatienceMs = 3_000;

export const createServerHandle = (kind: ServerKind): ServerHandle => {
  const { id, name, program } = kind;
  const [[port]] = kind.ports;
  const own = (): readonly ServerProcess[] => findProcesses(kind.owns);
  const isHelper = (it: ServerProcess): boolean => kind.isHelper?.(it) ?? false;
  const mainOf = (all: readonly ServerProcess[]): ServerProcess | undefined =>
    all.find((it) => kind.isMain(it, all));
  const rest = (): readonly ServerProcess[] => own().filter((it) => !isHelper(it));
  const sendAll = (all: readonly ServerProcess[], what: NodeJS.Signals): void =>
    all.forEach(({ pid }) => signal(pid, what));

  /** The helpers of a killed server end by themselves a moment later; what does not, is ended. */
  const untilGone = async (which: () => readonly ServerProcess[]): Promise<void> => {
    if (await waitUntil(() => which().length === 0, killPatienceMs)) return;
    sendAll(which(), 'SIGKILL');
    if (await waitUntil(() => which().length === 0, killPatienceMs)) return;
    const pids = which().map(({ pid }) => pid);
    throw new Error(`${name}: these processes do not end: ${pids.join(', ')}`);
  };

  const untilReady = async (ended: () => string | undefined): Promise<void> => {
    const deadline = Date.now() + startPatienceMs;
    for (;;) {
      const end = ended();
      if (end !== undefined)
        throw new Error(`${name} ended while starting (${end}). ${endOfLog(program.log)}`);
      try {
        return await kind.ping();
      } catch (error) {
        const isLate = Date.now() > deadline;
        if (isLate || error instanceof AccessRefused) {
          const why = (error as Error).message;
          throw new Error(`${name} does not answer: ${why}. ${endOfLog(program.log)}`, {
            cause: error,
          });
        }
      }
      await sleep(pollMs);
    }
  };

  const busyPorts = async (): Promise<readonly string[]> => {
    const all = own();
    if (mainOf(all)) return [];
    const busy: string[] = [];
    for (const [number, option] of kind.ports) {
      // A helper that was left running has its port rightly.
      if (option === '--epmd-port' && all.some(isHelper)) continue;
      if (await isPortFree(number)) continue;
      busy.push(`Port ${number} (${name}) is used by another program; choose with ${option}.`);
    }
    return busy;
  };

  /** A killed process is out of sight before the last of its sockets is closed. */
  const untilPortsAreFree = async (): Promise<void> => {
    const deadline = Date.now() + portPatienceMs;
    for (;;) {
      const busy = await busyPorts();
      if (busy.length === 0) return;
      if (Date.now() > deadline) throw new Error(busy.join('\n'));
      await sleep(pollMs);
    }
  };

  const start = async (): Promise<Started> => {
    const since = performance.now();
    const all = own();
    let main = mainOf(all);
    const kept = main !== undefined;
    if (main) {
      sendAll(all, 'SIGCONT');
      const { pid } = main;
      await untilReady(() => (own().some((it) => it.pid === pid) ? undefined : 'gone'));
    } else {
      sendAll(all, 'SIGCONT');
      await untilGone(rest);
      await untilPortsAreFree();
      kind.prepare();
      await untilReady(launch(program).ended);
      main = mainOf(own());
    }
    if (!main) throw new Error(`${name} answers on port ${port}, but it is not the one started.`);
    return { id, pid: main.pid, kept, ms: Math.round(performance.now() - since) };
  };

  const stop = async (mode: StopMode = 'clean'): Promise<void> => {
    const all = own();
    const main = mainOf(all);
    sendAll(all, 'SIGCONT');
    if (main) signal(main.pid, kind.signals[mode]);
    const isMainGone = (): boolean => !own().some(({ pid }) => pid === main?.pid);
    const isClean = await waitUntil(isMainGone, stopPatienceMs);
    if (!isClean) sendAll(rest(), 'SIGKILL');
    // What has no server any more (half a start, a helper) is told to go, and then made to.
    sendAll(own(), 'SIGTERM');
    await untilGone(own);
    if (!isClean) {
      throw new Error(
        `${name} did not stop within ${stopPatienceMs / 1000} s and was killed. ` +
          endOfLog(program.log),
      );
    }
  };

  const kill = async (what: NodeJS.Signals, scope: 'tree' | 'main' = 'tree'): Promise<void> => {
    const main = mainOf(own());
    if (!main) throw new Error(`${name} does not run.`);
    // The main process first: it would notice that a child is gone, or make new ones.
    signal(main.pid, what);
    if (scope === 'tree') sendAll(rest(), what);
    if (what !== 'SIGKILL') return;
    await untilGone(() => rest().filter(({ pid }) => scope === 'tree' || pid === main.pid));
  };

  const status = async (): Promise<ServerStatus> => {
    const pid = mainOf(own())?.pid;
    if (pid === undefined) return { id, name, port, state: 'stopped' };
    try {
      await kind.ping();
      return { id, name, port, state: 'running', pid };
    } catch (error) {
      return { id, name, port, state: 'unready', pid, detail: (error as Error).message };
    }
  };

  const pid = (): number | undefined => mainOf(own())?.pid;
  const { ping } = kind;
  return { id, name, port, log: program.log, pid, start, stop, kill, ping, status, busyPorts };
};
