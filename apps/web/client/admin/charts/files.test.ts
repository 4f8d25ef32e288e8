import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvOf } from './files.ts';

describe('the file of a chart', () => {
  it('has its accents, and cells that end where they should', () => {
    assert.equal(csvOf([['Región', 'a,"b"']]), '\uFEFFRegión,"a,""b"""\r\n');
  });
  for (const text of ['=1', '+1', '-1', '@a', '\ta', '\ra'])
    it(`makes no formula of ${JSON.stringify(text)}`, () =>
      assert.match(csvOf([[text]]).slice(1), /^"?'/));
});
