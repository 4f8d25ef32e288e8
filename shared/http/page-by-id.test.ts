import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCursor } from './cursor.ts';
import { idOfCursor, pageById } from './page-by-id.ts';

describe('a page by ids', () => {
  const ids = Array.from({ length: 3 }, () => crypto.randomUUID());
  const found = ids.map((id) => ({ id }));

  it('names the last of it where there is more, and goes on behind that', () => {
    const page = pageById(found, 2, ({ id }) => id);
    assert.deepEqual(page.items, ids.slice(0, 2));
    assert.equal(idOfCursor(page.next_cursor!), ids[1]);
    assert.equal(pageById(found, 3, ({ id }) => id).next_cursor, null);
    assert.deepEqual(
      pageById([], 3, () => 0),
      { items: [], next_cursor: null },
    );
    assert.equal(idOfCursor(undefined), undefined);
  });

  it('takes no cursor of another list', () => {
    for (const wrong of ['x', encodeCursor(['1']), encodeCursor([ids[0]!, ids[1]!])])
      assert.throws(() => idOfCursor(wrong), { code: 'http.validation' });
  });
});
