import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renewAgainAt, renewAt } from './seller-link.ts';

const day = 86_400_000;
const start = new Date('2026-01-01T00:00:00.000Z');
const after = (days: number): Date => new Date(start.getTime() + days * day);

describe('the tokens of a seller', () => {
  it('are renewed sixty days before they end', () => {
    assert.deepEqual(renewAt(start, after(180)), after(120));
  });

  it('are tried again each day, and each hour in the last week', () => {
    assert.deepEqual(renewAgainAt(start, after(60)), after(1));
    assert.deepEqual(renewAgainAt(start, after(7)), new Date(start.getTime() + day / 24));
  });
});
