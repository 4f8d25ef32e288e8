import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertProblem, startUsers, type User, type UsersPlaza } from './steps.test.ts';

type Shown = Readonly<{
  id: string;
  label: string | null;
  is_default_shipping: boolean;
  is_default_billing: boolean;
}>;

const home = {
  label: 'Casa',
  full_name: 'Ana Restrepo',
  phone_number: '+573001234567',
  country: 'CO',
  fields: { department: 'Antioquia', municipality: 'Medellín', street: 'Carrera 70 # 44-21' },
  document: { type: 'NIT', number: '890.903.938-8' },
};

let plaza: UsersPlaza;
before(async () => {
  plaza = await startUsers();
});
after(() => plaza.stop());
const ask: UsersPlaza['ask'] = (...request) => plaza.ask(...request);

describe('addresses', () => {
  let ana: User;
  before(async () => {
    ana = await plaza.newUser();
  });
  const add = async (more: object = {}) =>
    ask('POST', '/users/me/addresses', { as: ana.as, payload: { ...home, ...more } });
  const list = async (user = ana) =>
    (await ask('GET', '/users/me/addresses', { as: user.as })).json<{ items: Shown[] }>().items;
  const defaultsOf = (shown: readonly Shown[]) => [
    shown.filter((one) => one.is_default_shipping).map(({ label }) => label),
    shown.filter((one) => one.is_default_billing).map(({ label }) => label),
  ];

  it('are kept in canonical form; the first is the default for both', async () => {
    const reply = await add();
    assert.equal(reply.statusCode, 201, reply.body);
    const made = reply.json<Shown>();
    assert.partialDeepStrictEqual(made, {
      ...home,
      document: { type: 'NIT', number: '8909039388' },
      is_default_shipping: true,
      is_default_billing: true,
    });
    assert.match(String(reply.headers['location']), new RegExp(`/${made.id}$`));
    assert.deepEqual(defaultsOf(await list()), [['Casa'], ['Casa']]);
  });

  it('have one default each, moved by whoever says so last', async () => {
    const office = (await add({ label: 'Oficina', is_default_billing: true })).json<Shown>();
    assert.deepEqual(defaultsOf(await list()), [['Casa'], ['Oficina']]);
    const put = (payload: object) =>
      ask('PUT', `/users/me/addresses/${office.id}`, {
        as: ana.as,
        payload: { ...home, label: 'Oficina', ...payload },
      });
    await put({ is_default_shipping: true });
    assert.deepEqual(defaultsOf(await list()), [['Oficina'], ['Oficina']]);
    await put({ is_default_billing: false });
    assert.deepEqual(defaultsOf(await list()), [['Oficina'], []]);
    await put({});
    assert.deepEqual(defaultsOf(await list()), [['Oficina'], []], 'what is not given stays');
    const gone = await ask('DELETE', `/users/me/addresses/${office.id}`, { as: ana.as });
    assert.equal(gone.statusCode, 204);
    assert.deepEqual(defaultsOf(await list()), [[], []]);
    assertProblem(
      await ask('DELETE', `/users/me/addresses/${office.id}`, { as: ana.as }),
      404,
      'users.address_not_found',
    );
  });

  it('are refused with every fault, by their country, and nothing is stored', async () => {
    const before = await list();
    const wrong = await add({
      fields: { ...home.fields, street: '', colonia: 'Roma' },
      document: { type: 'NIT', number: '8909039387' },
    });
    assertProblem(wrong, 422, 'users.address_invalid');
    assert.deepEqual(
      wrong
        .json<{ errors: { pointer: string; code: string }[] }>()
        .errors.map(({ pointer, code }) => `${pointer} ${code}`),
      [
        '#/fields/colonia unknown_field',
        '#/fields/street required',
        '#/document/number check_digit',
      ],
    );
    for (const [payload, code] of [
      [{ country: 'ZZ' }, 'users.address_invalid'],
      [{ country: 'co' }, 'http.validation'],
      [{ account_id: ana.id }, 'http.validation'],
      [{ fields: { street: 1 } }, 'http.validation'],
      [{ fields: { street: 'a\u0007b' } }, 'http.validation'],
      [{ full_name: 'x'.repeat(121) }, 'http.validation'],
    ] as const)
      assertProblem(await add(payload), 422, code);
    assert.deepEqual(await list(), before);
  });

  it('of another are not there', async () => {
    const other = await plaza.newUser();
    const [mine] = await list();
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      assertProblem(
        await ask(method, `/users/me/addresses/${mine!.id}`, {
          as: other.as,
          ...(method === 'PUT' ? { payload: home } : {}),
        }),
        404,
        'users.address_not_found',
      );
    assert.deepEqual(await list(other), []);
    assert.equal((await list()).length, 1);
  });

  it('are fifty at most, also when they come at once', async () => {
    const full = await plaza.newUser();
    await Promise.all(
      Array.from({ length: 10 }, () => plaza.pool('users').query('select pg_sleep(0.05)')),
    );
    const replies = await Promise.all(
      Array.from({ length: 55 }, () =>
        ask('POST', '/users/me/addresses', { as: full.as, payload: home }),
      ),
    );
    const refused = replies.filter(({ statusCode }) => statusCode !== 201);
    assert.equal(refused.length, 5);
    assertProblem(refused[0]!, 409, 'users.too_many_addresses');
    const items = await list(full);
    assert.equal(items.length, 50);
    assert.equal(items.filter((one) => one.is_default_shipping).length, 1);
    await ask('DELETE', `/users/me/addresses/${items[0]!.id}`, { as: full.as });
    const again = await ask('POST', '/users/me/addresses', { as: full.as, payload: home });
    assert.equal(again.statusCode, 201);
  });

  it('can be no default of another account, whatever writes the row', async () => {
    const other = await plaza.newUser();
    const [mine] = await list();
    await assert.rejects(
      plaza
        .pool('users')
        .query('update profiles set shipping_address_id = $1 where account_id = $2', [
          mine!.id,
          other.id,
        ]),
      /foreign key/,
    );
  });

  it('have forms that anybody may read', async () => {
    const form = (await ask('GET', '/address-forms/BR')).json<{
      fields: { key: string; label: object; options: string[] | null }[];
      documents: { type: string; has_check: boolean }[];
    }>();
    assert.deepEqual(
      form.fields.map(({ key }) => key),
      ['postal_code', 'street', 'number', 'details', 'neighbourhood', 'city', 'state'],
    );
    assert.equal(form.fields.at(-1)?.options?.length, 27);
    assert.deepEqual(
      form.documents.map(({ type, has_check: hasCheck }) => [type, hasCheck]),
      [
        ['CPF', true],
        ['CNPJ', true],
      ],
    );
    const other = (await ask('GET', '/address-forms/FR')).json<{ country: string }>();
    assert.equal(other.country, '*');
    assertProblem(await ask('GET', '/address-forms/ZZ'), 404, 'users.country_unknown');
    assertProblem(await ask('GET', '/address-forms/br'), 422, 'http.validation');
  });
});
