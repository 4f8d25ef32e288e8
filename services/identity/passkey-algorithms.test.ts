import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { passkeyAlgorithms } from './domain/second-factors.ts';
import { createSimpleWebAuthn } from './infrastructure/simple-web-authn.ts';

const party = { id: 'localhost', origins: ['http://localhost'] };
const challenge = randomBytes(32).toString('base64url');
const bytesOf = (text: string | undefined): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text!, 'base64url'));

/** What a browser sends of a new passkey with this public key (COSE, RFC 9053). */
const registrationOf = (key: ReadonlyMap<number, number | Uint8Array<ArrayBuffer>>) => {
  const id = randomBytes(16);
  const authData = Buffer.concat([
    createHash('sha256').update(party.id).digest(),
    // Somebody is there, was verified, and a credential follows; the counter is zero.
    Buffer.from([0x45, 0, 0, 0, 0]),
    Buffer.alloc(16),
    Buffer.from([0, id.length]),
    id,
    isoCBOR.encode(new Map(key)),
  ]);
  const attestation = new Map<string, string | Map<string, never> | Uint8Array<ArrayBuffer>>([
    ['fmt', 'none'],
    ['attStmt', new Map<string, never>()],
    ['authData', new Uint8Array(authData)],
  ]);
  const client = { type: 'webauthn.create', challenge, origin: party.origins[0] };
  return {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key' as const,
    response: {
      clientDataJSON: Buffer.from(JSON.stringify(client)).toString('base64url'),
      attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
    },
  };
};

it('takes a new passkey of 128 bits of strength, and none with RSA', async () => {
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  const ec = new Map<number, number | Uint8Array<ArrayBuffer>>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytesOf(curve.x)],
    [-3, bytesOf(curve.y)],
  ]);
  const modulus = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
    format: 'jwk',
  });
  const rsa = new Map<number, number | Uint8Array<ArrayBuffer>>([
    [1, 3],
    [3, -257],
    [-1, bytesOf(modulus.n)],
    [-2, bytesOf(modulus.e)],
  ]);
  assert.deepEqual(passkeyAlgorithms, [-7, -8]);
  const passkeys = createSimpleWebAuthn();
  const register = (key: typeof ec) => passkeys.register(registrationOf(key), challenge, party);
  assert.equal((await register(ec))?.counter, 0);
  assert.equal(await register(rsa), undefined);
});
