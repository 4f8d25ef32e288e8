import type { Clock, Platform } from '#shared/platform/module.ts';
import type { Days } from './days.ts';

export const searchesKeptDays = 90;
/** Between two writes; a search itself never waits for one. */
const writeEveryMs = 30_000;
/** What is remembered between two writes. Further words are not counted: somebody invents them. */
const termsMax = 500;
const [shortest, longest] = [2, 60];

/** Addresses, telephone and document numbers are typed into search fields, too: they are not kept. */
const mayNamePerson = (term: string): boolean => /@|(?:\d[\s.-]?){6}/.test(term);

/** How often something was searched and not found. */
export type MissedSearch = Readonly<{ term: string; count: number; previousCount: number }>;

export interface MissedSearchStore {
  /** Adds to the counts of the day of `at`, in one statement. */
  add(counts: ReadonlyMap<string, number>, at: Date): Promise<void>;
  /** The most frequent of a range, beside as many days before. */
  list(days: Days, limit: number): Promise<readonly MissedSearch[]>;
}

export type MissedSearches = Readonly<{
  /** Counts a term, in memory: lower case, single spaces. What is too short or too long is not counted. */
  note: (term: string) => void;
  /** Of all processes, but for what others gathered within half a minute. */
  list: MissedSearchStore['list'];
}>;

/** What people look for and the shop does not have; nobody is known by it. */
export const createMissedSearches = ({
  store,
  gather,
  clock,
}: Readonly<{
  store: MissedSearchStore;
  gather: Platform['gather'];
  clock: Clock;
}>): MissedSearches => {
  let counts = new Map<string, number>();
  // One mark, however many terms: `counts` is what is written, and is bounded.
  const writing = gather<'counts'>(async () => {
    const written = counts;
    counts = new Map();
    try {
      await store.add(written, clock());
    } catch (error) {
      for (const [term, count] of counts) written.set(term, (written.get(term) ?? 0) + count);
      counts = written;
      throw error;
    }
  }, writeEveryMs);
  return {
    note(given) {
      const term = given.normalize('NFC');
      if (term.length < shortest || term.length > longest || mayNamePerson(term)) return;
      const known = counts.get(term);
      if (known === undefined && counts.size >= termsMax) return;
      if (counts.size === 0) writing.add('counts');
      counts.set(term, (known ?? 0) + 1);
    },
    async list(days, limit) {
      await writing.flush();
      return store.list(days, limit);
    },
  };
};
