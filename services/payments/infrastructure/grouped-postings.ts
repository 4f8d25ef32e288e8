import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Postings } from '../application/ledger.ts';
import type { JournalEntry } from '../domain/posting.ts';
import { entryToJson } from './rows.ts';

const atOnce = 64;

type Waiting = Readonly<{
  entry: JournalEntry;
  resolve: () => void;
  reject: (error: unknown) => void;
}>;

/** A refusal of what was to be booked, as against a database that did not answer. */
const isRefusal = (error: unknown): boolean =>
  /^2[23]/.test((error as { code?: string }).code ?? '');

/**
 * Books what waits together in one transaction: while one is under way, the next gathers. A hot
 * account is then changed, and the disk waited for, once a group. Of a group that is refused each
 * entry is tried alone, so that only the one that breaks a rule is refused.
 */
export const createGroupedPostings = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): Postings => {
  const queue: Waiting[] = [];
  let isUnderWay = false;

  const send = (entries: readonly JournalEntry[]) =>
    pool.query({
      name: 'post-entries',
      text: 'select post_entries($1, $2)',
      values: [`[${entries.map((entry) => entryToJson(entry)).join()}]`, clock()],
    });
  const settle = async (group: readonly Waiting[]): Promise<void> => {
    try {
      await send(group.map(({ entry }) => entry));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1 || !isRefusal(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await settle([one]);
    }
  };
  const work = async (): Promise<void> => {
    isUnderWay = true;
    while (queue.length > 0) await settle(queue.splice(0, atOnce));
    isUnderWay = false;
  };

  return {
    post: (entry) =>
      new Promise((resolve, reject) => {
        queue.push({ entry, resolve, reject });
        if (!isUnderWay) void work();
      }),
  };
};
