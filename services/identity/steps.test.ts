import assert from 'node:assert/strict';
import type { InjectOptions } from 'fastify';
import { generateSync } from 'otplib';
import {
  startTestPlaza,
  type TestPlaza,
  type TestPlazaOptions,
} from '#shared/testing/test-plaza.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { identityModule } from './module.ts';

// Steps that the tests of this folder share; a file of tests for the import rules.

export type Person = Readonly<{ email: string; username: string; password: string }>;
export type Tokens = Readonly<{
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: string;
  account: Readonly<{ id: string; email: string; roles: string[]; email_verified: boolean }>;
}>;

/** What a sign-in answers when a password is not enough. */
export type Asked = Readonly<{
  status: string;
  challenge_id: string;
  methods: string[];
  expires_in: number;
}>;
export type App = Readonly<{
  id: string;
  secret: string;
  recoveryCodes: string[];
  /** The code of an independent implementation, some half minutes from now. */
  code: (halfMinutesLater?: number) => string;
}>;

let people = 0;
/** Somebody new in every call, with names of one length, so that answers can be compared. */
export const newPerson = (): Person => {
  people += 1;
  const username = `ana-${process.pid}-${String(people).padStart(4, '0')}`;
  return { email: `${username}@example.com`, username, password: 'una clave larga' };
};

type Claims = Readonly<{ amr: string[]; auth_time: number; sid: string; scope?: string }>;
export const claimsOf = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims;

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Identity, with something that happens just before each of its statements, by their names. */
export const withHook = (before: (name: string) => Promise<void>): ServiceModule => ({
  ...identityModule,
  start: (platform) => {
    const query = platform.pool.query.bind(platform.pool) as (
      ...all: unknown[]
    ) => Promise<unknown>;
    const pool = new Proxy(platform.pool, {
      get: (target, property) =>
        property === 'query'
          ? async (first: { name?: string } | string, ...rest: unknown[]) => {
              await before(typeof first === 'string' ? '' : (first.name ?? ''));
              return query(first, ...rest);
            }
          : (Reflect.get(target, property) as unknown),
    });
    return identityModule.start({ ...platform, pool });
  },
});

/** Plaza with identity's own keys, and the things that people do to it. */
export const startIdentity = async (
  options: Readonly<{
    modules?: readonly ServiceModule[];
    strict?: boolean;
    environment?: Readonly<Record<string, string>>;
    /** The database of another, whose replica this one is. */
    database?: TestPlaza['database'];
    install?: NonNullable<TestPlazaOptions['install']>;
    resources?: NonNullable<TestPlazaOptions['resources']>;
  }> = {},
) => {
  const modules = options.modules ?? [identityModule];
  const plaza = await startTestPlaza({ ...options, modules, keysFromIdentity: true });
  const send = (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ) =>
    plaza.app.inject({
      method,
      url: url.startsWith('/auth') || url.startsWith('/users') ? `/api/v1${url}` : url,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
  const post = (url: string, payload: object | string, headers?: Record<string, string>) =>
    send('POST', url, payload, headers);

  const register = (person: Person, more: object = {}) =>
    post('/auth/register', { ...person, confirm_password: person.password, ...more });
  /** The newest code that was mailed to an address. */
  const codeOf = async (email: string): Promise<string> => {
    await plaza.settle();
    const mail = plaza.mails.findLast(({ to, text }) => to === email && /^\d{8}$/m.test(text));
    assert.ok(mail, `no code was mailed to ${email}`);
    return /^\d{8}$/m.exec(mail.text)![0];
  };
  const signUp = async (person: Person): Promise<Tokens> => {
    assert.equal((await register(person)).statusCode, 201);
    const code = await codeOf(person.email);
    const reply = await post('/auth/verify-email', { email: person.email, code });
    assert.equal(reply.statusCode, 200, reply.body);
    return reply.json<Tokens>();
  };
  const appOf = (id: string, secret: string, recoveryCodes: string[]): App => ({
    id,
    secret,
    recoveryCodes,
    code: (halfMinutesLater = 0) =>
      generateSync({
        secret,
        epoch: Math.floor(plaza.clock().getTime() / 1000) + halfMinutesLater * 30,
      }),
  });
  /** An authenticator app of the account, confirmed; its next code is good at once. */
  const enrolApp = async (token: string): Promise<App> => {
    const started = await post('/auth/second-factors/totp', {}, bearer(token));
    assert.equal(started.statusCode, 201, started.body);
    const { secret } = started.json<{ secret: string }>();
    const confirmed = await post(
      '/auth/second-factors/totp/confirm',
      { code: appOf('', secret, []).code() },
      bearer(token),
    );
    assert.equal(confirmed.statusCode, 201, confirmed.body);
    const { id, recovery_codes: codes } = confirmed.json<{
      id: string;
      recovery_codes: string[] | null;
    }>();
    await plaza.advance(30_000);
    return appOf(id, secret, codes ?? []);
  };
  const login = (person: Person, password = person.password) =>
    post('/auth/login', { username: person.username, password });
  /** The second step that a right password leads to. */
  const asked = async (person: Person): Promise<Asked> => {
    const reply = await login(person);
    assert.equal(reply.statusCode, 200, reply.body);
    const answer = reply.json<Asked>();
    assert.equal(answer.status, 'code_required');
    return answer;
  };
  return {
    ...plaza,
    send,
    enrolApp,
    asked,
    verifyCode: (challengeId: string, method: string, code: string) =>
      post('/auth/verify-code', { challenge_id: challengeId, method, code }),
    post,
    register,
    codeOf,
    signUp,
    login,
    refresh: (refreshToken: string) => post('/auth/refresh', { refresh_token: refreshToken }),
    me: (token: string) => send('GET', '/auth/me', undefined, bearer(token)),
    /** Opens connections first: a race on a cold pool is none. */
    warm: () =>
      Promise.all(
        Array.from({ length: 10 }, () => plaza.pool('identity').query('select pg_sleep(0.05)')),
      ),
    mailsTo: (email: string) => plaza.mails.filter(({ to }) => to === email),
  };
};

export type IdentityPlaza = Awaited<ReturnType<typeof startIdentity>>;
export const times = <T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));
