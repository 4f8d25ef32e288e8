import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createSeal } from './seal.ts';

const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

it('a seal opens what it closed, also under the key before, and nothing that was changed', () => {
  const sealed = createSeal([one]).close('{"a":1}');
  assert.equal(createSeal([one]).open(sealed), '{"a":1}');
  assert.equal(createSeal([two, one]).open(sealed), '{"a":1}', 'the key was replaced');
  assert.equal(createSeal([two]).open(sealed), undefined);
  const other = sealed.startsWith('A') ? 'B' : 'A';
  assert.equal(createSeal([one]).open(other + sealed.slice(1)), undefined);
  assert.equal(createSeal([one]).open(''), undefined);
  assert.notEqual(createSeal([one]).close('{"a":1}'), sealed, 'the same twice looks different');
});
