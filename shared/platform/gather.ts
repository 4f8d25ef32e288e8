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
