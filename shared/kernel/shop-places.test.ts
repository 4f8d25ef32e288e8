import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCountry } from './countries.ts';
import { currencyExponent } from './currencies.ts';
import { countryOfCurrency, placeOfCountry, shopCountries } from './shop-places.ts';
import { readShopName } from './shop-name.ts';

describe('where a shop can be', () => {
  it('is known by its country, with a currency and a zone that exist', () => {
    assert.ok(shopCountries.length >= 12);
    for (const country of shopCountries) {
      const place = placeOfCountry(country)!;
      assert.ok(isCountry(country), country);
      assert.notEqual(currencyExponent(place.currency), undefined, country);
      assert.doesNotThrow(() => Intl.DateTimeFormat('es', { timeZone: place.timeZone }), country);
      const home = countryOfCurrency(place.currency)!;
      assert.equal(placeOfCountry(home)!.currency, place.currency);
    }
    assert.equal(placeOfCountry('ZZ'), undefined);
    assert.equal(placeOfCountry('toString'), undefined);
    assert.equal(countryOfCurrency('XYZ'), undefined);
  });
});

describe('the name of a shop', () => {
  for (const [text, name] of [
    ['  Casa del Tinto ', 'Casa del Tinto'],
    ['n\u0303', 'ñ'],
    ['مكتبة', 'مكتبة'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['🧉'.repeat(60), '🧉'.repeat(60)],
    ['🧉'.repeat(61), undefined],
    ['', undefined],
    ['\u00a0\u200b', undefined],
    ['a\tb', undefined],
    ['a\u202eb', undefined],
    ['\ud800', undefined],
  ] as const)
    it(`${JSON.stringify(text.slice(0, 12))} is ${name === undefined ? 'none' : 'one'}`, () => {
      assert.equal(readShopName(text), name);
    });
});
