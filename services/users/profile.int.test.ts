import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertProblem, startUsers, type User, type UsersPlaza } from './steps.test.ts';

type Page = Readonly<{
  items: readonly Readonly<Record<string, unknown>>[];
  next_cursor: string | null;
}>;

let plaza: UsersPlaza;
before(async () => {
  plaza = await startUsers({ strict: true });
});
after(() => plaza.stop());
const ask: UsersPlaza['ask'] = (...request) => plaza.ask(...request);

describe('a profile', () => {
  let ana: User;
  before(async () => {
    ana = await plaza.newUser({ full_name: 'Ana Restrepo', phone_number: '+573001234567' });
  });

  it('begins as what was registered', async () => {
    const reply = await ask('GET', '/users/me', { as: ana.as });
    assert.equal(reply.headers['cache-control'], 'private, no-store');
    assert.partialDeepStrictEqual(reply.json(), {
      id: ana.id,
      username: ana.username,
      email: ana.email,
      email_verified: false,
      full_name: 'Ana Restrepo',
      phone_number: '+573001234567',
      roles: ['customer'],
      status: 'pending',
      language: 'es',
      region: null,
      avatar: null,
    });
  });

  it('changes by what is given, at both addresses, and identity follows', async () => {
    const change = { full_name: 'Ana María Restrepo', language: 'en' };
    const put = (url: string, payload: object) => ask('PUT', url, { as: ana.as, payload });
    assert.partialDeepStrictEqual((await put('/auth/profile', change)).json(), change);
    const partly = (await put('/users/me', { phone_number: null })).json();
    assert.partialDeepStrictEqual(partly, { ...change, phone_number: null });
    await plaza.settle();
    const me = (await ask('GET', '/auth/me', { as: ana.as })).json();
    assert.partialDeepStrictEqual(me, { ...change, phone_number: null });
    for (const wrong of [
      { phone_number: '300 123 4567' },
      { full_name: '<b>Ana</b>' },
      { full_name: 'a\nb' },
      { full_name: ' ' },
      { language: 'pt' },
      { language: null },
      { roles: ['admin'] },
      { status: 'active' },
      { email: 'a@b.co' },
    ]) {
      assertProblem(await put('/users/me', wrong), 422, 'http.validation');
      assertProblem(await put('/auth/profile', wrong), 422, 'http.validation');
    }
  });

  it('is not overtaken by an older message of its own', async () => {
    for (const name of ['Uno', 'Dos', 'Tres'])
      await ask('PUT', '/users/me', { as: ana.as, payload: { full_name: name } });
    await plaza.settle();
    const me = (await ask('GET', '/auth/me', { as: ana.as })).json();
    assert.partialDeepStrictEqual(me, { full_name: 'Tres' });
  });

  it('takes both of two changes at once', async () => {
    const changes = [{ full_name: 'Ana Gil' }, { phone_number: '+5215512345678' }];
    const replies = await Promise.all(
      changes.map((payload) => ask('PUT', '/users/me', { as: ana.as, payload })),
    );
    assert.deepEqual(
      replies.map(({ statusCode }) => statusCode),
      [200, 200],
    );
    const now = (await ask('GET', '/users/me', { as: ana.as })).json();
    assert.partialDeepStrictEqual(now, Object.assign({}, ...changes) as object);
  });

  it('refuses who has seen an older one, if asked to', async () => {
    const { etag } = (await ask('GET', '/users/me', { as: ana.as })).headers;
    const put = (payload: object) =>
      ask('PUT', '/users/me', { as: ana.as, payload, headers: { 'if-match': String(etag) } });
    assert.equal((await put({ full_name: 'Ana Sol' })).statusCode, 200);
    assertProblem(await put({ full_name: 'Ana Luna' }), 412, 'http.stale');
  });

  it('is private, and says when it is not there yet', async () => {
    assertProblem(await ask('GET', '/users/me'), 401, 'auth.required');
    const early = { as: await plaza.account() };
    for (const [method, url, payload] of [
      ['GET', '/users/me', undefined],
      ['PUT', '/users/me', { full_name: 'Ana' }],
      ['GET', '/users/me/preferences', undefined],
      ['DELETE', '/users/me/avatar', undefined],
    ] as const) {
      const reply = await ask(method, url, { ...early, ...(payload ? { payload } : {}) });
      assertProblem(reply, 503, 'users.profile_not_ready');
      assert.equal(reply.headers['retry-after'], '1');
    }
  });

  it('keeps language and region apart, and knows no place that there is not', async () => {
    const put = (payload: object) => ask('PUT', '/users/me/preferences', { as: ana.as, payload });
    const chosen = { language: 'en', region: 'CO', time_zone: 'America/Bogota', currency: 'COP' };
    assert.deepEqual((await put(chosen)).json(), { ...chosen, locale: 'en-CO' });
    assert.deepEqual((await put({ region: null })).json(), {
      ...chosen,
      region: null,
      locale: 'en',
    });
    const wrong = await put({ region: 'ZZ', time_zone: 'Macondo/Centro', currency: 'ZZZ' });
    assertProblem(wrong, 422, 'users.profile_invalid');
    assert.equal(wrong.json<{ errors: object[] }>().errors.length, 3);
    const kept = (await ask('GET', '/users/me/preferences', { as: ana.as })).json();
    assert.partialDeepStrictEqual(kept, { time_zone: 'America/Bogota', currency: 'COP' });
  });
});

describe('users, for administrators', () => {
  let admin: User;
  let people: User[];
  before(async () => {
    admin = await plaza.newUser({ full_name: 'Óscar Gómez' }, ['admin']);
    await plaza.pool('identity').query(
      `update accounts set roles = '{customer,admin}', status = 'active', email_verified_at = now()
         where id = $1`,
      [admin.id],
    );
    people = [];
    for (const name of ['Lucía Íñiguez', 'Pedro 100%', 'María_José'])
      people.push(await plaza.newUser({ full_name: name }));
  });
  const list = async (query: string) =>
    (await ask('GET', `/users?${query}`, { as: admin.as })).json<Page>();
  const idsOf = ({ items }: Page) => items.map(({ id }) => id);

  it('are found by a part of name, address or user name, whatever case and accents', async () => {
    const [lucia, pedro, maria] = people as [User, User, User];
    for (const q of ['lucia ini', 'ÍÑIGUEZ', lucia.email, lucia.username.toUpperCase()])
      assert.deepEqual(idsOf(await list(`q=${encodeURIComponent(q)}`)), [lucia.id], q);
    assert.deepEqual(idsOf(await list('q=100%25')), [pedro.id], 'a percent sign is a letter');
    assert.deepEqual(idsOf(await list('q=ria_jo')), [maria.id]);
    assert.deepEqual(idsOf(await list('q=ria%25jo')), []);
    await ask('PUT', '/users/me', { as: pedro.as, payload: { full_name: 'Ramiro Peña' } });
    assert.deepEqual(idsOf(await list('q=pena')), [pedro.id]);
  });

  it('come in pages, the newest first, each once', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...idsOf(page));
      cursor = page.next_cursor;
    }
    const { rows } = await plaza
      .pool('users')
      .query<{ id: string }>(
        'select account_id as id from profiles order by registered_at desc, account_id desc',
      );
    assert.ok(rows.length >= 5);
    assert.deepEqual(
      seen,
      rows.map(({ id }) => id),
    );
    const wrong = await ask('GET', '/users?cursor=abc', { as: admin.as });
    assertProblem(wrong, 422, 'http.validation');
  });

  it('follow what identity says of roles and standing', async () => {
    const { id } = people[0]!;
    const post = (what: string) => ask('POST', `/users/${id}/${what}`, { as: admin.as });
    assert.equal((await post('deactivate')).statusCode, 200);
    const payload = { roles: ['customer', 'seller'] };
    const roles = await ask('PUT', `/users/${id}/roles`, { as: admin.as, payload });
    assert.equal(roles.statusCode, 200, roles.body);
    await plaza.settle();
    assert.deepEqual(idsOf(await list('status=deactivated')), [id]);
    assert.deepEqual(idsOf(await list('role=seller')), [id]);
    await post('activate');
    await plaza.settle();
    assert.deepEqual(idsOf(await list('status=deactivated')), []);
  });

  it('are shown whole, and changed with If-Match only', async () => {
    const { id, as } = people[1]!;
    await ask('POST', '/users/me/addresses', {
      as,
      payload: {
        full_name: 'Pedro',
        country: 'US',
        fields: { street: '1 Main St', city: 'Springfield' },
      },
    });
    const shown = await ask('GET', `/users/${id}`, { as: admin.as });
    assert.partialDeepStrictEqual(shown.json(), { id, addresses: [{ country: 'US' }] });
    const put = (headers: Record<string, string>) =>
      ask('PUT', `/users/${id}`, { as: admin.as, payload: { region: 'CO' }, headers });
    assertProblem(await put({}), 428, 'http.precondition_missing');
    assertProblem(await put({ 'if-match': '"99"' }), 412, 'http.stale');
    const changed = await put({ 'if-match': String(shown.headers['etag']) });
    assert.partialDeepStrictEqual(changed.json(), { region: 'CO' });
    const none = '0199f3a2-7b1c-7d7e-8a55-0242ac120017';
    assertProblem(
      await ask('GET', `/users/${none}`, { as: admin.as }),
      404,
      'users.user_not_found',
    );
  });

  it('are opened for somebody, and refused to all but administrators', async () => {
    const payload = {
      email: 'nueva@example.com',
      username: 'nueva',
      password: 'una clave larga',
      full_name: 'Nueva Persona',
      roles: ['customer', 'seller'],
    };
    const made = await ask('POST', '/users', { as: admin.as, payload });
    assert.equal(made.statusCode, 201, made.body);
    await plaza.settle();
    const [found] = (await list('q=nueva%20persona')).items;
    assert.partialDeepStrictEqual(found, {
      roles: ['customer', 'seller'],
      status: 'active',
      email_verified: true,
    });
    const again = (more: object) =>
      ask('POST', '/users', { as: admin.as, payload: { ...payload, ...more } });
    assertProblem(await again({ username: 'nueva2' }), 409, 'identity.email_taken');
    assertProblem(await again({ email: 'otra@example.com' }), 409, 'identity.username_taken');
    const { as, id } = people[2]!;
    for (const [method, url, body] of [
      ['GET', '/users', undefined],
      ['POST', '/users', payload],
      ['GET', `/users/${id}`, undefined],
      ['PUT', `/users/${id}`, { region: 'CO' }],
    ] as const)
      assertProblem(
        await ask(method, url, { as, ...(body ? { payload: body } : {}) }),
        403,
        'auth.insufficient_role',
      );
  });
});
