import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { titleWithUnread } from './unread.ts';

describe('how much is new', () => {
  for (const [title, count, wanted] of [
    ['Plaza', 0, 'Plaza'],
    ['Plaza', 3, '(3) Plaza'],
    ['(3) Plaza', 4, '(4) Plaza'],
    ['(4) Plaza', 0, 'Plaza'],
    ['(99+) Plaza', 100, '(99+) Plaza'],
    ['Caja (3) grande', 1, '(1) Caja (3) grande'],
  ] as const) {
    it(`makes ${wanted} of ${title} and ${count}`, () => {
      assert.equal(titleWithUnread(title, count), wanted);
    });
  }
});
