import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDateTime, formatDay, formatRelative } from './dates.ts';
import { regionOf } from '../../server/regions.ts';
import { formatMoney, formatMoneyCompact, percentOff } from './money.ts';

/** How each region writes money and time. A no-break space is written `_` here. */
const table: readonly (readonly [
  locale: string,
  currency: string,
  money: string,
  small: string,
  compact: string,
  time: string,
])[] = [
  ['es-AR', 'ARS', '$_1.234.567,50', '$_1.234,50', '$1,2_M', '22 nov 2026, 1:05_p._m.'],
  ['es-CO', 'COP', '$_1.234.568', '$_1.235', '$1,2_M', '22/11/2026, 1:05_p._m.'],
  ['es-MX', 'MXN', '$1,234,567.50', '$1,234.50', '$1.2_M', '22 nov 2026, 1:05_p.m.'],
  ['es-CL', 'CLP', '$1.234.568', '$1.235', '$1,2_M', '22-11-2026, 1:05_p._m.'],
  ['es-PE', 'PEN', 'S/_1,234,567.50', 'S/_1,234.50', 'S/_1.2_M', '22 nov. 2026, 1:05_p._m.'],
  ['es-UY', 'UYU', '$_1.234.567,50', '$_1.234,50', '$1,2_M', '22 nov. 2026, 1:05_p._m.'],
  ['es-PY', 'PYG', 'Gs._1.234.568', 'Gs._1.235', 'Gs._1,2_M', '22 nov. 2026, 1:05_p._m.'],
  ['es-CR', 'CRC', '₡1_234_567,50', '₡1_234,50', '₡1,2_M', '22 nov 2026, 1:05_p._m.'],
  ['es-EC', 'USD', '$1.234.567,50', '$1.234,50', '$1,2_M', '22 nov 2026, 1:05_p._m.'],
  ['pt-BR', 'BRL', 'R$_1.234.567,50', 'R$_1.234,50', 'R$_1,2_mi', '22 de nov. de 2026, 13:05'],
  ['en-US', 'USD', '$1,234,567.50', '$1,234.50', '$1.2M', 'Nov 22, 2026, 1:05_PM'],
  ['es-419', 'USD', 'USD_1,234,567.50', 'USD_1,234.50', 'USD_1.2_M', '22 nov 2026, 1:05_p.m.'],
  ['es-CO', 'USD', 'US$_1.234.567,50', 'US$_1.234,50', 'US$1,2_M', '22/11/2026, 1:05_p._m.'],
  ['es-MX', 'USD', 'USD_1,234,567.50', 'USD_1,234.50', 'USD_1.2_M', '22 nov 2026, 1:05_p.m.'],
  ['en-CO', 'COP', 'COP_1,234,568', 'COP_1,235', 'COP_1.2M', 'Nov 22, 2026, 1:05_PM'],
];

const shown = (text: string): string => text.replaceAll('\u00a0', '_');
const timeZone = 'America/Bogota';

/** The rows of the table, by the country of the shop: `es` there, and its own currency. */
describe('the region of formats', () => {
  for (const [locale, currency] of table.slice(0, 11)) {
    const [language, country] = locale.split('-') as [string, string];
    it(`is ${country} for a shop there, whatever its money`, () => {
      assert.equal(regionOf(currency, country).region, country);
      assert.equal(`${language}-${regionOf('COP', country).region}`, locale);
      assert.notEqual(regionOf(currency, country).timeZone, 'UTC');
    });
  }
  it('is where the currency is at home, for a shop that has not said', () => {
    assert.deepEqual(
      ['ARS', 'MXN', 'USD', 'BRL', 'COP', 'EUR'].map((currency) => regionOf(currency).region),
      ['AR', 'MX', 'US', 'BR', 'CO', 'US'],
    );
    assert.deepEqual(regionOf('EUR', 'ZZ'), { region: 'US', timeZone: 'UTC' });
  });
  it('follows the country before the currency: dollars in Ecuador are no dollars in Peru', () => {
    const of = (country: string) =>
      shown(formatMoney('1234.50', 'USD', `es-${regionOf('USD', country).region}`));
    assert.deepEqual(['EC', 'US', 'PE', 'SV'].map(of), [
      '$1.234,50',
      '$1,234.50',
      'USD_1,234.50',
      '$1,234.50',
    ]);
  });
});

describe('money and time', () => {
  for (const [locale, currency, money, small, compact, time] of table)
    it(`of ${currency} in ${locale}`, () => {
      assert.equal(shown(formatMoney('1234567.5', currency, locale)), money);
      assert.equal(shown(formatMoney('1234.50', currency, locale)), small);
      assert.equal(shown(formatMoneyCompact('1234567.5', currency, locale)), compact);
      const at = formatDateTime('2026-11-22T18:05:00Z', { locale, timeZone });
      assert.equal(shown(at).replaceAll('_', ' '), time.replaceAll('_', ' '));
      assert.doesNotMatch(at, /[\u2009\u202f]/, 'narrow spaces differ between versions');
    });

  it('keeps every digit of an amount that no binary number holds', () => {
    assert.equal(
      shown(formatMoney('9007199254740993.10', 'MXN', 'es-MX')),
      '$9,007,199,254,740,993.10',
    );
  });

  it('never promises more off than there is', () => {
    assert.equal(percentOff('84500.00', '119900.00'), 29);
    assert.equal(percentOff('100.00', '100.00'), 0);
    assert.equal(percentOff('100.00', '90.00'), 0);
  });

  it('names the day in the zone of the shop', () => {
    const day = (locale: string) => formatDay('2026-11-25T03:00:00Z', { locale, timeZone });
    assert.equal(day('es-CO'), 'martes, 24 de noviembre');
    assert.equal(day('en-CO'), 'Tuesday, November 24');
  });

  it('says how long ago until a week has gone', () => {
    const now = Date.parse('2026-11-22T18:00:00Z');
    const of = (at: string) => {
      const text = formatRelative(at, now, 'es-CO');
      return text === undefined ? undefined : shown(text);
    };
    assert.equal(of('2026-11-22T17:59:30Z'), 'ahora');
    assert.equal(of('2026-11-22T15:00:00Z'), 'hace_3_horas');
    assert.equal(of('2026-11-21T17:00:00Z'), 'ayer');
    assert.equal(of('2026-11-15T18:00:00Z'), undefined);
  });
});
