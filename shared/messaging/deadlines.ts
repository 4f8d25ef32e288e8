import type { Pool } from 'pg';
import type { Logger } from '../telemetry/logger.ts';

/** A timer that survives a restart: one a (kind, key); setting it again moves it. */
export type Deadline = Readonly<{ kind: string; key: string; dueAt: Date; data?: unknown }>;

export type DeadlineHandler = Readonly<{
  kind: string;
  /** Runs at least once when due; must do nothing when what it waited for has happened. */
  handle: (deadline: Readonly<{ key: string; data: unknown }>) => Promise<void>;
}>;

type DueRow = { kind: string; key: string; data: unknown; attempts: number; due_at: Date };

const claimSql = `
  update deadlines d set due_at = $1::timestamptz + interval '1 minute', attempts = d.attempts + 1
  from (
    select kind, key from deadlines where due_at <= $1 and kind = any($2)
    order by due_at limit $3 for update skip locked
  ) due
  where d.kind = due.kind and d.key = due.key
  returning d.kind, d.key, d.data, d.attempts, d.due_at`;
/**
 * So many at once, that a thousand of them, which an outage has left, do not stand before the people
 * who wait for a connection; and few of them wait together when somebody outside is slow.
 */
const atOnceMax = 16;
/** So many at most before the runner looks at the clock again. */
const oneRunMax = 100;
/** Only the row as claimed: one that was set again meanwhile stays. */
const doneSql = 'delete from deadlines where kind = $1 and key = $2 and due_at = $3';

/**
 * Fires the deadlines of one context. Claiming moves the row a minute on, so that a runner that
 * dies in the middle loses nothing and several runners share the work without meeting.
 */
export class DeadlineRunner {
  readonly #pool: Pool;
  readonly #handlers: ReadonlyMap<string, DeadlineHandler>;
  readonly #clock: () => Date;
  readonly #log: Logger;
  readonly #pollMs: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<number> = Promise.resolve(0);
  #isStopped = false;

  constructor(options: {
    pool: Pool;
    handlers: readonly DeadlineHandler[];
    clock: () => Date;
    log: Logger;
    pollMs?: number;
  }) {
    this.#pool = options.pool;
    this.#handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
    this.#clock = options.clock;
    this.#log = options.log;
    this.#pollMs = options.pollMs ?? 1_000;
  }

  start(): void {
    if (this.#handlers.size === 0) return;
    const tick = async (): Promise<void> => {
      const fired = await this.fire().catch((error: unknown) => {
        this.#log.warn({ err: error }, 'deadlines: waiting for the database');
        return 0;
      });
      // What an outage has left is worked off without a pause.
      const pauseMs = fired >= oneRunMax ? 0 : this.#pollMs;
      if (!this.#isStopped) this.#timer = setTimeout(() => void tick(), pauseMs);
    };
    void tick();
  }

  /** Fires what is due now and says how many; tests call it with a clock of their own. */
  fire(): Promise<number> {
    this.#running = this.#running.catch(() => 0).then(() => this.#fireDue());
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running.catch(() => 0);
  }

  async #fireDue(): Promise<number> {
    const now = this.#clock();
    const first = await this.#claim(now, atOnceMax);
    let fired = first.length;
    let isMore = fired === atOnceMax;
    // A slow one keeps its own place; the others go on with what is due.
    const work = async (row: DueRow): Promise<void> => {
      for (let next: DueRow | undefined = row; next !== undefined;) {
        await this.#fireOne(next);
        if (!isMore || this.#isStopped || fired >= oneRunMax) return;
        fired += 1;
        [next] = await this.#claim(now, 1);
        if (next === undefined) {
          fired -= 1;
          isMore = false;
        }
      }
    };
    await Promise.all(first.map(work));
    return fired;
  }

  async #claim(now: Date, max: number): Promise<DueRow[]> {
    const { rows } = await this.#pool.query<DueRow>({
      name: 'deadlines-claim',
      text: claimSql,
      values: [now, [...this.#handlers.keys()], max],
    });
    return rows;
  }

  async #fireOne({ kind, key, data, attempts, due_at }: DueRow): Promise<void> {
    try {
      await this.#handlers.get(kind)!.handle({ key, data });
      await this.#pool.query({
        name: 'deadlines-done',
        text: doneSql,
        values: [kind, key, due_at],
      });
    } catch (error) {
      this.#log.warn({ err: error, kind, key, attempts }, 'deadline not met; it fires again');
    }
  }
}
