import type { Pool, PoolClient } from 'pg';

/** What a handler under test gets: a pool whose every statement waits for its turn. */
export type SteppedSession = Readonly<{
  pool: Pool;
  /** Makes anything else a step, such as a call of a provider that has no statement of its own. */
  step: <T>(work: () => Promise<T>) => Promise<T>;
}>;

export type Interleaved = Readonly<{
  /** Sessions by number, in the order in which their steps were let go: `0 1 1 0`. */
  schedule: string;
  outcomes: readonly PromiseSettledResult<unknown>[];
}>;

export type InterleavingOptions<Rows> = Readonly<{
  /** A pool for one session, of the role that the handlers have; ended when all is done. */
  connect: () => Pool;
  /** Makes fresh rows for one run. */
  setUp: () => Promise<Rows>;
  sessions: readonly ((session: SteppedSession, rows: Rows) => Promise<unknown>)[];
  /** Throws when the outcome of a run is none of the allowed ones. */
  judge: (rows: Rows, run: Interleaved) => Promise<void>;
  /** More interleavings than this are a fault of the test, which would look at some only. */
  runsMax?: number;
}>;

/**
 * Asks the lock table itself: what `pg_stat_activity` says may be of a moment ago. Only a wait for
 * another session counts: what else runs in the database ends by itself.
 */
const blockedSql = `select count(*)::int as n from unnest($1::int[]) as p (pid)
  where pg_blocking_pids(pid) && $2::int[]`;

/** One session of one run: what it wants to do next, and what it is doing. */
class Lane {
  readonly #waiting: (() => void)[] = [];
  readonly #pids: ReadonlySet<number>;
  inFlight = 0;
  isDone = false;
  onChange: () => void = () => {};

  constructor(pids: ReadonlySet<number>) {
    this.#pids = pids;
  }

  get pids(): readonly number[] {
    return [...this.#pids];
  }

  get isAtGate(): boolean {
    return !this.isDone && this.inFlight === 0 && this.#waiting.length > 0;
  }

  readonly step = async <T>(work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      this.onChange();
    });
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
      this.onChange();
    }
  };

  letGo(): void {
    this.inFlight += 1;
    this.#waiting.shift()!();
  }
}

/** Statements of the pool, and of clients taken from it, are steps of the lane. */
const stepped = (pool: Pool, lane: Lane): Pool => {
  const gate = <Target extends Pool | PoolClient>(target: Target): Target =>
    new Proxy(target, {
      get(_, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (name === 'query')
          return (...args: unknown[]) =>
            lane.step(() => (value as (...a: unknown[]) => Promise<unknown>).apply(target, args));
        if (name === 'connect') return async () => gate(await (target as Pool).connect());
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return gate(pool);
};

/**
 * Runs the handlers in every order that their statements can come in on a real PostgreSQL, each order
 * on fresh rows, and has each outcome judged. A statement that waits for a lock of another session
 * waits; the others go on. Answers the orders that it ran, so that a test can say how many.
 */
export const everyInterleaving = async <Rows>(
  options: InterleavingOptions<Rows>,
): Promise<readonly Interleaved[]> => {
  const { connect, sessions, runsMax = 5_000 } = options;
  const watcher = connect();
  const places = sessions.map(() => {
    const pool = connect();
    const pids = new Set<number>();
    pool.on(
      'connect',
      (client) => void pids.add((client as unknown as { processID: number }).processID),
    );
    return { pool, pids };
  });
  const runs: Interleaved[] = [];
  try {
    for (let plan: readonly number[] | undefined = []; plan;) {
      if (runs.length >= runsMax) throw new Error(`more than ${runsMax} interleavings`);
      const rows = await options.setUp();
      const lanes = places.map(({ pids }) => new Lane(pids));
      const work = sessions.map((session, i) =>
        session({ pool: stepped(places[i]!.pool, lanes[i]!), step: lanes[i]!.step }, rows),
      );
      const choices = await runOne(watcher, lanes, work, plan);
      const schedule = choices.map(({ chosen }) => chosen).join(' ');
      const run = { schedule, outcomes: await Promise.allSettled(work) };
      try {
        await options.judge(rows, run);
      } catch (error) {
        throw new Error(`steps ${schedule}: ${String(error)}`, { cause: error });
      }
      runs.push(run);
      plan = nextPlan(choices);
    }
    return runs;
  } finally {
    await Promise.all([watcher, ...places.map(({ pool }) => pool)].map((pool) => pool.end()));
  }
};

type Choice = Readonly<{ chosen: number; among: readonly number[] }>;

/** The last choice that has another way to go, with that way; none when all were gone. */
const nextPlan = (choices: readonly Choice[]): readonly number[] | undefined => {
  for (let i = choices.length - 1; i >= 0; i--) {
    const { chosen, among } = choices[i]!;
    const other = among[among.indexOf(chosen) + 1];
    if (other !== undefined) return [...choices.slice(0, i).map((choice) => choice.chosen), other];
  }
  return undefined;
};

/** Follows the plan, then always lets the first session go that can. */
const runOne = async (
  watcher: Pool,
  lanes: readonly Lane[],
  work: readonly Promise<unknown>[],
  plan: readonly number[],
): Promise<readonly Choice[]> => {
  for (const [i, lane] of lanes.entries()) {
    const end = (): void => {
      lane.isDone = true;
      lane.onChange();
    };
    work[i]!.then(end, end);
  }
  const choices: Choice[] = [];
  for (;;) {
    await comeToRest(watcher, lanes);
    if (lanes.every(({ isDone }) => isDone)) return choices;
    const among = lanes.flatMap(({ isAtGate }, i) => (isAtGate ? [i] : []));
    // All that is left waits for locks: PostgreSQL ends a deadlock by itself.
    if (among.length === 0) continue;
    const chosen = plan[choices.length] ?? among[0]!;
    if (!among.includes(chosen)) throw new Error('the same steps did not lead to the same place');
    choices.push({ chosen, among });
    lanes[chosen]!.letGo();
  }
};

/** Until each session has ended, wants to take a step, or waits for a lock of another. */
const comeToRest = async (watcher: Pool, lanes: readonly Lane[]): Promise<void> => {
  const patienceMs = 20_000;
  const isMoving = (lane: Lane): boolean => !lane.isDone && !lane.isAtGate;
  for (const end = performance.now() + patienceMs; lanes.some(isMoving);) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 3);
      for (const lane of lanes)
        lane.onChange = () => {
          clearTimeout(timer);
          resolve();
        };
    });
    const moving = lanes.filter(isMoving);
    const areBlocked = await Promise.all(
      moving.map(async (lane) => {
        if (lane.inFlight === 0) return false;
        const { rows } = await watcher.query<{ n: number }>(blockedSql, [
          lane.pids,
          lanes.flatMap(({ pids }) => pids),
        ]);
        // It may have ended while that was asked.
        return lane.inFlight > 0 && rows[0]!.n >= lane.inFlight;
      }),
    );
    if (areBlocked.every(Boolean) && moving.every(isMoving)) return;
    if (performance.now() > end) throw new Error('a session neither goes on nor waits for a lock');
  }
};
