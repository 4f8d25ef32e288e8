import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { returnTo, startApplications, type Applications } from './applications.test.ts';
import { times } from './steps.test.ts';

/** Each of them is either what it asked for, or refused as a grant that is no good. */
const outcomes = async <T>(work: readonly Promise<T>[]): Promise<readonly T[]> => {
  const settled = await Promise.allSettled(work);
  for (const outcome of settled)
    if (outcome.status === 'rejected')
      assert.equal((outcome.reason as client.ResponseBodyError).error, 'invalid_grant');
  return settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
};

describe('applications that come all at once', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
    await plaza.warm();
  });
  after(() => plaza.stop());

  it('use one code fifty times: one gets tokens, and they are dead', async () => {
    for (let round = 0; round < 3; round++) {
      const config = await plaza.discover();
      const { url, checks } = await plaza.begin(config);
      const callback = await plaza.approve(url);
      const won = await outcomes(
        Array.from({ length: 50 }, () => client.authorizationCodeGrant(config, callback, checks)),
      );
      assert.equal(won.length, 1);
      const { access_token: access, refresh_token: refresh } = won[0]!;
      assert.equal((await client.tokenIntrospection(config, access)).active, false);
      assert.deepEqual(await outcomes([client.refreshTokenGrant(config, refresh!)]), []);
    }
  });

  it('refresh one token fifty times: one succeeds, and the family is dead', async () => {
    for (let round = 0; round < 3; round++) {
      const { config, given } = await plaza.authorize();
      const won = await outcomes(
        Array.from({ length: 50 }, () => client.refreshTokenGrant(config, given.refresh_token!)),
      );
      assert.equal(won.length, 1);
      const next = await outcomes([client.refreshTokenGrant(config, won[0]!.refresh_token!)]);
      assert.deepEqual(next, []);
      assert.equal((await client.tokenIntrospection(config, given.access_token)).active, false);
    }
  });

  it('get tokens while the keys rotate, and no request fails', async () => {
    await plaza.advance(61_000);
    const service = await plaza.register({
      name: 'Bodega',
      grant_types: ['client_credentials'],
      scopes: ['products:read'],
      account_id: plaza.tokens.account.id,
    });
    const config = await plaza.discover(service);
    const { config: web, given } = await plaza.authorize();
    let refreshToken = given.refresh_token!;
    const kids = new Set<string>();
    const issued: string[] = [];
    let isRotating = true;
    let requests = 0;
    const use = async (token: string): Promise<void> => {
      kids.add(decodeProtectedHeader(token).kid!);
      issued.push(token);
      assert.equal((await plaza.call('/products', token)).status, 200);
      requests += 2;
    };
    const services = times(4, async () => {
      while (isRotating)
        await use(
          (await client.clientCredentialsGrant(config, { scope: 'products:read' })).access_token,
        );
    });
    const person = (async () => {
      while (isRotating) {
        const next = await client.refreshTokenGrant(web, refreshToken);
        refreshToken = next.refresh_token!;
        assert.equal((await plaza.call('/orders', next.access_token)).status, 200);
        // The library of the application has checked the signature of the ID token by the JWKS.
        assert.equal(next.claims()!.sub, plaza.tokens.account.id);
      }
    })();
    const more = async (): Promise<void> => {
      const goal = requests + 40;
      while (requests < goal) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    for (let round = 0; round < 2; round++) {
      await Promise.race([more(), services, person]);
      await plaza
        .pool('identity')
        .query(
          `update deadlines set due_at = now() - interval '1 minute' where kind = 'rotate-keys'`,
        );
      await plaza.advance(61_000);
    }
    await Promise.race([more(), services, person]);
    isRotating = false;
    await Promise.all([services, person]);
    assert.equal(kids.size, 3, `signed by ${kids.size} keys`);
    for (const token of [issued[0]!, issued.at(-1)!])
      assert.equal((await plaza.call('/products', token)).status, 200);
  });

  it('finish a sign-in that began before the keys rotated', async () => {
    const config = await plaza.discover();
    const { url, checks } = await plaza.begin(config);
    const callback = await plaza.approve(url);
    await plaza
      .pool('identity')
      .query(
        `update deadlines set due_at = now() - interval '1 minute' where kind = 'rotate-keys'`,
      );
    await plaza.advance(0);
    const given = await client.authorizationCodeGrant(config, callback, checks);
    assert.equal(decodeJwt(given.access_token)['client_id'], plaza.web.client_id);
    assert.ok(callback.href.startsWith(returnTo));
  });
});
