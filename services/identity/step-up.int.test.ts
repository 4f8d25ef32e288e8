import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  bearer,
  claimsOf,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Person,
  type Tokens,
} from './steps.test.ts';

type Reply = Awaited<ReturnType<IdentityPlaza['post']>>;
const refused = (reply: Reply, status: number, code: string): void =>
  assert.partialDeepStrictEqual(reply.json(), { status, code });
/** Longer than a proof is fresh, shorter than an access token lives after a refresh. */
const stale = 601_000;

describe('proving once more who one is', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  const stepUp = (token: string, body: object) => plaza.post('/auth/step-up', body, bearer(token));
  const begin = async (token: string) => {
    const reply = await plaza.post('/auth/step-up/challenge', {}, bearer(token));
    assert.equal(reply.statusCode, 200, reply.body);
    return reply.json<{ challenge_id: string | null; methods: string[] }>();
  };
  const wait = async (tokens: Tokens): Promise<Tokens> => {
    await plaza.advance(stale);
    return (await plaza.refresh(tokens.refresh_token)).json<Tokens>();
  };
  const makeAdmin = async (person: Person): Promise<Tokens> => {
    const { account } = await plaza.signUp(person);
    const sql = `update accounts set roles = '{customer,admin}' where id = $1`;
    await plaza.pool('identity').query(sql, [account.id]);
    return (await plaza.login(person)).json<Tokens>();
  };

  it('takes the password of who has no second factor, and gives another session', async () => {
    const person = newPerson();
    const tokens = await wait(await plaza.signUp(person));
    const before = claimsOf(tokens.access_token);
    assert.deepEqual(await begin(tokens.access_token), {
      challenge_id: null,
      methods: ['password'],
    });
    refused(
      await plaza.post('/auth/second-factors/email', {}, bearer(tokens.access_token)),
      403,
      'auth.step_up_required',
    );
    refused(
      await stepUp(tokens.access_token, { password: 'no es esta' }),
      422,
      'identity.wrong_password',
    );
    const reply = await stepUp(tokens.access_token, { password: person.password });
    assert.equal(reply.statusCode, 200, reply.body);
    const stepped = reply.json<Tokens>();
    const { access_token: fresh } = stepped;
    assert.deepEqual(stepped.account, tokens.account);
    const now = claimsOf(fresh);
    assert.notEqual(now.sid, before.sid);
    assert.notEqual(stepped.refresh_token, tokens.refresh_token);
    assert.ok(now.auth_time >= before.auth_time + 600);
    assert.deepEqual([before.amr, now.amr], [['email'], ['pwd']]);
    const enabled = await plaza.post('/auth/second-factors/email', {}, bearer(fresh));
    assert.equal(enabled.statusCode, 201, enabled.body);
    // The proof is the session's: what is refreshed from it is as fresh, and no fresher.
    const refreshed = (await plaza.refresh(stepped.refresh_token)).json<Tokens>();
    assert.equal(claimsOf(refreshed.access_token).auth_time, now.auth_time);
    assert.equal(claimsOf(refreshed.access_token).sid, now.sid);
  });

  it('ends the session before, its refresh token and its access tokens at once', async () => {
    const person = newPerson();
    const first = await plaza.signUp(person);
    const old = (await plaza.refresh(first.refresh_token)).json<Tokens>();
    const { sid } = claimsOf(old.access_token);
    const sql = `select id, created_at, expires_at, ended_at, user_agent from sessions
      where account_id = $1 order by authenticated_at`;
    const sessions = async () =>
      (await plaza.pool('identity').query(sql, [old.account.id])).rows as {
        id: string;
        created_at: Date;
        expires_at: Date;
        ended_at: Date | null;
        user_agent: string;
      }[];
    await plaza.advance(1_000);
    const reply = await stepUp(old.access_token, { password: person.password });
    const fresh = reply.json<Tokens>();
    refused(await plaza.refresh(old.refresh_token), 401, 'identity.refresh_not_valid');
    // Also the one before, within its grace, and without taking the new session along.
    refused(await plaza.refresh(first.refresh_token), 401, 'identity.refresh_reused');
    refused(await plaza.me(old.access_token), 401, 'auth.session_ended');
    const factor = '/auth/second-factors/email';
    refused(await plaza.post(factor, {}, bearer(old.access_token)), 401, 'auth.session_ended');
    assert.equal((await plaza.me(fresh.access_token)).statusCode, 200);
    // Began when the one before did, and ends when that would have: a proof prolongs nothing.
    const [ended, opened, ...others] = await sessions();
    assert.deepEqual(others, []);
    assert.equal(ended!.id, sid);
    assert.ok(ended!.ended_at);
    assert.deepEqual(opened, {
      ...ended,
      id: claimsOf(fresh.access_token).sid,
      ended_at: null,
    });
    // Another process, which heard nothing, knows it from the database.
    const { database } = plaza;
    const restarted = await startIdentity({ database });
    try {
      refused(await restarted.me(old.access_token), 401, 'auth.session_ended');
      assert.equal((await restarted.refresh(fresh.refresh_token)).statusCode, 200);
    } finally {
      await restarted.stop();
    }
  });

  it('gives one session for many proofs of one at the same moment', async () => {
    const person = newPerson();
    const { access_token: token, account } = await plaza.signUp(person);
    await plaza.warm();
    const { password } = person;
    const replies = await times(10, () => stepUp(token, { password }));
    const good = replies.filter(({ statusCode }) => statusCode === 200);
    assert.equal(good.length, 1);
    for (const reply of replies)
      if (reply !== good[0]) assert.equal(reply.statusCode, 401, reply.body);
    const sql = `select count(*) filter (where ended_at is null)::int as living,
      count(*)::int as total from sessions where account_id = $1`;
    const { rows } = await plaza.pool('identity').query(sql, [account.id]);
    assert.deepEqual(rows, [{ living: 1, total: 2 }]);
  });

  it('takes password and second factor of who has one, and neither alone', async () => {
    const person = newPerson();
    const first = await plaza.signUp(person);
    const app = await plaza.enrolApp(first.access_token);
    const { access_token: token } = await wait(first);
    const asked = await begin(token);
    assert.deepEqual(asked.methods, ['totp', 'recovery_code']);
    refused(
      await stepUp(token, { password: person.password }),
      422,
      'identity.second_factor_needed',
    );
    const body = { challenge_id: asked.challenge_id, method: 'totp', password: person.password };
    const { password: _, ...without } = body;
    refused(await stepUp(token, { ...without, code: app.code() }), 422, 'http.validation');
    refused(
      await stepUp(token, { ...body, password: 'no es esta', code: app.code() }),
      422,
      'identity.code_not_valid',
    );
    refused(await stepUp(token, { ...body, code: '000000' }), 422, 'identity.code_not_valid');
    // Not by somebody else who learnt of it, nor as the second step of a sign-in.
    const other = await plaza.signUp(newPerson());
    refused(
      await stepUp(other.access_token, { ...body, code: app.code() }),
      422,
      'identity.code_not_valid',
    );
    refused(
      await plaza.verifyCode(asked.challenge_id!, 'totp', app.code()),
      422,
      'identity.code_not_valid',
    );
    const reply = await stepUp(token, { ...body, code: app.code() });
    assert.equal(reply.statusCode, 200, reply.body);
    const { access_token: fresh } = reply.json<Tokens>();
    assert.deepEqual(claimsOf(fresh).amr, ['pwd', 'otp']);
    refused(await stepUp(fresh, { ...body, code: app.code(1) }), 422, 'identity.code_not_valid');
    const sql = `select type || ' ' || detail as line from account_events
      where account_id = $1 and type = 'SteppedUp'`;
    const { rows } = await plaza.pool('identity').query(sql, [first.account.id]);
    assert.deepEqual(rows, [{ line: 'SteppedUp pwd otp' }]);
  });

  it('does not bring an ended session back', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const app = await plaza.enrolApp(tokens.access_token);
    const { challenge_id: id } = await begin(tokens.access_token);
    await plaza.post('/auth/logout', { refresh_token: tokens.refresh_token });
    const body = {
      challenge_id: id,
      method: 'totp',
      code: app.code(),
      password: person.password,
    };
    refused(await stepUp(tokens.access_token, body), 401, 'auth.session_ended');
    refused(
      await plaza.post('/auth/step-up/challenge', {}, bearer(tokens.access_token)),
      401,
      'auth.session_ended',
    );
    const plain = newPerson();
    const ended = await plaza.signUp(plain);
    await plaza.post('/auth/logout', { refresh_token: ended.refresh_token });
    refused(
      await stepUp(ended.access_token, { password: plain.password }),
      401,
      'auth.session_ended',
    );
  });

  it('counts wrong passwords as changing the password does', async () => {
    const { access_token: token } = await plaza.signUp(newPerson());
    for (let i = 0; i < 5; i++)
      refused(await stepUp(token, { password: 'no es esta' }), 422, 'identity.wrong_password');
    refused(await stepUp(token, { password: 'no es esta' }), 429, 'identity.too_many_tries');
  });

  it('counts wrong passwords beside a right code, until the name is locked', async () => {
    const person = newPerson();
    const { access_token: token } = await plaza.signUp(person);
    const app = await plaza.enrolApp(token);
    const prove = async (password: string) => {
      const { challenge_id: id } = await begin(token);
      return stepUp(token, { challenge_id: id, method: 'totp', code: app.code(), password });
    };
    for (let i = 0; i < 5; i++) refused(await prove('no es esta'), 422, 'identity.code_not_valid');
    refused(await prove(person.password), 429, 'identity.too_many_tries');
    await plaza.advance(31_000);
    assert.equal((await prove(person.password)).statusCode, 200);
  });

  it('is asked of administrators before they change accounts, and of changes to factors', async () => {
    const person = newPerson();
    const admin = await wait(await makeAdmin(person));
    const { account } = await plaza.signUp(newPerson());
    const by = bearer(admin.access_token);
    const calls = (headers: Record<string, string>) =>
      [
        ['PUT', `/users/${account.id}/roles`, { roles: ['customer', 'seller'] }],
        ['POST', `/users/${account.id}/deactivate`, {}],
        ['POST', `/users/${account.id}/activate`, {}],
        ['DELETE', `/users/${account.id}/second-factors`, undefined],
        [
          'POST',
          '/auth/admins',
          { email: 'x@example.com', username: 'xyz', password: 'a b c d e f' },
        ],
        ['POST', '/users', { email: 'x@example.com', username: 'xyz', password: 'a b c d e f' }],
        ['POST', '/auth/second-factors/totp', {}],
        ['POST', '/auth/second-factors/totp/confirm', { code: '000000' }],
        ['POST', '/auth/second-factors/email', {}],
        ['POST', '/auth/second-factors/recovery-codes', {}],
        ['DELETE', `/auth/second-factors/${account.id}`, undefined],
      ].map(([method, url, body]) =>
        plaza.send(method as 'PUT', url as string, body as object, headers),
      );
    for (const reply of await Promise.all(calls(by))) refused(reply, 403, 'auth.step_up_required');
    const { access_token: fresh } = (
      await stepUp(admin.access_token, { password: person.password })
    ).json<Tokens>();
    for (const reply of await Promise.all(calls(bearer(fresh))))
      assert.ok(!reply.body.includes('step_up_required'), reply.body);
  });
});

describe('an administrator and lost factors', () => {
  it('takes all of them away, ends the sessions, and the holder is told', async () => {
    const plaza = await startIdentity();
    try {
      const admin = newPerson();
      const { account: adminAccount } = await plaza.signUp(admin);
      await plaza
        .pool('identity')
        .query(`update accounts set roles = '{customer,admin}' where id = $1`, [adminAccount.id]);
      const by = bearer((await plaza.login(admin)).json<Tokens>().access_token);
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const app = await plaza.enrolApp(tokens.access_token);
      await plaza.post('/auth/second-factors/email', {}, bearer(tokens.access_token));
      const asked = await plaza.asked(person);
      const url = `/users/${tokens.account.id}/second-factors`;
      const denied = await plaza.send('DELETE', url, undefined, bearer(tokens.access_token));
      assert.equal(denied.statusCode, 403);
      assert.equal((await plaza.send('DELETE', url, undefined, by)).statusCode, 204);
      assert.equal((await plaza.send('DELETE', url, undefined, by)).statusCode, 204);
      assert.equal((await plaza.refresh(tokens.refresh_token)).statusCode, 401);
      const late = await plaza.verifyCode(asked.challenge_id, 'totp', app.code());
      assert.equal(late.statusCode, 422);
      assert.equal((await plaza.login(person)).json<Tokens>().token_type, 'Bearer');
      const { rows } = await plaza.pool('identity').query(
        `select type, detail, actor_id from account_events
         where account_id = $1 and type = 'SecondFactorDisabled' order by detail desc`,
        [tokens.account.id],
      );
      const removed = { type: 'SecondFactorDisabled', actor_id: adminAccount.id };
      assert.deepEqual(rows, [
        { ...removed, detail: 'totp' },
        { ...removed, detail: 'email' },
      ]);
      await plaza.settle();
      assert.ok(
        plaza.mailsTo(person.email).some(({ subject }) => subject.includes('segundo paso menos')),
      );
      const nobody = `/users/${crypto.randomUUID()}/second-factors`;
      assert.equal((await plaza.send('DELETE', nobody, undefined, by)).statusCode, 404);
    } finally {
      await plaza.stop();
    }
  });
});
