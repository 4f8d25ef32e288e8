import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PlazaProcess } from './plaza-process.ts';

type Situation = Readonly<{ currency: string; is_preparing: boolean }>;

/**
 * Somebody of another country than the one that Plaza starts in sets up their shop, and the power goes
 * right after the answer: the next start is the shop that they were promised.
 */
export const becomeAnotherCountry = async (
  options: Readonly<{ data: string; url: string; start: () => PlazaProcess }>,
): Promise<string> => {
  const { data, url, start } = options;
  const settings = (): unknown => JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'));
  const send = (path: string, body: object): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const read = async <Body>(path: string): Promise<Body> =>
    (await (await fetch(`${url}/api/v1${path}`)).json()) as Body;

  const first = start();
  await first.untilSays(/Ctrl\+C/, 30_000);
  const [, token = ''] = /\/instalar\/(\S+)/.exec(first.text()) ?? [];
  assert.equal((await read<Situation>('/auth/setup')).currency, 'COP');
  const person = {
    email: 'marisol@example.com',
    username: 'marisol',
    password: 'tres tazas de té',
  };
  const shop = { shop_name: 'Abarrotes Marisol', country: 'MX', with_example: false };
  assert.equal((await send('/auth/setup', { token, ...person, ...shop })).status, 201);
  await first.killAll();
  assert.deepEqual(settings(), { country: null, wanted: { country: 'MX', with_example: false } });
  assert.equal(statSync(join(data, 'settings.json')).mode & 0o777, 0o600);

  const second = start();
  await second.untilSays(/Ctrl\+C/, 45_000);
  assert.match(second.text(), /MX, MXN/);
  assert.doesNotMatch(second.text(), /\/instalar\/|ejemplo lista/);
  assert.deepEqual(settings(), { country: 'MX', wanted: null });
  assert.partialDeepStrictEqual(await read<Situation>('/auth/setup'), {
    currency: 'MXN',
    is_preparing: false,
  });
  assert.partialDeepStrictEqual(await read('/shop'), { name: 'Abarrotes Marisol', country: 'MX' });
  const { email, password } = person;
  assert.equal((await send('/auth/login', { email, password })).status, 200);
  const late = await send('/auth/setup', { token, ...person, country: 'CL' });
  assert.equal(late.status, 422);
  const page = await (await fetch(`${url}/es`, { headers: { accept: 'text/html' } })).text();
  assert.match(page, /Abarrotes Marisol<\/title>/);
  await second.interrupt();
  return 'MX, after kill -9 right behind the answer';
};
