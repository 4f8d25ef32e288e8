import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { createBatching, createGathering } from './gather.ts';

const log = createLogger({ level: 'silent' });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('marks that are gathered', () => {
  it('are written together, each once', async () => {
    const writes: (readonly number[])[] = [];
    const gathering = createGathering<number>({
      everyMs: 10,
      write: async (items) => void writes.push(items),
      log,
    });
    for (const n of [1, 2, 3]) gathering.add(n);
    await pause(30);
    gathering.add(4);
    await gathering.flush();
    await pause(20);
    assert.deepEqual(writes, [[1, 2, 3], [4]]);
  });

  it('are tried again with the next when they could not be written', async () => {
    const written: number[] = [];
    let isAway = true;
    const gathering = createGathering<number>({
      everyMs: 5,
      write: async (items) => {
        if (isAway) throw new Error('the database is away');
        written.push(...items);
      },
      log,
    });
    gathering.add(1);
    await pause(15);
    gathering.add(2);
    isAway = false;
    await pause(30);
    assert.deepEqual(written, [1, 2]);
  });

  it('are all written when flushing ends, also those that came while others were written', async () => {
    const written: number[] = [];
    const gathering = createGathering<number>({
      everyMs: 60_000,
      write: async (items) => {
        await pause(10);
        written.push(...items);
      },
      log,
    });
    gathering.add(1);
    const first = gathering.flush();
    gathering.add(2);
    await Promise.all([first, gathering.flush()]);
    assert.deepEqual(written, [1, 2]);
  });
});

describe('what many ask for at once', () => {
  const doubles = (writes: (readonly number[])[], max = 8) =>
    createBatching<number, number>({
      everyMs: 10,
      max,
      write: async (items) => {
        writes.push(items);
        if (items.includes(13)) throw new Error('13 is bad');
        return items.map((n) => n * 2);
      },
    });

  it('is done together, and each gets its own result', async () => {
    const writes: (readonly number[])[] = [];
    const double = doubles(writes);
    assert.deepEqual(await Promise.all([1, 2, 3].map(double)), [2, 4, 6]);
    assert.equal(await double(4), 8);
    assert.deepEqual(writes, [[1, 2, 3], [4]]);
  });

  it('does not wait when there are enough', async () => {
    const writes: (readonly number[])[] = [];
    const double = doubles(writes, 2);
    const all = [1, 2, 3].map(double);
    assert.deepEqual(writes, [[1, 2]]);
    assert.deepEqual(await Promise.all(all), [2, 4, 6]);
  });

  it('fails for what is bad alone', async () => {
    const results = await Promise.allSettled([1, 13, 3].map(doubles([])));
    assert.deepEqual(
      results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed')),
      [2, 'failed', 6],
    );
  });
});
