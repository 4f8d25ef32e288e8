import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, CompactSign, exportJWK } from 'jose';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import type { ExportSigner } from '../application/queries/export-ledger.ts';

/** How PKCS #8 writes an Ed25519 key: this, and its 32 bytes (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Every process of the installation derives the same key, and none stores it. A new secret brings a new
 * one: who keeps an export keeps the public key of its day with it.
 */
export const createExportSigner = (deriveKeys: DeriveKeys): ExportSigner => {
  const [seed] = deriveKeys('ledger-export');
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed.subarray(0, 32)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = async () => {
    const jwk = await exportJWK(createPublicKey(key));
    return { ...jwk, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
  };
  return {
    publicKey,
    begin() {
      const hash = createHash('sha256');
      return {
        add: (text) => void hash.update(text),
        async sign(claims) {
          const { kid } = await publicKey();
          const payload = JSON.stringify({ ...claims, sha256: hash.digest('hex') });
          return new CompactSign(Buffer.from(payload))
            .setProtectedHeader({ alg: 'EdDSA', typ: 'plaza-ledger-export', kid })
            .sign(key);
        },
      };
    },
  };
};
