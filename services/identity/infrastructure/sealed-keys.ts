import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

const nonceBytes = 12;
const tagBytes = 16;

const seal = (key: Buffer, kid: string, text: string): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(kid));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
};

/** The private half again; says what is wrong when the installation's secret is another one. */
export const unseal = (key: Buffer, kid: string, sealed: Buffer): string => {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(kid));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return (
      decipher.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') +
      decipher.final('utf8')
    );
  } catch (cause) {
    throw new Error(
      'The signing keys in the database were made with another secret than this installation has. ' +
        'Restore the file `secret` that belongs to this database.',
      { cause },
    );
  }
};

/** A new key as its row has it: id, public half, and the private half sealed under the id. */
export const newKey = async (
  sealingKey: Buffer,
): Promise<readonly [kid: string, publicJwk: JWK, sealed: Buffer]> => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const sealed = seal(sealingKey, kid, JSON.stringify(await exportJWK(privateKey)));
  return [kid, { ...jwk, kid, alg: 'EdDSA', use: 'sig' }, sealed];
};
