import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf, isDay, startOfDay } from './days.ts';

describe('days', () => {
  it('begin at the midnight of the shop', () => {
    assert.equal(startOfDay('2026-11-22', 'America/Bogota'), '2026-11-22T05:00:00.000Z');
    assert.equal(startOfDay('2026-11-22', 'America/Bogota', 1), '2026-11-23T05:00:00.000Z');
    assert.equal(startOfDay('2026-01-15', 'America/Santiago'), '2026-01-15T03:00:00.000Z');
  });
  it('are those of the shop, whatever day it is in London', () => {
    const at = Date.parse('2026-11-23T03:00:00Z');
    assert.equal(dayOf(at, 'America/Bogota'), '2026-11-22');
    assert.equal(dayOf(at, 'America/Bogota', 6), '2026-11-16');
  });
  it('are told from what is none', () => {
    assert.ok(isDay('2026-11-22'));
    for (const wrong of ['22/11/2026', '2026-13-45', '', undefined]) assert.ok(!isDay(wrong));
  });
});
