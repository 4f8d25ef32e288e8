import type { Pool } from 'pg';
import type { Logger } from '../telemetry/logger.ts';
import type { Bus } from './message.ts';
import { outboxColumns, toMessage, type OutboxRow } from './outbox.ts';

const batchSize = 200;
/** More than this handed over and not yet taken: wait, the rows are safe where they are. */
const underWayMax = 2_000;
/** Acknowledgements of this long share one UPDATE. */
const markEveryMs = 10;

const markSql = 'update outbox set sent_at = now() where seq = any($1::bigint[])';
/** Marks and asks for more in one round trip. */
const exchangeSql = `with marked as (${markSql})
  select ${outboxColumns} from outbox
  where sent_at is null and seq <> all($2::bigint[]) order by seq limit ${batchSize}`;

/**
 * Takes committed messages from one context's outbox to the bus. A row is marked only when every
 * consumer has taken it, so a crash in between sends it again and the inbox makes that harmless.
 * It asks for what is unmarked and not for `seq > last`: a row that commits late is not skipped.
 */
export class OutboxRelay {
  readonly #pool: Pool;
  readonly #bus: Bus;
  readonly #source: string;
  readonly #log: Logger;
  readonly #pollMs: number;
  /** Rows handed to the bus and not yet marked. */
  readonly #underWay = new Set<string>();
  #taken: string[] = [];
  #isAwake = true;
  #isStopped = false;
  #loop: Promise<void> | undefined;
  #ring: () => void = () => {};
  #markTimer: NodeJS.Timeout | undefined;

  constructor(options: { pool: Pool; bus: Bus; source: string; log: Logger; pollMs?: number }) {
    this.#pool = options.pool;
    this.#bus = options.bus;
    this.#source = options.source;
    this.#log = options.log;
    this.#pollMs = options.pollMs ?? 1_000;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Says that something was committed; cheap, and safe to call too often. */
  wake(): void {
    this.#isAwake = true;
    this.#ring();
  }

  /** Marks what consumers have taken, then ends. Stop the bus first: it gives back the rest. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#markTimer);
    this.#ring();
    await this.#loop;
    if (this.#taken.length > 0) await this.#pool.query(markSql, [this.#taken]).catch(() => {});
  }

  async #run(): Promise<void> {
    let failures = 0;
    let pollAt = 0;
    while (!this.#isStopped) {
      try {
        if (this.#isAwake || this.#taken.length > 0 || performance.now() >= pollAt) {
          await this.#exchange();
          pollAt = performance.now() + this.#pollMs;
        }
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1)
          this.#log.warn({ err: error }, 'outbox relay: waiting for the database');
      }
      const pauseMs =
        failures > 0 ? Math.min(2_000, 50 * 2 ** failures) : pollAt - performance.now();
      if (failures > 0 || !this.#isAwake) await this.#sleep(pauseMs);
    }
  }

  async #exchange(): Promise<void> {
    this.#isAwake = false;
    const taken = this.#taken;
    this.#taken = [];
    try {
      const values = [taken, [...this.#underWay]];
      const hasRoom = this.#underWay.size - taken.length < underWayMax;
      const { rows } = hasRoom
        ? await this.#pool.query<OutboxRow>({ name: 'outbox-exchange', text: exchangeSql, values })
        : await this.#pool.query<OutboxRow>({
            name: 'outbox-mark',
            text: markSql,
            values: [taken],
          });
      for (const seq of taken) this.#underWay.delete(seq);
      for (const row of rows) this.#send(row);
      if (rows.length === batchSize) this.#isAwake = true;
    } catch (error) {
      this.#taken.push(...taken);
      this.#isAwake = true;
      throw error;
    }
  }

  #send(row: OutboxRow): void {
    this.#underWay.add(row.seq);
    void this.#bus.publish(toMessage(row, this.#source)).then(
      () => {
        this.#taken.push(row.seq);
        this.#markTimer ??= setTimeout(() => {
          this.#markTimer = undefined;
          this.#ring();
        }, markEveryMs);
      },
      // The bus stopped before every consumer had it: the row goes out again after a restart.
      () => this.#underWay.delete(row.seq),
    );
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#isStopped) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.max(ms, 0));
    this.#ring = resolve;
    await promise;
    clearTimeout(timer);
  }
}
