import assert from 'node:assert/strict';
import { it } from 'node:test';
import { waitAfter } from './live.ts';

it('a socket that fails comes again later and later, and not with all others', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 50].map((failures) => waitAfter(failures, 1)),
    [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
  );
  assert.equal(waitAfter(3, 0), 4_000);
});
