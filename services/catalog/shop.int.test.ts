import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createBeginShop } from './application/commands/change-shop.ts';
import { createPgShop } from './infrastructure/pg-shop.ts';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import { isProblem, startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
let admin: TestAccount;
before(async () => {
  catalog = await startTestCatalog();
  admin = await catalog.plaza.account({ roles: ['admin'] });
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const change = (payload: object, version: number, as: TestAccount = admin) =>
  catalog.ask('PUT', '/shop', { as, payload, headers: { 'if-match': `"${version}"` } });
const unnamed = { name: null, country: null };
const read = async () => (await catalog.get('/shop')).json<Record<string, unknown>>();

describe('what is said of the shop as a whole', () => {
  it('is Plaza’s own colour, and a fortnight to return, until the owner says otherwise', async () => {
    assert.partialDeepStrictEqual(await read(), {
      name: null,
      country: null,
      brand_colour: null,
      return_days: 15,
      version: 1,
    });
  });

  it('is the owner’s to change, and nobody is overwritten unseen', async () => {
    const wanted = { ...unnamed, brand_colour: '#FFB300', return_days: 30 };
    const [one, other] = await Promise.all([change(wanted, 1), change(wanted, 1)]);
    assert.deepEqual([one.statusCode, other.statusCode].toSorted(), [200, 412]);
    assert.partialDeepStrictEqual(await read(), {
      brand_colour: '#ffb300',
      return_days: 30,
      version: 2,
    });
    isProblem(await change(wanted, 1), 412, 'http.stale');
    isProblem(await change(wanted, 2, catalog.seller), 403, 'auth.insufficient_role');
    isProblem(
      await catalog.ask('PUT', '/shop', { as: admin, payload: wanted }),
      428,
      'http.precondition_missing',
    );
  });

  for (const [why, payload] of [
    ['a colour by name', { brand_colour: 'red', return_days: 1 }],
    ['a colour that ends a style', { brand_colour: '#fff}x{', return_days: 1 }],
    ['more days than a year has', { brand_colour: null, return_days: 366 }],
    ['part of a day', { brand_colour: null, return_days: 1.5 }],
    ['what it does not know', { brand_colour: null, return_days: 1, motto: 'x' }],
    ['a name of 61 letters', { brand_colour: null, return_days: 1, name: 'ñ'.repeat(61) }],
    ['a country in small letters', { brand_colour: null, return_days: 1, country: 'co' }],
  ] as const) {
    it(`refuses ${why}`, async () => {
      isProblem(await change({ ...unnamed, ...payload }, 2), 422, 'http.validation');
    });
  }

  it('is called what its owner says, in any script, and is where they say', async () => {
    const rest = { brand_colour: null, return_days: 30 };
    let version = 2;
    for (const name of [
      '<b>Ñandú</b> & "Cía"',
      'مكتبة',
      '🧉 👨‍👩‍👧',
      'W'.repeat(60),
      '🧉'.repeat(60),
    ]) {
      const answer = await change({ ...rest, name, country: 'EC' }, version);
      assert.equal(answer.statusCode, 200, answer.body);
      assert.partialDeepStrictEqual(await read(), { name, country: 'EC' });
      version += 1;
    }
    for (const name of ['   ', 'a\nb', '\u202egnp.exe', 'a\u2028b', '\u200b'])
      isProblem(
        await change({ ...rest, name, country: null }, version),
        422,
        'catalog.shop_name_invalid',
      );
    const withNul = { ...rest, name: 'a\u0000b', country: null };
    isProblem(await change(withNul, version), 422, 'http.validation');
    for (const country of ['ZZ', 'JP'])
      isProblem(
        await change({ ...rest, name: null, country }, version),
        422,
        'catalog.shop_country_unknown',
      );
  });

  it('tells which countries it can be of, and what follows', async () => {
    const { items } = (await catalog.get('/shop/countries')).json<{
      items: { country: string; currency: string; time_zone: string; tax: string }[];
    }>();
    assert.deepEqual(
      items.find(({ country }) => country === 'EC'),
      { country: 'EC', currency: 'USD', time_zone: 'America/Guayaquil', tax: 'IVA' },
    );
  });

  it('is begun by a service only, and never over what its owner has said', async () => {
    const begin = { name: 'Otra', country: 'MX' };
    const byPerson = await catalog.ask('POST', '/shop/beginning', { as: admin, payload: begin });
    isProblem(byPerson, 404, 'http.not_found');
    const before = await read();
    await createBeginShop({ shops: createPgShop(catalog.plaza.pool('catalog')) })(begin);
    assert.deepEqual(await read(), before);
  });

  it('shows what a colour becomes before it is chosen', async () => {
    const answer = await catalog.get('/shop/colours?brand_colour=%23ffb300');
    const body = answer.json<{ is_adjusted: boolean; light: object; dark: object }>();
    assert.ok(body.is_adjusted);
    assert.deepEqual(Object.keys(body.light), Object.keys(body.dark));
    assert.match(JSON.stringify(body.dark), /"primary":"#ffb300"/);
  });
});
