import { rowsRemoved, type FanOut } from '#shared/platform/fan-out.ts';
import type { ResponseCache } from './response-cache.ts';
import type { OnChange, OnOwnChange, Touched } from './sql-cause.ts';

const topic = 'catalog.changes';

/** Says that any answer may be another now. */
export const anything: readonly Touched[] = [{ product_id: null, changes_lists: true }];

/** A process of another release may say it otherwise; then all is forgotten. */
const isTouched = (message: unknown): message is readonly Touched[] =>
  Array.isArray(message) &&
  message.every(
    (one: Partial<Touched> | null) =>
      (typeof one?.product_id === 'string' || one?.product_id === null) &&
      typeof one.changes_lists === 'boolean',
  );

/**
 * Lets every process forget what it remembers of a change, this one at once. A process that is not
 * reached reads the change in the database within a second.
 */
export const createChangeTold = (
  fanOut: FanOut,
  answers: ResponseCache,
): Readonly<{ tell: OnChange; tellAndWait: OnOwnChange }> => {
  fanOut.subscribe(
    topic,
    (message) => answers.forget(isTouched(message) ? message : anything),
    () => answers.doubt(),
  );
  fanOut.subscribe(rowsRemoved, () => answers.forget(anything));
  return {
    tell: (touched) => {
      if (touched.length > 0) fanOut.publish(topic, touched);
    },
    tellAndWait: async (touched) => {
      if (touched.length > 0) await fanOut.publishAndWait(topic, touched);
    },
  };
};
