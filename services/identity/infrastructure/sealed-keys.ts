import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Keys } from '#shared/platform/secret.ts';
import { seal, unseal } from './sealing.ts';

/** The private half again; says what is wrong when the installation's secret is another one. */
export const unsealKey = (keys: Keys, kid: string, sealed: Buffer): string => {
  try {
    return unseal(keys, kid, sealed).toString('utf8');
  } catch (cause) {
    throw new Error(
      'The signing keys in the database were made with another secret than this installation has. ' +
        'Restore the file `secret` that belongs to this database, or give the secret that it was made with ' +
        'as PLAZA_PREVIOUS_SECRET beside the new one.',
      { cause },
    );
  }
};

/** A new key as its row has it: id, public half, and the private half sealed under the id. */
export const newKey = async (
  sealingKeys: Keys,
): Promise<readonly [kid: string, publicJwk: JWK, sealed: Buffer]> => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const sealed = seal(sealingKeys, kid, Buffer.from(JSON.stringify(await exportJWK(privateKey))));
  return [kid, { ...jwk, kid, alg: 'EdDSA', use: 'sig' }, sealed];
};
