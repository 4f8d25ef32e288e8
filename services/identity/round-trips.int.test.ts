import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ServiceModule } from '#shared/platform/module.ts';
import { identityModule } from './module.ts';
import { bearer, newPerson, startIdentity, type IdentityPlaza, type Tokens } from './steps.test.ts';

/** Names of the statements that identity sent, in order. */
const sent: string[] = [];
const counted: ServiceModule = {
  ...identityModule,
  start: (platform) => {
    const pool = new Proxy(platform.pool, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (property !== 'query') return value;
        return (...parameters: [{ name?: string } | string, ...unknown[]]) => {
          const [first] = parameters;
          sent.push(typeof first === 'string' ? first : (first.name ?? ''));
          return (value as (...all: unknown[]) => unknown).apply(target, parameters);
        };
      },
    });
    return identityModule.start({ ...platform, pool });
  },
};

describe('the statements of a command', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity({ modules: [counted] });
  });
  after(() => plaza.stop());

  /** What a request sent; mails, the audit log and the rule of second factors, which are asked beside it, left out. */
  const statements = async <T>(
    work: () => Promise<T>,
  ): Promise<readonly [T, readonly string[]]> => {
    await plaza.settle();
    sent.length = 0;
    const result = await work();
    return [result, sent.filter((name) => !/^(letter|audit-|second-factor-policy$)/.test(name))];
  };

  it('are three at most', async () => {
    const person = newPerson();
    const { email } = person;
    const [, registering] = await statements(() => plaza.register(person));
    assert.deepEqual(registering, ['register']);
    const [, taken] = await statements(() => plaza.register({ ...newPerson(), email }));
    assert.deepEqual(taken, ['register']);

    const code = await plaza.codeOf(email);
    const [, guessing] = await statements(() =>
      plaza.post('/auth/verify-email', { email, code: '00000000' }),
    );
    assert.deepEqual(guessing, ['code-by-email', 'code-missed']);
    const [verified, verifying] = await statements(() =>
      plaza.post('/auth/verify-email', { email, code }),
    );
    assert.equal(verified.statusCode, 200);
    assert.deepEqual(verifying, ['code-by-email', 'change-account']);

    const newcomer = newPerson();
    await plaza.register(newcomer);
    const fresh = { email: newcomer.email, code: await plaza.codeOf(newcomer.email) };
    const [first, arriving] = await statements(() => plaza.post('/auth/verify-email', fresh));
    assert.equal(first.statusCode, 200);
    assert.deepEqual(arriving, ['change-account']);
    const [again] = await statements(() => plaza.post('/auth/verify-email', fresh));
    assert.equal(again.statusCode, 422, again.body);

    const [login, signingIn] = await statements(() => plaza.login(person));
    assert.deepEqual(signingIn, ['sign-in-by-username', 'sign-in']);
    const [, failing] = await statements(() => plaza.login(person, 'no es esta'));
    assert.deepEqual(failing, ['sign-in-by-username', 'sign-in-failed']);
    const [refreshed, refreshing] = await statements(() =>
      plaza.refresh(login.json<Tokens>().refresh_token),
    );
    assert.deepEqual(refreshing, ['refresh']);
    const { access_token: token } = refreshed.json<Tokens>();
    const [, reading] = await statements(() => plaza.me(token));
    assert.deepEqual(reading, ['summary']);

    const [, forgetting] = await statements(() => plaza.post('/auth/forgot-password', { email }));
    assert.deepEqual(forgetting, ['request-challenge']);
    const change = { current_password: person.password, new_password: 'otra clave larga' };
    const [changed, changing] = await statements(() =>
      plaza.send(
        'PUT',
        '/auth/change-password',
        { ...change, confirm_password: change.new_password },
        bearer(token),
      ),
    );
    assert.equal(changed.statusCode, 204);
    assert.deepEqual(changing, ['account', 'sign-in-lock', 'change-account']);
    const app = await plaza.enrolApp(token);
    // Half a minute has passed, so the signing keys are read again.
    await plaza.login(newcomer);
    const renewed = { ...person, password: change.new_password };
    const [asked, asking] = await statements(() => plaza.asked(renewed));
    assert.deepEqual(asking, ['sign-in-by-username', 'second-step-begin']);
    const [, missing] = await statements(() =>
      plaza.verifyCode(asked.challenge_id, 'totp', '000000'),
    );
    assert.deepEqual(missing, ['second-step', 'second-step-missed']);
    const [passed, passing] = await statements(() =>
      plaza.verifyCode(asked.challenge_id, 'totp', app.code()),
    );
    assert.equal(passed.statusCode, 200, passed.body);
    assert.deepEqual(passing, ['second-step', 'second-step-totp']);

    const [stepped, steppingUp] = await statements(async () => {
      const begun = await plaza.post('/auth/step-up/challenge', {}, bearer(token));
      const { challenge_id } = begun.json<{ challenge_id: string }>();
      const { password } = renewed;
      const [code] = app.recoveryCodes;
      const body = { challenge_id, method: 'recovery_code', code, password };
      return plaza.post('/auth/step-up', body, bearer(token));
    });
    assert.equal(stepped.statusCode, 200, stepped.body);
    assert.deepEqual(steppingUp, [
      'account',
      'step-up-begin',
      // Both at once.
      'second-step',
      'sign-in-lock',
      'step-up-recovery_code',
    ]);

    const [, leaving] = await statements(() =>
      plaza.send('POST', '/auth/logout', undefined, bearer(stepped.json<Tokens>().access_token)),
    );
    assert.deepEqual(leaving, ['session-end']);
  });
});
