import assert from 'node:assert/strict';
import { must, send, type Request } from './http.ts';
import type { Operate, Shop } from './shop.ts';

type Options = Readonly<{
  url: string;
  operate: Operate;
  shop: Shop;
  person: number;
  accountId: string;
}>;

/** Makes a person of the shop a seller, who pays a commission and links an account at the provider. */
export const linkSeller = async (options: Options): Promise<void> => {
  const { url, operate, shop, person, accountId } = options;
  await operate('PUT', `/users/${accountId}/roles`, { roles: ['customer', 'seller'] });
  await operate('POST', '/commission-rules', {
    seller_id: accountId,
    rate_basis_points: 1_000,
    tax_rate_basis_points: 1_900,
    jurisdiction: 'CO',
    valid_from: '2020-01-01T00:00:00Z',
  });
  // Roles stand in the token.
  const signIn: Request = { method: 'POST', path: '/auth/login', body: shop.signInOf(person) };
  const token = String(must(200, signIn, await send(url, signIn))['access_token']);
  shop.tokens[person] = token;
  const asked = await fetch(`${url}/api/v1/mercadopago/seller-link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(asked.status, 201);
  const { authorization_url: there } = (await asked.json()) as { authorization_url: string };
  const agreed = await fetch(there, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ do: 'agree', name: 'Panadería' }),
  });
  const cookie = asked.headers.get('set-cookie')!.split(';', 1)[0]!;
  const back = new URL(agreed.headers.get('location')!);
  await fetch(url + back.pathname + back.search, { redirect: 'manual', headers: { cookie } });
  const linked = await fetch(`${url}/api/v1/mercadopago/seller-link`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.partialDeepStrictEqual(await linked.json(), { status: 'linked' });
};
