import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Person,
  type Tokens,
} from './steps.test.ts';
import { identityModule } from './module.ts';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';

type Listed = Readonly<{
  items: readonly Readonly<{
    id: string;
    is_current: boolean;
    device: Readonly<{ browser: string | null; system: string | null; kind: string | null }>;
  }>[];
}>;

const phone =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

describe('sessions of an account', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  const signIn = async (person: Person, userAgent = 'curl/8.5.0'): Promise<Tokens> => {
    const { username, password } = person;
    const reply = await plaza.post(
      '/auth/login',
      { username, password },
      { 'user-agent': userAgent },
    );
    return reply.json<Tokens>();
  };
  const list = async (tokens: Tokens): Promise<Listed['items']> => {
    const headers = bearer(tokens.access_token);
    return (await plaza.send('GET', '/auth/sessions', undefined, headers)).json<Listed>().items;
  };
  const end = (tokens: Tokens, id = '') =>
    plaza.send('DELETE', `/auth/sessions${id}`, undefined, bearer(tokens.access_token));
  const isRefused = async (tokens: Tokens): Promise<void> => {
    const me = await plaza.me(tokens.access_token);
    assert.partialDeepStrictEqual(me.json(), { status: 401, code: 'auth.session_ended' });
    assert.equal((await plaza.refresh(tokens.refresh_token)).statusCode, 401);
  };

  it('are listed with their device, the last used first', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    const onPhone = await signIn(person, phone);
    const here = await signIn(person);
    await plaza.refresh(onPhone.refresh_token);
    const sessions = await list(here);
    assert.equal(sessions.length, 3);
    assert.deepEqual(sessions[0]?.device, { browser: 'Chrome', system: 'Android', kind: 'mobile' });
    assert.deepEqual(
      sessions.map(({ is_current: isCurrent }) => isCurrent),
      [false, true, false],
    );
    assert.equal((await list(await plaza.signUp(newPerson()))).length, 1);
  });

  it('end one by one, with their access tokens, and only for their own account', async () => {
    const person = newPerson();
    const here = await plaza.signUp(person);
    const lost = await signIn(person, phone);
    const id = `/${(await list(here)).find(({ is_current: isCurrent }) => !isCurrent)!.id}`;
    const stranger = await plaza.signUp(newPerson());
    assert.equal((await end(stranger, id)).statusCode, 404);
    assert.equal((await plaza.me(lost.access_token)).statusCode, 200);
    const replies = await times(5, () => end(here, id));
    assert.deepEqual(
      replies.map(({ statusCode }) => statusCode).toSorted(),
      [204, 404, 404, 404, 404],
    );
    await isRefused(lost);
    assert.equal((await plaza.me(here.access_token)).statusCode, 200);
    assert.equal((await list(here)).length, 1);
  });

  it('end all but this one, whose older access tokens go on', async () => {
    const person = newPerson();
    const first = await plaza.signUp(person);
    const others = [await signIn(person), await signIn(person)];
    const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    assert.equal((await end(second)).statusCode, 204);
    for (const other of others) await isRefused(other);
    assert.equal((await plaza.me(first.access_token)).statusCode, 200);
    assert.equal((await plaza.me(second.access_token)).statusCode, 200);
    assert.equal((await plaza.refresh(second.refresh_token)).statusCode, 200);
    assert.equal((await plaza.me((await signIn(person)).access_token)).statusCode, 200);
  });

  it('are ended by a fresh proof only, which the password gives again', async () => {
    const person = newPerson();
    const first = await plaza.signUp(person);
    const lost = await signIn(person, phone);
    await plaza.advance(601_000);
    const here = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    const other = (await list(here)).find(({ is_current: isCurrent }) => !isCurrent)!;
    for (const [method, url] of [
      ['DELETE', `/auth/sessions/${other.id}`],
      ['DELETE', '/auth/sessions'],
      ['POST', '/auth/logout-all'],
    ] as const) {
      const reply = await plaza.send(method, url, undefined, bearer(here.access_token));
      assert.partialDeepStrictEqual(reply.json(), {
        status: 403,
        code: 'auth.step_up_required',
        max_age: 600,
      });
    }
    assert.equal((await list(here)).length, 2);
    const { password } = person;
    const proven = await plaza.post('/auth/step-up', { password }, bearer(here.access_token));
    assert.equal(proven.statusCode, 200, proven.body);
    assert.equal((await end({ ...here, ...proven.json<object>() })).statusCode, 204);
    await isRefused(lost);
  });

  it('lose their access tokens at sign-out, with the password, and with a role', async () => {
    const person = newPerson();
    const out = await plaza.signUp(person);
    await plaza.post('/auth/logout', { refresh_token: out.refresh_token });
    await isRefused(out);

    const thief = await signIn(person);
    const holder = await signIn(person);
    const chosen = 'otra clave larga';
    const change = {
      current_password: person.password,
      new_password: chosen,
      confirm_password: chosen,
    };
    const headers = bearer(holder.access_token);
    const changed = await plaza.send('PUT', '/auth/change-password', change, headers);
    assert.equal(changed.statusCode, 204, changed.body);
    await isRefused(thief);
    assert.equal((await plaza.me(holder.access_token)).statusCode, 200);

    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer,admin}' where id = $1`, [out.account.id]);
    const boss = await signIn({ ...person, password: chosen });
    const seller = newPerson();
    const { id } = (await plaza.signUp(seller)).account;
    const setRoles = (roles: readonly string[]) =>
      plaza.send('PUT', `/users/${id}/roles`, { roles }, bearer(boss.access_token));
    await setRoles(['customer', 'seller']);
    const selling = await signIn(seller);
    assert.equal((await setRoles(['customer'])).statusCode, 200);
    await isRefused(selling);
  });

  it('stay ended over a restart', async () => {
    const person = newPerson();
    const lost = await plaza.signUp(person);
    const kept = await signIn(person);
    await end(kept);
    const out = await signIn(person);
    await plaza.post('/auth/logout', { refresh_token: out.refresh_token });
    const again = await startTestPlaza({
      modules: [identityModule],
      keysFromIdentity: true,
      database: plaza.database,
    });
    try {
      const me = async ({ access_token: token }: Tokens) =>
        (await again.app.inject({ url: '/api/v1/auth/me', headers: bearer(token) })).statusCode;
      assert.deepEqual([await me(lost), await me(out), await me(kept)], [401, 401, 200]);
    } finally {
      await again.stop();
    }
  });

  it('are told of to other services only', async () => {
    const { account, access_token: token } = await plaza.signUp(newPerson());
    const asked = { account_id: account.id, epoch: 1 };
    assert.equal((await plaza.post('/auth/sessions/check', asked)).statusCode, 404);
    assert.equal((await plaza.post('/auth/sessions/check', asked, bearer(token))).statusCode, 404);
  });
});

describe('a refresh token that comes again', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  it('gets the same successor within its grace, fifty at a time, and the family lives', async () => {
    const first = await plaza.signUp(newPerson());
    await plaza.warm();
    const replies = await times(50, () => plaza.refresh(first.refresh_token));
    const successors = new Set(replies.map((reply) => reply.json<Tokens>().refresh_token));
    assert.equal(successors.size, 1);
    const { rows } = await plaza.pool('identity').query<{ n: number }>(
      `select count(*)::int as n from refresh_tokens t join sessions s on s.id = t.session_id
       where s.account_id = $1`,
      [first.account.id],
    );
    assert.equal(rows[0]!.n, 2);
    const [second] = successors;
    assert.equal((await plaza.refresh(second!)).statusCode, 200);
  });

  it('ends the family when its successor was used, grace or not', async () => {
    const first = await plaza.signUp(newPerson());
    const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    const third = (await plaza.refresh(second.refresh_token)).json<Tokens>();
    const reused = await plaza.refresh(first.refresh_token);
    assert.partialDeepStrictEqual(reused.json(), { code: 'identity.refresh_reused' });
    assert.equal((await plaza.refresh(third.refresh_token)).statusCode, 401);
    assert.equal((await plaza.me(third.access_token)).statusCode, 401);
  });

  it('ends the family after the grace', async () => {
    const first = await plaza.signUp(newPerson());
    const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    await plaza.advance(11_000);
    const late = await plaza.refresh(first.refresh_token);
    assert.partialDeepStrictEqual(late.json(), { code: 'identity.refresh_reused' });
    assert.equal((await plaza.refresh(second.refresh_token)).statusCode, 401);
  });
});
