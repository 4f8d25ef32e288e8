import { passkeyAlgorithms, passkeyMinutes } from '../domain/second-factors.ts';
import type { Account } from '../domain/account.ts';
import type { KnownCredential, RelyingParty } from './second-factor-ports.ts';
import { userHandleOf } from './passkey-proof.ts';

/** What a page hands to `navigator.credentials` (WebAuthn 3, 5.4 and 5.5), as JSON. */
const timeout = passkeyMinutes * 60_000;

const toDescriptor = ({ credentialId, transports }: KnownCredential) => ({
  id: credentialId.toString('base64url'),
  type: 'public-key' as const,
  transports: [...transports],
});

/** Without a list, the authenticator shows what it has: so the answer is the same for everybody. */
export const requestOptions = (
  challenge: string,
  party: RelyingParty,
  known?: readonly KnownCredential[],
) => ({
  challenge,
  timeout,
  rpId: party.id,
  userVerification: 'required' as const,
  ...(known === undefined ? {} : { allowCredentials: known.map(toDescriptor) }),
});

export const creationOptions = (
  challenge: string,
  party: RelyingParty,
  account: Account,
  known: readonly KnownCredential[],
  shopName: string,
) => ({
  // A name to be read: passkeys belong to the id, so those that are there go on under another name.
  rp: { id: party.id, name: shopName },
  user: {
    id: userHandleOf(account.id),
    name: account.email,
    displayName: account.fullName ?? account.username,
  },
  challenge,
  pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ type: 'public-key' as const, alg })),
  timeout,
  attestation: 'none' as const,
  excludeCredentials: known.map(toDescriptor),
  authenticatorSelection: {
    residentKey: 'required' as const,
    requireResidentKey: true,
    userVerification: 'required' as const,
  },
});

export type RequestOptions = ReturnType<typeof requestOptions>;
export type CreationOptions = ReturnType<typeof creationOptions>;
