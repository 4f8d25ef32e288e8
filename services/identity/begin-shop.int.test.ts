import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { readConfig } from '#shared/platform/config.ts';
import { createInstallation } from '#shared/platform/installation.ts';
import { readKeptSettings } from '#shared/platform/kept-settings.ts';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';
import { catalogModule } from '../catalog/module.ts';
import { identityModule } from './module.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'plaza-setup-'));
let plaza: Awaited<ReturnType<typeof startTestPlaza>>;
let begun = 0;
let isCurrencyFixed = false;
let count = 0;

before(async () => {
  const config = readConfig({ PLAZA_DATA: dataDirectory });
  const own = createInstallation({ config, isCurrencyFixed, onChosen: () => void (begun += 1) });
  const installation = {
    ...own,
    get isCurrencyFixed() {
      return isCurrencyFixed;
    },
  };
  plaza = await startTestPlaza({
    modules: [identityModule, catalogModule],
    resources: { installation },
  });
});
after(() => plaza.stop());

const send = (method: 'GET' | 'POST', path: string, payload?: object, from = '127.0.0.1') =>
  plaza.app.inject({
    method,
    url: `/api/v1${path}`,
    remoteAddress: from,
    ...(payload ? { payload } : {}),
  });
const newToken = async (): Promise<string> => {
  const { headers } = await plaza.account({ roles: ['admin', 'service'] });
  const made = await plaza.app.inject({
    method: 'POST',
    url: '/api/v1/auth/setup-links',
    headers,
    payload: {},
  });
  return made.json<{ token: string }>().token;
};
const setUp = (token: string, more: object) =>
  send('POST', '/auth/setup', {
    token,
    email: `lucia${(count += 1)}@example.com`,
    username: `lucia${count}`,
    password: 'tres tazas de tinto',
    ...more,
  });
const shop = async () => (await send('GET', '/shop')).json<{ name: string; country: string }>();
const codeOf = (answer: { json: <T>() => T }): string => answer.json<{ code: string }>().code;

describe('the shop that the first administrator sets up', () => {
  beforeEach(async () => {
    isCurrencyFixed = false;
    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer}' where 'admin' = any (roles)`);
  });

  it('can be seen as it runs from this machine only', async () => {
    assert.partialDeepStrictEqual((await send('GET', '/auth/setup')).json(), {
      country: 'CO',
      currency: 'COP',
      is_currency_fixed: false,
      may_fill: true,
      is_preparing: false,
    });
    assert.equal((await send('GET', '/auth/setup', undefined, '203.0.113.9')).statusCode, 404);
  });

  it('is nobody’s to choose with a wrong word, a wrong link, or from elsewhere', async () => {
    const token = await newToken();
    const wrong = [
      [{ shop_name: 'x'.repeat(61) }, 'http.validation', '#/shop_name'],
      [{ shop_name: '   ', country: 'MX' }, 'identity.shop_name_invalid', '#/shop_name'],
      [{ shop_name: 'a\nb', country: 'MX' }, 'identity.shop_name_invalid', '#/shop_name'],
      [{ country: 'ZZ' }, 'identity.shop_country_unknown', '#/country'],
      [{ country: 'mx' }, 'http.validation', '#/country'],
    ] as const;
    for (const [more, code, pointer] of wrong) {
      const answer = await setUp(token, more);
      assert.equal(codeOf(answer), code);
      assert.equal(answer.json<{ errors: { pointer: string }[] }>().errors[0]!.pointer, pointer);
    }
    assert.equal(
      codeOf(await setUp(token, { country: 'MX', password: 'corta' })),
      'http.validation',
    );
    const used = await setUp('A'.repeat(token.length), { shop_name: 'Ajena', country: 'MX' });
    assert.equal(codeOf(used), 'identity.setup_link_not_valid');
    const payload = {
      token,
      country: 'MX',
      email: 'a@example.com',
      username: 'lejos',
      password: 'tres tazas de tinto',
    };
    assert.equal((await send('POST', '/auth/setup', payload, '203.0.113.9')).statusCode, 404);
    assert.deepEqual(readKeptSettings(dataDirectory).wanted, null);
    assert.deepEqual([(await shop()).name, begun], [null, 0]);
  });

  it('is not another’s currency where the operator has fixed one', async () => {
    isCurrencyFixed = true;
    const token = await newToken();
    assert.equal(codeOf(await setUp(token, { country: 'MX' })), 'identity.shop_country_fixed');
    assert.equal((await setUp(token, { country: 'CO' })).statusCode, 201);
    assert.equal(begun, 0);
  });

  it('stays what it was when there is no administrator after all', async () => {
    const token = await newToken();
    const taken = { email: 'dos@example.com', username: 'dos' };
    assert.equal((await setUp(token, taken)).statusCode, 201);
    await plaza.pool('identity').query(`update accounts set roles = '{customer}'`);
    const again = await setUp(await newToken(), { ...taken, country: 'MX' });
    assert.equal(codeOf(again), 'identity.email_taken');
    assert.deepEqual(readKeptSettings(dataDirectory).wanted, null);
    assert.equal(begun, 0);
  });

  it('is chosen once, of two at once by the one who becomes administrator', async () => {
    const token = await newToken();
    const answers = await Promise.all([
      setUp(token, { shop_name: 'Tienda <b>Uno</b>', country: 'MX' }),
      setUp(token, { shop_name: 'Tienda dos', country: 'CL' }),
    ]);
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [201, 422]);
    const isFirst = answers[0].statusCode === 201;
    const country = isFirst ? 'MX' : 'CL';
    assert.deepEqual(readKeptSettings(dataDirectory).wanted, { country, withExample: true });
    const name = isFirst ? 'Tienda <b>Uno</b>' : 'Tienda dos';
    assert.partialDeepStrictEqual(await shop(), { name, country });
    assert.equal(begun, 1);
    const { is_preparing: isPreparing } = (await send('GET', '/auth/setup')).json<{
      is_preparing: boolean;
    }>();
    assert.ok(isPreparing);
  });
});
