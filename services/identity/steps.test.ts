import assert from 'node:assert/strict';
import type { InjectOptions } from 'fastify';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';
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

let people = 0;
/** Somebody new in every call, with names of one length, so that answers can be compared. */
export const newPerson = (): Person => {
  people += 1;
  const username = `ana-${process.pid}-${String(people).padStart(4, '0')}`;
  return { email: `${username}@example.com`, username, password: 'una clave larga' };
};

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Plaza with identity's own keys, and the things that people do to it. */
export const startIdentity = async (
  options: Readonly<{
    modules?: readonly ServiceModule[];
    strict?: boolean;
    environment?: Readonly<Record<string, string>>;
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
  return {
    ...plaza,
    send,
    post,
    register,
    codeOf,
    signUp,
    login: (person: Person, password = person.password) =>
      post('/auth/login', { username: person.username, password }),
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
