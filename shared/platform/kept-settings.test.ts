import assert from 'node:assert/strict';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';
import { createInstallation, isOtherPlace } from './installation.ts';
import { keepSettings, readKeptSettings, withKeptSettings } from './kept-settings.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'plaza-settings-'));
const configIn = (folder: string) =>
  readConfig(withKeptSettings({ PLAZA_DATA: folder, PLAZA_CURRENCY: '' }));

describe('what was chosen for a data folder', () => {
  it('is nothing in a new one, and then for its owner only', async () => {
    const folder = newFolder();
    assert.deepEqual(readKeptSettings(folder), { country: null, wanted: null });
    assert.equal(configIn(folder).currency, 'COP');
    const kept = { country: 'MX', wanted: { country: 'CL', withExample: false } };
    await keepSettings(folder, kept);
    assert.deepEqual(readKeptSettings(folder), kept);
    assert.equal(statSync(join(folder, 'settings.json')).mode & 0o777, 0o600);
  });

  it('says money, days and tax, and only what the environment does not', async () => {
    const folder = newFolder();
    await keepSettings(folder, { country: 'EC', wanted: null });
    const { currency, timeZone, taxJurisdiction } = configIn(folder);
    assert.deepEqual([currency, timeZone, taxJurisdiction], ['USD', 'America/Guayaquil', 'EC']);
    const fixed = withKeptSettings({ PLAZA_DATA: folder, PLAZA_CURRENCY: 'PEN' });
    assert.equal(fixed['PLAZA_CURRENCY'], 'PEN');
    const split = { PLAZA_DATA: folder, PLATFORM: 'distributed' };
    assert.equal(withKeptSettings(split)['PLAZA_CURRENCY'], undefined);
  });

  it('is what runs until a choice has been taken over', async () => {
    const folder = newFolder();
    await keepSettings(folder, { country: null, wanted: { country: 'MX', withExample: true } });
    assert.equal(configIn(folder).currency, 'COP');
  });

  for (const text of ['', '{', '[]x', '{"country":"ZZ"}', '{"country":7}', '{"wanted":{}}'])
    it(`stops a start when it is ${JSON.stringify(text)}: money does not change unseen`, () => {
      const folder = newFolder();
      writeFileSync(join(folder, 'settings.json'), text);
      assert.throws(() => readKeptSettings(folder), ConfigError);
    });
});

describe('an installation that can become another shop', () => {
  const over = (folder: string, isCurrencyFixed = false) => {
    let begun = 0;
    const onChosen = (): void => void (begun += 1);
    const installation = createInstallation({
      config: configIn(folder),
      isCurrencyFixed,
      onChosen,
    });
    return { installation, begun: () => begun };
  };

  it('keeps a choice before it is begun, and takes it back', async () => {
    const folder = newFolder();
    const { installation, begun } = over(folder);
    const choice = await installation.choose({ country: 'MX', withExample: true });
    assert.deepEqual(readKeptSettings(folder).wanted, { country: 'MX', withExample: true });
    assert.ok(!installation.isPreparing());
    await choice!.undo();
    assert.deepEqual(readKeptSettings(folder), { country: null, wanted: null });
    choice!.begin();
    assert.ok(installation.isPreparing());
    assert.equal(begun(), 1);
    installation.settle();
    assert.ok(!installation.isPreparing());
  });

  it('has nothing to do for what it is already, but takes an unwanted example away', async () => {
    const folder = newFolder();
    const { installation } = over(folder);
    assert.equal(await installation.choose({ country: 'CO', withExample: true }), undefined);
    assert.deepEqual(readKeptSettings(folder).wanted, null);
    assert.ok(await installation.choose({ country: 'CO', withExample: false }));
  });

  it('goes on with a choice that a crash cut off', async () => {
    const folder = newFolder();
    await over(folder).installation.choose({ country: 'MX', withExample: true });
    assert.ok(over(folder).installation.isPreparing());
  });

  it('is another place by its money, its days, or its tax', () => {
    const colombia = configIn(newFolder());
    assert.deepEqual(
      ['CO', 'MX', 'ZZ'].map((country) => isOtherPlace(country, colombia)),
      [false, true, false],
    );
    const panama = { currency: 'USD', timeZone: 'America/Panama', taxJurisdiction: 'PA' };
    assert.ok(isOtherPlace('EC', panama));
  });
});
