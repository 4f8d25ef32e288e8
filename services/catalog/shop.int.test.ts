import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
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
const read = async () => (await catalog.get('/shop')).json<Record<string, unknown>>();

describe('what is said of the shop as a whole', () => {
  it('is Plaza’s own colour, and a fortnight to return, until the owner says otherwise', async () => {
    assert.partialDeepStrictEqual(await read(), {
      brand_colour: null,
      return_days: 15,
      version: 1,
    });
  });

  it('is the owner’s to change, and nobody is overwritten unseen', async () => {
    const wanted = { brand_colour: '#FFB300', return_days: 30 };
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
    ['what it does not know', { brand_colour: null, return_days: 1, name: 'x' }],
  ] as const) {
    it(`refuses ${why}`, async () => {
      isProblem(await change(payload, 2), 422, 'http.validation');
    });
  }

  it('shows what a colour becomes before it is chosen', async () => {
    const answer = await catalog.get('/shop/colours?brand_colour=%23ffb300');
    const body = answer.json<{ is_adjusted: boolean; light: object; dark: object }>();
    assert.ok(body.is_adjusted);
    assert.deepEqual(Object.keys(body.light), Object.keys(body.dark));
    assert.match(JSON.stringify(body.dark), /"primary":"#ffb300"/);
  });
});
