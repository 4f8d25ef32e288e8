import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '#shared/telemetry/logger.ts';
import { createGathering } from '#shared/platform/gather.ts';
import { createMissedSearches, type MissedSearchStore } from './missed-searches.ts';

const create = (refusals: number) => {
  const written: Record<string, number>[] = [];
  let left = refusals;
  const store: MissedSearchStore = {
    async add(counts) {
      if (left-- > 0) throw new Error('the database is away');
      written.push(Object.fromEntries(counts));
    },
    list: async () => [],
  };
  const searches = createMissedSearches({
    store,
    gather: (write, everyMs = 250) =>
      createGathering({ everyMs, write, log: createLogger({ level: 'silent' }) }),
    clock: () => new Date(),
  });
  /** A list is of what was noted before it. */
  const write = () => searches.list({ from: '2026-11-01', to: '2026-11-01' }, 1);
  return { searches, written, write };
};

describe('missed searches', () => {
  it('are written at once, however many there were', async () => {
    const { searches, written, write } = create(0);
    for (const term of ['taza', 'plato', 'taza']) searches.note(term);
    await write();
    await write();
    assert.deepEqual(written, [{ taza: 2, plato: 1 }]);
  });

  it('stay while the database is away', async () => {
    const { searches, written, write } = create(1);
    searches.note('taza');
    await write();
    searches.note('taza');
    await write();
    assert.deepEqual(written, [{ taza: 2 }]);
  });

  it('fill no memory with words that somebody invents', async () => {
    const { searches, written, write } = create(0);
    for (let i = 0; i < 600; i += 1) searches.note(`palabra ${i}`);
    searches.note('palabra 3');
    await write();
    assert.equal(Object.keys(written[0]!).length, 500);
    assert.equal(written[0]!['palabra 3'], 2, 'a known one counts on');
  });
});
