import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createOperatorTokens } from './module.ts';
import {
  bearer,
  claimsOf,
  newPerson,
  startIdentity,
  withHook,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

type Due = Readonly<{ status: string; enrolment_token: string; expires_in: number }>;

describe('second factors that the operator requires of administrators', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity({ environment: { PLAZA_SECOND_FACTOR: 'required:admin' } });
  });
  after(() => plaza.stop());
  const operator = async () => {
    const { pool, deriveKeysOf, clock } = plaza;
    const tokens = createOperatorTokens({
      pool: pool('identity'),
      deriveKeys: deriveKeysOf('identity'),
      clock,
    });
    return bearer(await tokens.issue(30));
  };

  it('leave everybody else alone', async () => {
    const person = newPerson();
    assert.equal((await plaza.signUp(person)).token_type, 'Bearer');
    assert.equal((await plaza.login(person)).json<Tokens>().token_type, 'Bearer');
  });

  it('are added by the first administrator before anything else', async () => {
    const link = await plaza.post('/auth/setup-links', {}, await operator());
    const admin = newPerson();
    const made = await plaza.post('/auth/setup', {
      token: link.json<{ token: string }>().token,
      ...admin,
    });
    assert.equal(made.statusCode, 201, made.body);
    assert.deepEqual(Object.keys(made.json()).toSorted(), [
      'enrolment_token',
      'expires_in',
      'status',
    ]);
    const due = (await plaza.login(admin)).json<Due>();
    assert.equal(due.status, 'enrolment_required');
    assert.equal(due.expires_in, 600);
    const claims = claimsOf(due.enrolment_token);
    assert.deepEqual([claims.scope, claims.sid], ['second_factors:enrol', undefined]);
    // It opens nothing but the way to a factor.
    const by = bearer(due.enrolment_token);
    for (const [method, url] of [
      ['GET', '/auth/me'],
      ['POST', '/auth/logout-all'],
      ['POST', '/auth/step-up'],
      ['POST', '/auth/second-factors/recovery-codes'],
      ['PUT', `/users/${crypto.randomUUID()}/roles`],
    ] as const) {
      const reply = await plaza.send(method, url, method === 'GET' ? undefined : {}, by);
      assert.equal(reply.statusCode, 403, `${url} ${reply.body}`);
    }
    const { rows } = await plaza
      .pool('identity')
      .query('select s.id from sessions s join accounts a on a.id = account_id where email = $1', [
        admin.email,
      ]);
    assert.deepEqual(rows, []);

    const app = await plaza.enrolApp(due.enrolment_token);
    assert.equal(app.recoveryCodes.length, 10);
    const asked = await plaza.asked(admin);
    const passed = await plaza.verifyCode(asked.challenge_id, 'totp', app.code());
    assert.equal(passed.statusCode, 200, passed.body);
    const { access_token: token } = passed.json<Tokens>();
    assert.equal((await plaza.me(token)).statusCode, 200);
    // The last one stays.
    const url = `/auth/second-factors/${app.id}`;
    assert.partialDeepStrictEqual(
      (await plaza.send('DELETE', url, undefined, bearer(token))).json(),
      {
        status: 409,
        code: 'identity.factor_required',
      },
    );
  });

  it('are asked of who becomes one: the session before is refreshed no more', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const roles = { roles: ['customer', 'admin'] };
    const url = `/users/${tokens.account.id}/roles`;
    const granted = await plaza.send('PUT', url, roles, await operator());
    assert.equal(granted.statusCode, 200, granted.body);
    assert.partialDeepStrictEqual((await plaza.refresh(tokens.refresh_token)).json(), {
      status: 401,
      code: 'identity.refresh_not_valid',
    });
    assert.equal((await plaza.login(person)).json<Due>().status, 'enrolment_required');
  });

  it('tell nobody who guesses that a password was right, once the name is locked', async () => {
    let isGuessed = false;
    const guessing = await startIdentity({
      database: plaza.database,
      environment: { PLAZA_SECOND_FACTOR: 'required:customer' },
      modules: [
        withHook(async (name) => {
          if (name !== 'sign-in' || isGuessed) return;
          isGuessed = true;
          // Wrong guesses that were on their way too are counted first.
          for (let i = 0; i < 5; i++) await plaza.login(person, 'no es esta');
        }),
      ],
    });
    const person = newPerson();
    try {
      await plaza.signUp(person);
      const reply = await guessing.login(person);
      assert.equal(isGuessed, true);
      assert.equal(reply.statusCode, 429, reply.body);
      assert.equal((await plaza.login(person)).statusCode, 429);
    } finally {
      await guessing.stop();
    }
  });
});

describe('second factors that the operator has turned off', () => {
  it('are neither added nor asked for', async () => {
    const with_ = await startIdentity();
    const person = newPerson();
    const app = await with_.enrolApp((await with_.signUp(person)).access_token);
    assert.equal((await with_.asked(person)).methods[0], 'totp');
    const { database } = with_;
    const off = await startIdentity({ database, environment: { PLAZA_SECOND_FACTOR: 'off' } });
    try {
      const tokens = (await off.login(person)).json<Tokens>();
      assert.equal(tokens.token_type, 'Bearer');
      const by = bearer(tokens.access_token);
      for (const url of ['/auth/second-factors/totp', '/auth/second-factors/email'])
        assert.partialDeepStrictEqual((await off.post(url, {}, by)).json(), {
          status: 403,
          code: 'identity.second_factors_off',
        });
      const stepped = await off.post('/auth/step-up', { password: person.password }, by);
      assert.equal(stepped.statusCode, 200, stepped.body);
      const fresh = bearer(stepped.json<Tokens>().access_token);
      const gone = await off.send('DELETE', `/auth/second-factors/${app.id}`, undefined, fresh);
      assert.equal(gone.statusCode, 204);
    } finally {
      await off.stop();
      await with_.stop();
    }
  });
});
