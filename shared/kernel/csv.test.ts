import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvFile } from './csv.ts';

describe('a CSV', () => {
  it('ends lines as RFC 4180 says, and quotes what would end a cell', () => {
    const file = csvFile([
      ['key', 'name'],
      ['a,b', 'dice "así"\r\ny sigue'],
    ]);
    assert.equal(file, '\uFEFFkey,name\r\n"a,b","dice ""así""\r\ny sigue"\r\n');
  });

  for (const text of ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx'])
    it(`makes no formula of ${JSON.stringify(text)}`, () => {
      const [line] = csvFile([[text]])
        .slice(1)
        .split('\r\n');
      assert.match(line!, /^"?'/);
    });
});
