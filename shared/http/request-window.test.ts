import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRequestWindow } from './request-window.ts';

describe('createRequestWindow', () => {
  it('lets as many pass as the limit says, each key for itself, and again after its time', () => {
    const take = createRequestWindow(2, 1_000);
    assert.deepEqual(take('a', 0), { isOver: false, left: 1, msLeft: 1_000 });
    assert.deepEqual(take('a', 400), { isOver: false, left: 0, msLeft: 600 });
    assert.deepEqual(take('a', 500), { isOver: true, left: 0, msLeft: 500 });
    assert.equal(take('b', 500).isOver, false);
    assert.equal(take('a', 1_000).isOver, false);
  });

  describe('over several processes', () => {
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    /** What all processes share, as Redis would: one count, asked over a network. */
    const shared = () => {
      const counts = new Map<string, number>();
      const told: number[] = [];
      return {
        told,
        counts,
        add: async (key: string, points: number) => {
          told.push(points);
          counts.set(key, (counts.get(key) ?? 0) + points);
          return { count: counts.get(key)!, msLeft: 60_000 };
        },
      };
    };

    it('tells every so many requests, and passes the limit by less than one in a hundred', async () => {
      const { add, told } = shared();
      const [a, b] = [
        createRequestWindow(1_000, 60_000, add),
        createRequestWindow(1_000, 60_000, add),
      ];
      let passed = 0;
      for (let n = 0; n < 1_500; n++) {
        if (!(n % 2 ? a : b)('k', 0).isOver) passed += 1;
        await settled();
      }
      assert.ok(passed >= 1_000 && passed <= 1_010, `${passed} passed`);
      assert.ok(told.length <= 202, `told ${told.length} times`);
      assert.deepEqual(new Set(told), new Set([5]));
    });

    it('holds the limit by itself while nobody answers, and tells what was not told', async () => {
      const { add, counts } = shared();
      let isAway = true;
      const take = createRequestWindow(400, 60_000, (key, points) =>
        isAway ? Promise.reject(new Error('away')) : add(key, points),
      );
      for (let n = 0; n < 300; n++) {
        assert.equal(take('k', 0).isOver, false);
        await settled();
      }
      isAway = false;
      assert.equal(take('k', 0).left, 99);
      await settled();
      assert.equal(counts.get('k'), 301);
      for (let n = 0; n < 99; n++) assert.equal(take('k', 0).isOver, false);
      assert.equal(take('k', 0).isOver, true);
    });

    it('forgets nothing of its own when what is shared begins anew', async () => {
      const { add, counts } = shared();
      const take = createRequestWindow(10, 60_000, add);
      for (let n = 0; n < 8; n++) {
        take('k', 0);
        await settled();
      }
      counts.clear();
      assert.equal(take('k', 0).left, 1);
      await settled();
      assert.deepEqual([take('k', 0).left, take('k', 0).isOver], [0, true]);
    });

    it('ends a window with that of the others', async () => {
      const begunBefore = async () => ({ count: 400, msLeft: 5_000 });
      const take = createRequestWindow(400, 60_000, begunBefore);
      const now = performance.now();
      take('k', now);
      take('k', now);
      await settled();
      const state = take('k', now);
      assert.ok(state.isOver && state.msLeft <= 5_100, `${state.msLeft} ms`);
    });
  });

  it('holds a bounded number of keys', () => {
    const take = createRequestWindow(1, 1_000_000);
    take('first', 0);
    for (let n = 0; n < 60_000; n++) take(`key ${n}`, 0);
    assert.equal(take('first', 0).isOver, false, 'it was forgotten');
    assert.equal(take('key 59999', 0).isOver, true, 'the newest were not');
  });
});
