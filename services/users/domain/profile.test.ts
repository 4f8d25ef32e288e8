import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeProfile, evolve, searchKeyOf, type Profile } from './profile.ts';

const ana: Profile = {
  accountId: '0199f3a2-7b1c-7d7e-8a55-0242ac120017',
  version: 3,
  fullName: 'Ana Restrepo',
  phoneNumber: null,
  language: 'es',
  region: null,
  timeZone: null,
  currency: null,
};
const facts = { now: '2026-01-02T03:04:05.000Z' };

describe('a profile', () => {
  it('changes by what is different, and by nothing else', () => {
    const change = { fullName: 'Ana Restrepo', language: 'en', region: 'CO' } as const;
    const events = changeProfile(ana, change, facts);
    assert.deepEqual(events, [
      { type: 'ProfileUpdated', at: facts.now, change: { language: 'en', region: 'CO' } },
    ]);
    const after = events.reduce(evolve, ana);
    assert.deepEqual(after, { ...ana, version: 4, language: 'en', region: 'CO' });
    assert.deepEqual(changeProfile(after, change, facts), []);
    assert.deepEqual(changeProfile(after, { region: null }, facts)[0]?.change, { region: null });
  });

  it('knows no region, time zone or currency that there is not', () => {
    const change = { region: 'ZZ', timeZone: '+05:00', currency: 'ZZZ' };
    assert.throws(
      () => changeProfile(ana, change, facts),
      (error: { details: { errors: { pointer: string }[] } }) => {
        assert.deepEqual(
          error.details.errors.map(({ pointer }) => pointer),
          ['#/region', '#/time_zone', '#/currency'],
        );
        return true;
      },
    );
    for (const timeZone of ['America/Bogota', 'UTC', 'America/Argentina/Buenos_Aires'])
      assert.equal(changeProfile(ana, { timeZone }, facts).length, 1, timeZone);
    for (const timeZone of ['Macondo/Centro', '05:00', '-03', ''])
      if (timeZone !== '') assert.throws(() => changeProfile(ana, { timeZone }, facts), timeZone);
  });

  it('is found without case and accents', () => {
    assert.equal(searchKeyOf('Íñigo ÁLVAREZ', null, 'inigo'), 'inigo alvarez inigo');
  });
});
