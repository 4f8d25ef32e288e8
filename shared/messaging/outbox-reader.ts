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
  let asking: Promise<unknown> = Promise.resolve();
  let isTelling = false;
  let wake: () => void = () => {};

  /** One query after another: the connection has no queue of its own. */
  const ask = <Row extends pg.QueryResultRow>(
    on: () => pg.Client | undefined,
    sql: string,
    values: readonly string[] = [channel],
  ): Promise<pg.QueryResult<Row> | undefined> => {
    const answer = asking.then(() => on()?.query<Row>(sql, [...values]));
    asking = answer.catch(() => {});
    return answer;
  };

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
      const mine = (client ??= await connect());
      if (isElected) return;
      const lockSql = 'select pg_try_advisory_lock(hashtext($1)) as locked';
      const answer = await ask<{ locked: boolean }>(() => mine, lockSql);
      if (!answer!.rows[0]!.locked) return;
      await ask(() => mine, `listen ${channel}`, []);
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
      if (isTelling) return; // It has not begun, so it tells of this too.
      isTelling = true;
      const begin = (): pg.Client | undefined => {
        isTelling = false;
        return client;
      };
      ask(begin, `select pg_notify($1, '')`).catch(() => {});
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
