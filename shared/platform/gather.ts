import type { Logger } from '../telemetry/logger.ts';

/** Puts items aside and writes many at once. What is put aside is lost when the process dies. */
export type Gathering<Item> = Readonly<{
  add: (item: Item) => void;
  /** Writes what is there, and resolves when it is written. */
  flush: () => Promise<void>;
}>;

/**
 * For marks that may come late or be repeated, such as "this mail is out": a statement for many
 * costs little more than one for each. A write that fails is tried again with the next.
 */
export const createGathering = <Item>(
  options: Readonly<{
    everyMs: number;
    write: (items: readonly Item[]) => Promise<void>;
    log: Logger;
  }>,
): Gathering<Item> => {
  const { everyMs, write, log } = options;
  let items: Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const writeAll = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const taken = items;
    items = [];
    if (taken.length === 0) return;
    try {
      await write(taken);
    } catch (error) {
      log.warn({ err: error, items: taken.length }, 'marks not written; they are tried again');
      items = [...taken, ...items];
    }
  };
  const flush = (): Promise<void> => (writing = writing.then(writeAll));
  const plan = (): void => {
    timer ??= setTimeout(() => {
      void flush().then(() => {
        if (items.length > 0) plan();
      });
    }, everyMs);
  };
  return {
    add(item) {
      items.push(item);
      plan();
    },
    flush,
  };
};

type Waiting<Item, Result> = Readonly<{
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}>;

/**
 * Lets those who ask for the same within `everyMs`, or `max` of them, share one statement, and each
 * wait for its own result. `write` answers one result an item, in their order, and must do all or
 * nothing: when it fails every item is tried alone, so that a bad one fails alone.
 */
export const createBatching = <Item, Result>(
  options: Readonly<{
    everyMs: number;
    max: number;
    write: (items: readonly Item[]) => Promise<readonly Result[]>;
  }>,
): ((item: Item) => Promise<Result>) => {
  const { everyMs, max, write } = options;
  let waiting: Waiting<Item, Result>[] = [];
  let timer: NodeJS.Timeout | undefined;

  const writeAll = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, i) => resolve(results[i]!));
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else await Promise.all(batch.map((one) => writeAll([one])));
    }
  };
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    void writeAll(batch);
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= max) send();
      else timer ??= setTimeout(send, everyMs);
    });
};
