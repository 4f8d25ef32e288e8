import assert from 'node:assert/strict';
import type { InjectOptions } from 'fastify';
import type { ServiceModule } from '#shared/platform/module.ts';
import { startTestPlaza, type TestAccount } from '#shared/testing/test-plaza.ts';
import { identityModule } from '../identity/module.ts';
import { usersModule } from './module.ts';

// Steps that the tests of this folder share; a file of tests for the import rules.

export type User = Readonly<{ id: string; email: string; username: string; as: TestAccount }>;
type Method = NonNullable<InjectOptions['method']>;
type Given = Readonly<{
  as?: TestAccount;
  payload?: object | string | Buffer;
  headers?: Record<string, string>;
}>;

/** A multipart body with one file, under any name and type that a client may claim. */
export const fileForm = (
  bytes: Buffer,
  { name = 'a.png', type = 'image/png', field = 'file' } = {},
) => {
  const boundary = 'limite-de-las-partes';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
};

/** identity and users, with accounts whose tokens are the test's own. */
export const startUsers = async (
  options: Readonly<{ modules?: readonly ServiceModule[]; strict?: boolean }> = {},
) => {
  const plaza = await startTestPlaza({ modules: [identityModule, usersModule], ...options });
  const ask = (method: Method, url: string, given: Given = {}) =>
    plaza.request({ method, url: `/api/v1${url}`, ...given });
  let people = 0;
  /** Somebody who has registered, and whose profile is there. */
  const newUser = async (
    more: object = {},
    roles: readonly ('customer' | 'admin')[] = ['customer'],
  ): Promise<User> => {
    people += 1;
    const username = `ana.${process.pid}.${people}`;
    const email = `${username}@example.com`;
    const password = 'una clave larga';
    const payload = { username, email, password, confirm_password: password, ...more };
    const reply = await ask('POST', '/auth/register', { payload });
    assert.equal(reply.statusCode, 201, reply.body);
    await plaza.settle();
    const { rows } = await plaza
      .pool('identity')
      .query<{ id: string }>('select id from accounts where username = $1', [username]);
    const { id } = rows[0]!;
    return { id, email, username, as: await plaza.account({ id, roles }) };
  };
  return { ...plaza, ask, newUser };
};

export type UsersPlaza = Awaited<ReturnType<typeof startUsers>>;

export const assertProblem = (
  reply: Readonly<{ statusCode: number; body: string }>,
  status: number,
  code: string,
): void => {
  assert.equal(reply.statusCode, status, reply.body);
  assert.equal((JSON.parse(reply.body) as { code: string }).code, code, reply.body);
};
