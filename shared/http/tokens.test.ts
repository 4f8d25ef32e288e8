import assert from 'node:assert/strict';
import { KeyObject, sign as signBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose';
import { createLogger } from '../telemetry/logger.ts';
import { useAuthentication, useAuthorisation } from './authenticate.ts';
import { createHttpServer } from './server.ts';
import { createTokenVerifier, tokenAudience, tokenIssuer, type IssuerKeys } from './tokens.ts';

const newKey = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const sign = (issuer = tokenIssuer, claims: object = {}) =>
    new SignJWT({ roles: [], email_verified: true, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setIssuer(issuer)
      .setAudience(tokenAudience)
      .setSubject(crypto.randomUUID())
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  /** Of a header and claims as they are written. */
  const signText = (header: string, claims: string): string => {
    const text = [header, claims].map((part) => Buffer.from(part).toString('base64url')).join('.');
    const key = KeyObject.from(privateKey);
    return `${text}.${signBytes(null, Buffer.from(text), key).toString('base64url')}`;
  };
  return { jwk: { ...(await exportJWK(publicKey)), kid }, sign, signText };
};
const away = { code: 'http.unavailable' };
const invalid = { code: 'auth.invalid_token' };

describe('tokens while their keys', async () => {
  const [first, second] = [await newKey('first'), await newKey('second')];
  const start = () => {
    const state = {
      answer: (): Promise<IssuerKeys> => Promise.resolve({ keys: [first.jwk] }),
      fetches: 0,
      now: Date.now(),
    };
    const fetchKeys = () => {
      state.fetches += 1;
      return state.answer();
    };
    return { state, verifier: createTokenVerifier(fetchKeys, () => state.now) };
  };
  const fail = () => Promise.reject(new Error('connect ECONNREFUSED'));

  for (const [what, answer] of [
    ['cannot be fetched', fail],
    [
      'fail at once',
      () => {
        throw new Error('nobody there');
      },
    ],
    ['are a problem document', async () => ({ status: 503 }) as unknown as JSONWebKeySet],
  ] as const)
    it(`${what} are not called invalid, and are good as soon as keys are there`, async () => {
      const { state, verifier } = start();
      const [token, { answer: well }] = [await first.sign(), { ...state }];
      state.answer = answer;
      await assert.rejects(verifier.verify(token), away);
      await assert.rejects(verifier.verify(token), away);
      state.answer = well;
      assert.ok((await verifier.verify(token)).isEmailVerified);
    });

  it('have a name with an escape are refused or read as they are written, and never as another’s', async () => {
    const { verifier } = start();
    const subject = crypto.randomUUID();
    const now = Math.floor(Date.now() / 1_000);
    const claims = (sub: string): string =>
      `{"iss":"${tokenIssuer}","aud":"${tokenAudience}",${sub},"roles":[],"email_verified":true,` +
      `"jti":"${crypto.randomUUID()}","iat":${now},"exp":${now + 60}}`;
    const header = (alg: string): string => `{${alg}:"EdDSA","typ":"at+jwt","kid":"first"}`;
    const plain = [header('"alg"'), claims(`"sub":"${subject}"`)] as const;
    assert.equal((await verifier.verify(first.signText(...plain))).id, subject);
    // V8 takes an escape for a name `\\` that it has seen in the same place (nodejs/node#63785).
    for (const text of [header('"\\\\"'), claims(`"\\\\":"${subject}"`)]) JSON.parse(text);
    for (const [head, body] of [
      [header('"\\u0061lg"'), plain[1]],
      [plain[0], claims(`"\\u0073ub":"${subject}"`)],
      [plain[0], claims(`"\\u0073ub":"somebody else","sub":"${subject}"`)],
    ] as const) {
      const read = await verifier.verify(first.signText(head, body)).then(
        ({ id }) => id,
        (error: { code: string }) => error.code,
      );
      assert.ok([subject, invalid.code].includes(read), read);
    }
  });

  it('say who issues to applications make theirs good too, from the first on', async () => {
    const { state, verifier } = start();
    const issuer = 'https://plaza.example';
    state.answer = async () => ({ keys: [first.jwk], issuer });
    const principal = await verifier.verify(await first.sign(issuer, { scope: 'a b' }));
    assert.deepEqual(principal.scopes, ['a', 'b']);
    // Without scopes it has none, and not all as one of our own.
    assert.deepEqual((await verifier.verify(await first.sign(issuer))).scopes, []);
    assert.equal((await verifier.verify(await first.sign())).scopes, undefined);
    for (const other of [`${issuer}/`, 'https://elsewhere.example', 'plaza-services'])
      await assert.rejects(verifier.verify(await first.sign(other)), invalid);
    assert.equal(state.fetches, 1);
  });

  it('name another issuer later are fetched again, and seldom', async () => {
    const { state, verifier } = start();
    await verifier.verify(await first.sign());
    const issuer = 'http://localhost:8001';
    state.answer = async () => ({ keys: [first.jwk], issuer });
    await assert.rejects(verifier.verify(await first.sign(issuer)), invalid);
    state.now += 6_000;
    assert.deepEqual((await verifier.verify(await first.sign(issuer))).scopes, []);
    for (let i = 0; i < 5; i++)
      await assert.rejects(verifier.verify(await first.sign('http://elsewhere.test')), invalid);
    assert.equal(state.fetches, 2);
  });

  it('are fetched are waited for together', async () => {
    const { state, verifier } = start();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => first.sign()));
    await Promise.all(tokens.map((token) => verifier.verify(token)));
    assert.equal(state.fetches, 1);
  });

  it('are known go on, and only one of a new key waits for identity to come back', async () => {
    const { state, verifier } = start();
    await verifier.verify(await first.sign());
    state.now += 6_000;
    state.answer = fail;
    assert.ok(await verifier.verify(await first.sign()));
    await assert.rejects(verifier.verify(await second.sign()), away);
    state.answer = async () => ({ keys: [first.jwk, second.jwk] });
    assert.ok(await verifier.verify(await second.sign()));
  });

  it('are there are refused when they are bad', async () => {
    const { state, verifier } = start();
    const [head, body] = (await first.sign()).split('.');
    const [, , signature] = (await first.sign()).split('.');
    await assert.rejects(verifier.verify(`${head}.${body}.${signature}`), invalid);
    await assert.rejects(verifier.verify(await second.sign()), invalid);
    await assert.rejects(verifier.verify('a.b.c'), invalid);
    assert.equal(state.fetches, 1);
  });

  it('cannot be fetched get 503 and when to come again, on public routes too', async () => {
    const { state, verifier } = start();
    state.answer = fail;
    const app = createHttpServer({ log: createLogger({ level: 'silent' }) });
    useAuthentication(app, { tokens: verifier });
    useAuthorisation(app);
    app.get('/products', { config: { access: 'public' } }, async () => 'read');
    const get = (authorization?: string) =>
      app.inject({ url: '/products', headers: authorization ? { authorization } : {} });
    const reply = await get(`Bearer ${await first.sign()}`);
    assert.deepEqual([reply.statusCode, reply.headers['retry-after']], [503, '2']);
    assert.equal(reply.json<{ code: string }>().code, 'http.unavailable');
    assert.equal((await get('Bearer nonsense')).statusCode, 401);
    assert.equal((await get()).statusCode, 200);
    await app.close();
  });
});
