import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withPlace } from './use-order.ts';

describe('the order of pictures', () => {
  it('has the moved one at its place, and the others as they were', () => {
    const ids = ['a', 'b', 'c', 'd'];
    assert.deepEqual(withPlace(ids, 'c', 1), ['c', 'a', 'b', 'd']);
    assert.deepEqual(withPlace(ids, 'a', 2), ['b', 'a', 'c', 'd']);
    assert.deepEqual(withPlace(ids, 'a', 4), ['b', 'c', 'd', 'a']);
    assert.deepEqual(withPlace(ids, 'b', 2), ids);
  });
});
