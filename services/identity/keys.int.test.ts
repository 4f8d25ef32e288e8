import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { createTokenVerifier } from '#shared/http/tokens.ts';
import { deriveKeysFrom } from '#shared/platform/secret.ts';
import { createPgSigningKeys } from './infrastructure/pg-signing-keys.ts';
import { createOperatorTokens } from './module.ts';
import { newPerson, startIdentity, times, type IdentityPlaza, type Tokens } from './steps.test.ts';

const identityKeys = deriveKeysFrom([Buffer.alloc(32, 7)], 'identity');

describe('signing keys', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  const kids = async (): Promise<readonly string[]> =>
    (await plaza.send('GET', '/.well-known/jwks.json'))
      .json<{ keys: { kid: string }[] }>()
      .keys.map(({ kid }) => kid);
  const rotate = async () => {
    await plaza
      .pool('identity')
      .query(
        `update deadlines set due_at = now() - interval '1 minute' where kind = 'rotate-keys'`,
      );
    await plaza.advance(0);
  };

  it('rotate under requests without failing one, and old tokens hold', async () => {
    await plaza.advance(61_000);
    let tokens = await plaza.signUp(newPerson());
    const first = tokens;
    const [current, next] = await kids();
    assert.equal(decodeProtectedHeader(first.access_token).kid, current);
    let isRotating = true;
    let requests = 0;
    const client = async () => {
      while (isRotating) {
        assert.equal((await plaza.me(tokens.access_token)).statusCode, 200);
        assert.equal((await plaza.me(first.access_token)).statusCode, 200);
        requests += 2;
      }
    };
    const clients = times(4, client);
    const signer = (async () => {
      while (isRotating) {
        tokens = (await plaza.refresh(tokens.refresh_token)).json<Tokens>();
        requests += 1;
      }
    })();
    await rotate();
    // The next refresh shows it, whenever the machine comes to that.
    const deadline = performance.now() + 10_000;
    while (decodeProtectedHeader(tokens.access_token).kid !== next && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(decodeProtectedHeader(tokens.access_token).kid, next);
    // The one after it was published this moment, so it does not sign yet, whoever asks.
    await rotate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(decodeProtectedHeader(tokens.access_token).kid, next);
    await plaza.advance(61_000);
    const published = await kids();
    const isSigned = (): boolean => decodeProtectedHeader(tokens.access_token).kid === published[2];
    while ((!isSigned() || requests <= 100) && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    isRotating = false;
    await Promise.all([clients, signer]);
    assert.ok(requests > 100, `only ${requests} requests`);
    assert.equal(published.length, 4);
    assert.equal(decodeProtectedHeader(tokens.access_token).kid, published[2]);
  });

  it('retire when no token of theirs can be alive', async () => {
    const before = await kids();
    await plaza.advance(61 * 60_000);
    assert.deepEqual(await kids(), before.slice(-2));
    const { rows } = await plaza.pool('identity').query(
      `select kind, due_at > now() + interval '25 days' as is_far from deadlines
       where kind in ('rotate-keys', 'retire-keys')`,
    );
    assert.deepEqual(rows, [{ kind: 'rotate-keys', is_far: true }]);
  });

  it('are made once by starters that race, and stay sealed', async () => {
    const pool = plaza.pool('identity');
    const fresh = await startIdentity();
    const ring = { pool: fresh.pool('identity'), clock: fresh.clock, longestTokenMs: 1 };
    await fresh.warm();
    for (let round = 0; round < 5; round++) {
      await fresh.pool('identity').query('delete from signing_keys');
      // Not all at one moment: one may look between what another writes.
      const rings = await times(8, async (i) => {
        await new Promise((resolve) => setTimeout(resolve, i));
        return createPgSigningKeys({ ...ring, deriveKeys: identityKeys }).load();
      });
      assert.equal(new Set(rings.map(({ signingKid }) => signingKid)).size, 1);
      assert.ok(rings.every(({ publicKeys }) => publicKeys.length === 2));
    }
    await assert.rejects(
      createPgSigningKeys({ ...ring, deriveKeys: () => [Buffer.alloc(32, 1)] }).load(),
      /made with another secret/,
    );
    await fresh.stop();
    const { rows } = await pool.query<{ row: string }>('select k::text as row from signing_keys k');
    for (const { row } of rows) assert.ok(!row.includes('"d"') && !row.includes('"d":'));
  });

  it('sign tokens for the operator, which every service takes', async () => {
    const operator = createOperatorTokens({
      pool: plaza.pool('identity'),
      deriveKeys: identityKeys,
      clock: plaza.clock,
    });
    const token = await operator.issue(5);
    const verifier = createTokenVerifier(
      async () => (await plaza.send('GET', '/.well-known/jwks.json')).json<{ keys: [] }>(),
      () => plaza.clock().getTime(),
    );
    const principal = await verifier.verify(token);
    assert.partialDeepStrictEqual(principal, {
      id: '00000000-0000-7000-8000-000000000001',
      roles: ['service', 'admin'],
      isEmailVerified: true,
    });
    assert.equal(principal.sessionId, undefined);
    assert.equal((await plaza.me(token)).statusCode, 404);
    await assert.rejects(operator.issue(61), /1 to 60 minutes/);
  });
});
