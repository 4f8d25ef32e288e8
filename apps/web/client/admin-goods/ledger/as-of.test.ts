import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endOfDay } from './as-of.ts';

describe('the end of a day', () => {
  it('is that of the shop', () => {
    assert.equal(endOfDay('2026-11-22', 'America/Bogota'), '2026-11-23T05:00:00.000Z');
    assert.equal(endOfDay('2026-12-31', 'UTC'), '2027-01-01T00:00:00.000Z');
    assert.equal(endOfDay('2026-06-30', 'Europe/Madrid'), '2026-06-30T22:00:00.000Z');
  });

  it('is nothing for what is no day', () => {
    assert.equal(endOfDay('ayer', 'UTC'), undefined);
    assert.equal(endOfDay('2026-13-45', 'UTC'), undefined);
  });
});
