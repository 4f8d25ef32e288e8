import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { neighboursOf } from './neighbours.ts';

const lists = { orders: ['/a/1', '/a/2', '/a/3'], 'orders-of-one': ['/a/3', '/a/9'] };

describe('the neighbours of a record', () => {
  it('are those of the list that showed it last, and none beyond its ends', () => {
    assert.deepEqual(neighboursOf(lists, '/a/2'), { before: '/a/1', after: '/a/3' });
    assert.deepEqual(neighboursOf(lists, '/a/1'), { before: undefined, after: '/a/2' });
    assert.deepEqual(neighboursOf(lists, '/a/3'), { before: '/a/2', after: undefined });
    assert.deepEqual(neighboursOf(lists, '/a/9'), {
      before: '/a/3',
      after: undefined,
    });
  });

  it('are not known of a record that no list has shown', () => {
    assert.equal(neighboursOf(lists, '/a/4'), undefined);
    assert.equal(neighboursOf({}, '/a/1'), undefined);
  });
});
