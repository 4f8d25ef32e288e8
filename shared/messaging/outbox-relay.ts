import type { Pool } from 'pg';
import type { Logger } from '../telemetry/logger.ts';
import type { Bus, Message } from './message.ts';
import { onlyReader, type OutboxReader } from './outbox-reader.ts';
import {
  outboxColumns,
  readMessage,
  toMessage,
  type OutboxMessage,
  type OutboxRow,
} from './outbox.ts';

const batchSize = 500;
/** More than this handed over and not yet taken: wait, the rows are safe where they are. */
const underWayMax = 2_000;
/** Acknowledgements of this long share one UPDATE; a crash sends again what is not marked yet. */
const markEveryMs = 250;

const markSql = 'update outbox set sent_at = now() where id = any($1::uuid[])';
/** Marks and asks for more in one round trip. A subquery is hashed; a long array would be searched. */
const exchangeSql = `with marked as (${markSql})
  select ${outboxColumns} from outbox
  where sent_at is null and id not in (select unnest($2::uuid[]))
    and ($3 = 0 or not is_handed_over or time < now() - make_interval(secs => $3))
  order by seq limit ${batchSize}`;

/**
 * Takes committed messages from one context's outbox to the bus. A row is marked only when every
 * consumer has taken it, so a crash in between sends it again and the inbox makes that harmless.
 * What this process has just committed is handed over from memory; the table is read for the rest:
 * rows that SQL made, rows of other processes, rows that a crash left. That asks for what is
 * unmarked and not for `seq > last`: a row that commits late is not skipped. Of several processes of
 * one context one reads the table.
 */
export class OutboxRelay {
  readonly #pool: Pool;
  readonly #bus: Bus;
  readonly #source: string;
  readonly #log: Logger;
  readonly #pollMs: number;
  readonly #reader: OutboxReader;
  readonly #onSend: (message: Message) => void;
  readonly #onTaken: (message: Message, ms: number) => void;
  /** Ids of rows handed to the bus and not yet marked. */
  readonly #underWay = new Set<string>();
  #taken: string[] = [];
  #isAwake = true;
  #isStopped = false;
  #loop: Promise<void> | undefined;
  #ring: () => void = () => {};
  #markTimer: NodeJS.Timeout | undefined;
  readonly #whenLost = (): void => this.#sendAgain(this.#taken.splice(0));

  constructor(options: {
    pool: Pool;
    bus: Bus;
    source: string;
    log: Logger;
    pollMs?: number;
    reader?: OutboxReader;
    /** Sees each message as it goes to the bus. */
    onSend?: (message: Message) => void;
    /** Hears how long the bus took to take one. */
    onTaken?: (message: Message, ms: number) => void;
  }) {
    this.#pool = options.pool;
    this.#bus = options.bus;
    this.#source = options.source;
    this.#log = options.log;
    this.#pollMs = options.pollMs ?? 1_000;
    this.#reader = options.reader ?? onlyReader;
    this.#onSend = options.onSend ?? (() => {});
    this.#onTaken = options.onTaken ?? (() => {});
  }

  start(): void {
    this.#reader.start(() => this.#wakeHere());
    this.#loop ??= this.#run();
    this.#pool.on('error', this.#whenLost);
  }

  /**
   * Says that something was committed; cheap, and safe to call too often. `committed`: all of it,
   * and then nothing is read; without it the table is.
   */
  wake(committed?: readonly OutboxMessage[]): void {
    const hasRoom = this.#underWay.size + (committed?.length ?? 0) < underWayMax;
    if (committed && hasRoom && !this.#isStopped) {
      for (const row of committed) this.#send(toMessage(row, this.#source));
      return;
    }
    if (this.#reader.isReader()) this.#wakeHere();
    else this.#reader.tell();
  }

  #wakeHere(): void {
    this.#isAwake = true;
    this.#ring();
  }

  /** Marks what consumers have taken, then ends. Stop the bus first: it gives back the rest. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#pool.off('error', this.#whenLost);
    clearTimeout(this.#markTimer);
    this.#ring();
    await this.#loop;
    await this.#reader.stop();
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
      const values = [taken, [...this.#underWay], this.#reader.takesOverAfterSeconds];
      const reads = this.#reader.isReader() && this.#underWay.size - taken.length < underWayMax;
      const { rows } = reads
        ? await this.#pool.query<OutboxRow>({ name: 'outbox-exchange', text: exchangeSql, values })
        : await this.#pool.query<OutboxRow>({
            name: 'outbox-mark',
            text: markSql,
            values: [taken],
          });
      for (const row of rows) this.#send(readMessage(row, this.#source));
      for (const id of taken) this.#underWay.delete(id);
      if (rows.length === batchSize) this.#isAwake = true;
    } catch (error) {
      this.#sendAgain(taken);
      throw error;
    }
  }

  /**
   * A server that went away may have lost what consumers stored last (see `take_message`). They get
   * what is not marked again, and the inbox tells what they still have.
   */
  #sendAgain(taken: readonly string[]): void {
    for (const id of taken) this.#underWay.delete(id);
    this.#isAwake = true;
  }

  #send(message: Message): void {
    const { id } = message;
    // The table may show a row before its writer hands it over, or the other way round.
    if (this.#underWay.has(id)) return;
    this.#underWay.add(id);
    this.#onSend(message);
    const sentAt = performance.now();
    void this.#bus.publish(message).then(
      () => {
        this.#onTaken(message, performance.now() - sentAt);
        this.#taken.push(id);
        if (this.#taken.length === batchSize) this.#ring(); // The room is wanted for the next.
        this.#markTimer ??= setTimeout(() => {
          this.#markTimer = undefined;
          this.#ring();
        }, markEveryMs);
      },
      // The bus stopped before every consumer had it: the row goes out again after a restart.
      () => this.#underWay.delete(id),
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
