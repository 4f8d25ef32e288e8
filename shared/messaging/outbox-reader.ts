import pg from 'pg';
import type { Logger } from '../telemetry/logger.ts';

/**
 * Which of several processes of one context reads its outbox. One does at a time; the others send
 * what they commit themselves and tell it of the rest.
 */
export interface OutboxReader {
  /** What another process hands over itself and has not marked after this long is the reader's. */
  readonly takesOverAfterSeconds: number;
  isReader(): boolean;
  /** Tells the reader, wherever it is, that there is something to read. */
  tell(): void;
  /** Calls `wake` when there is something to read here: told by another, or newly elected. */
  start(wake: () => void): void;
  stop(): Promise<void>;
}

/** The only process of its context. */
export const onlyReader: OutboxReader = {
  takesOverAfterSeconds: 0,
  isReader: () => true,
  tell: () => {},
  start: () => {},
  stop: async () => {},
};

const retryMs = 1_000;

/**
 * Elects the reader by an advisory lock of the context's database, held by a connection that also
 * listens for NOTIFY: when the process or its connection dies, PostgreSQL frees the lock and
 * another takes over within `retryMs`.
 */
export const createElectedReader = (
  options: Readonly<{ connection: pg.ClientConfig; context: string; log: Logger }>,
): OutboxReader => {
  const { connection, context, log } = options;
  const channel = `plaza_outbox_${context}`;
  let client: pg.Client | undefined;
  let isElected = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let trying = Promise.resolve();
  let wake: () => void = () => {};

  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ ...connection, application_name: `plaza ${context} outbox` });
    const lost = (): void => {
      if (client !== fresh) return;
      client = undefined;
      isElected = false;
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    fresh.on('notification', () => wake());
    await fresh.connect();
    return fresh;
  };

  const stand = async (): Promise<void> => {
    try {
      client ??= await connect();
      if (isElected) return;
      const { rows } = await client.query<{ locked: boolean }>(
        `select pg_try_advisory_lock(hashtext($1)) as locked`,
        [channel],
      );
      if (!rows[0]!.locked) return;
      await client.query(`listen ${channel}`);
      isElected = true;
      wake(); // What was committed while nobody read.
    } catch (error) {
      log.warn({ err: error, context }, 'outbox reader: waiting for the database');
      await client?.end().catch(() => {});
      client = undefined;
      isElected = false;
    }
  };
  const keepStanding = (): void => {
    trying = stand().then(() => {
      if (!isStopped) timer = setTimeout(keepStanding, retryMs);
    });
  };

  return {
    takesOverAfterSeconds: 5,
    isReader: () => isElected,
    tell() {
      // A lost word costs a second: the reader also looks by itself.
      client?.query(`select pg_notify($1, '')`, [channel]).catch(() => {});
    },
    start(call) {
      wake = call;
      keepStanding();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await trying;
      isElected = false;
      await client?.end().catch(() => {});
    },
  };
};
