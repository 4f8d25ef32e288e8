import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '#shared/platform/config.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { catalogues, type Language } from '../../cli/language.ts';
import { wordDemo } from '../../cli/commands/seed.ts';
import { readPostalAddress } from '#shared/kernel/postal-address.ts';
import { parseAmount } from '#shared/kernel/money.ts';
import { addressOf, regionIn, type DemoAddress } from '../addresses.ts';
import { buyerCount, buyersOf } from '../buyers.ts';
import { demoCategories, demoProducts, demoSellers } from '../catalogue.ts';
import { planOrders, hourMs } from '../order-plan.ts';
import { seedDemo, type DemoResult } from '../seed.ts';
import { localPrice, localPriceAbove, type PriceRule } from '../prices.ts';
import {
  demoCountries,
  demoCountryOf,
  demoCountryWith,
  type DemoCountry,
} from './demo-countries.ts';

const variants = demoProducts.flatMap((product) => product.variants);
const prices = variants.map(({ price }) => price);
const minorOf = (amount: string, currency: string): bigint => {
  const read = parseAmount(amount, currency);
  assert.ok('amountMinor' in read, `${amount} ${currency}`);
  return read.amountMinor;
};
/** How shops of a country end their prices, written as one would read it on a shelf. */
const shelf: Readonly<Record<string, RegExp>> = {
  AR: /^\d+(00|999)\.00$/,
  CL: /^\d+90$/,
  CO: /^\d+00\.00$/,
  CR: /^\d+(95|00)\.00$/,
  EC: /^\d+\.(49|99)$/,
  MX: /^\d+[90]\.00$/,
  PE: /^\d+\.90$/,
  UY: /^\d+0\.00$/,
};
/** The least and the most that a pound of coffee, 66900 pesos in the catalogue, may cost there. */
const coffee: Readonly<Record<string, readonly [number, number]>> = {
  AR: [24_000, 34_000],
  CL: [13_000, 19_000],
  CO: [66_900, 66_900],
  CR: [8_000, 11_000],
  EC: [15, 20],
  MX: [320, 400],
  PE: [60, 80],
  UY: [650, 900],
};

const everywhere = (what: string, check: (country: DemoCountry) => void): void =>
  void it(what, () => {
    for (const country of demoCountries)
      try {
        check(country);
      } catch (error) {
        throw new Error(`in ${country.code}`, { cause: error });
      }
  });

describe('the example of a country', () => {
  it('is there for eight countries, one a currency', () => {
    assert.deepEqual(demoCountries.map(({ code }) => code).join(' '), 'AR CL CO CR EC MX PE UY');
    assert.equal(new Set(demoCountries.map(({ currency }) => currency)).size, 8);
    assert.equal(demoCountryWith('MXN')?.code, 'MX');
    assert.equal(demoCountryWith('BRL'), undefined);
    assert.equal(demoCountryOf('UY')?.currency, 'UYU');
  });

  everywhere(
    'prices are exact, end as they do there, and keep their order',
    ({ code, currency, prices: rule }) => {
      const written = (price: string): string => localPrice(rule, price);
      for (const price of prices) {
        assert.match(written(price), shelf[code]!, price);
        assert.ok(minorOf(written(price), currency) > 0n);
      }
      const ladder = [...new Set(prices)].toSorted((a, b) => Number(a) - Number(b)).map(written);
      const minor = ladder.map((price) => minorOf(price, currency));
      assert.deepEqual(
        minor,
        minor.toSorted((a, b) => (a < b ? -1 : 1)),
      );
      // The endings change no price by more than a sixth of it.
      for (const price of prices) {
        const exact = (Number(price) * Number(rule.minor)) / Number(rule.pesos);
        const change = Number(minorOf(written(price), currency)) / exact;
        assert.ok(change > 5 / 6 && change < 7 / 6, `${price}: ${written(price)}`);
      }
      const [least, most] = coffee[code]!;
      const pound = Number(written('66900.00'));
      assert.ok(pound >= least && pound <= most, `coffee costs ${pound} ${currency}`);
    },
  );

  everywhere('what was dearer before is dearer than now', ({ code, currency, prices: rule }) => {
    const offers = variants.filter(({ compareAtPrice }) => compareAtPrice !== undefined);
    assert.ok(offers.length >= 5);
    for (const { price, compareAtPrice } of offers) {
      const before = localPriceAbove(rule, compareAtPrice!, price);
      assert.match(before, shelf[code]!);
      assert.ok(minorOf(before, currency) > minorOf(localPrice(rule, price), currency), before);
    }
  });

  everywhere('addresses are taken by the form of the country, in several regions', (country) => {
    const { code, shipping } = country;
    const people = buyersOf(country);
    const homes = [
      ...people.map(({ home }) => home),
      ...demoSellers.map(({ username }, index) => {
        const { contactName, place } = country.shops[username]!;
        return addressOf(country, place, contactName, buyerCount + index);
      }),
    ];
    const taken = ({ full_name: recipient, phone_number: phoneNumber, ...rest }: DemoAddress) =>
      readPostalAddress({ recipient, phoneNumber, document: null, ...rest });
    for (const home of homes) {
      const read = taken(home);
      assert.ok('address' in read, JSON.stringify(read));
      assert.deepEqual(read.address.fields, home.fields, 'canonical already');
      assert.match(home.phone_number, /^\+[1-9]\d{9,13}$/);
      assert.equal(home.country, code);
    }
    const numbers = homes.map((home) => home.phone_number);
    assert.equal(new Set(numbers).size, homes.length);
    assert.equal(new Set(numbers.map((number) => number.length)).size, 1);
    const ofOrders = new Set(
      planOrders({
        products: demoProducts,
        buyerCount,
        now: new Date('2026-11-22T16:40:00Z'),
        zoneMs: -5 * hourMs,
      }).map(({ buyer }) => regionIn(people[buyer]!.home)),
    );
    assert.ok(ofOrders.size >= 6, [...ofOrders].join());
    assert.ok(ofOrders.has(shipping.fast.region));
  });

  everywhere('people have names of their own and addresses that nobody has', (country) => {
    const people = buyersOf(country);
    assert.equal(people.length, buyerCount);
    for (const key of ['username', 'email', 'fullName'] as const)
      assert.equal(new Set(people.map((one) => one[key])).size, buyerCount);
    for (const { username, email } of people) {
      assert.match(username, /^[a-z]+\.[a-z]+$/);
      assert.equal(email, `${username}@example.com`);
    }
  });

  everywhere('taxes and shipping are of the country', ({ currency, shipping, taxes }) => {
    const { standard, reduced, exempt } = taxes;
    assert.ok(standard.rateBasisPoints >= 1_000 && standard.rateBasisPoints <= 2_500);
    assert.equal(exempt.rateBasisPoints, 0);
    if (reduced) {
      assert.ok(reduced.rateBasisPoints < standard.rateBasisPoints);
      for (const slug of reduced.categories)
        assert.ok(
          demoCategories.some((category) => category.slug === slug),
          slug,
        );
    }
    const codes = [standard, reduced, exempt].flatMap((rate) => rate?.code ?? []);
    assert.equal(new Set(codes).size, codes.length);
    const cost = minorOf(shipping.price, currency);
    assert.ok(cost < minorOf(shipping.fast.price, currency));
    assert.ok(minorOf(shipping.freeFrom, currency) > 5n * cost);
  });

  it('names every seller once, at home where the country is', () => {
    const usernames = demoSellers.map(({ username }) => username).toSorted();
    for (const { shops } of demoCountries)
      assert.deepEqual(Object.keys(shops).toSorted(), usernames);
  });
});

describe('which example a shop gets', () => {
  const ask = (currency: string, country?: string) =>
    seedDemo({
      config: { ...readConfig({}), currency },
      ...(country === undefined ? {} : { country }),
      log: createLogger({ level: 'silent' }),
      onProgress: () => assert.fail('nothing is begun'),
    });

  it('is none in a currency of nowhere, nor of a country that has none, nor at another money', async () => {
    const countries = ['AR', 'CL', 'CO', 'CR', 'EC', 'MX', 'PE', 'UY'];
    assert.deepEqual(await ask('BRL'), { outcome: 'no_example', countries });
    assert.deepEqual(await ask('MXN', 'BR'), { outcome: 'no_example', countries });
    assert.deepEqual(await ask('COP', 'MX'), { outcome: 'other_currency', countryCurrency: 'MXN' });
  });

  it('is said in words, with what there is instead', () => {
    const say = (language: Language, result: DemoResult, country?: string): string => {
      const asked = { currency: 'COP', ...(country === undefined ? {} : { country }) };
      return wordDemo({ text: catalogues[language] }, result, 1, asked);
    };
    const other = { outcome: 'other_currency', countryCurrency: 'MXN' } as const;
    assert.match(say('es', other, 'MX'), /de México está en MXN y esta tienda en COP/);
    assert.match(say('en', other, 'MX'), /of Mexico is in MXN and this shop in COP/);
    const none = { outcome: 'no_example', countries: ['CO', 'MX'] } as const;
    assert.match(say('es', none, 'BR'), /de Brasil; la hay de CO, MX/);
    assert.match(say('en', none), /in COP; there is one of CO, MX/);
    assert.match(say('en', none, 'MEXICO'), /of MEXICO;/);
  });
});

describe('a local price', () => {
  const rule: PriceRule = {
    currency: 'CLP',
    minor: 1n,
    pesos: 1n,
    endings: [
      { below: 1_000n, step: 100n, less: 10n },
      { step: 1_000n, less: 10n },
    ],
  };

  it('is the nearest that ends so, and never nothing', () => {
    for (const [price, expected] of [
      ['1.00', '90'],
      ['139.99', '90'],
      ['140.00', '190'],
      ['999.00', '990'],
      ['1490.00', '1990'],
      ['1489.00', '990'],
    ] as const)
      assert.equal(localPrice(rule, price), expected, price);
  });

  it('is lifted above the price that it fell to', () => {
    assert.equal(localPriceAbove(rule, '135.00', '130.00'), '190');
    assert.equal(localPriceAbove(rule, '240.00', '130.00'), '290');
  });
});
