import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import { passkeyMinutes, type SecondFactorPolicy } from '../../domain/second-factors.ts';
import type { EnabledFactor, FactorEnabler } from '../enabled-factor.ts';
import { creationOptions, type CreationOptions } from '../passkey-options.ts';
import type { Circumstances, Secrets } from '../ports.ts';
import type {
  PasskeyRegistration,
  Passkeys,
  RelyingParty,
  WebAuthn,
} from '../second-factor-ports.ts';

type Ports = Readonly<{
  policy: SecondFactorPolicy;
  shopName: () => Promise<string>;
  passkeys: Passkeys;
  webAuthn: WebAuthn;
  secrets: Secrets;
  enable: FactorEnabler;
  clock: Clock;
  newId: () => string;
}>;

export type BeginPasskeyHandler = (
  command: Readonly<{ accountId: string; party: RelyingParty }>,
) => Promise<CreationOptions>;
export type RegisterPasskeyHandler = (
  command: Readonly<{
    accountId: string;
    name: string;
    registration: PasskeyRegistration;
    party: RelyingParty;
  }>,
  circumstances: Circumstances,
) => Promise<EnabledFactor>;

export const createBeginPasskey =
  ({ policy, passkeys, secrets, clock, shopName }: Ports): BeginPasskeyHandler =>
  async ({ accountId, party }) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const { token, hash } = secrets.newToken();
    const expiresAt = new Date(clock().getTime() + passkeyMinutes * 60_000);
    const begun = await passkeys.beginRegistration(accountId, hash, expiresAt);
    if (!begun) throw identityError('account_not_found');
    return creationOptions(token, party, begun.account, begun.known, await shopName());
  };

/** A new passkey of the account, for both steps at once or for the second. */
export const createRegisterPasskey = (ports: Ports): RegisterPasskeyHandler => {
  const { policy, passkeys, webAuthn, secrets, enable, newId } = ports;
  return async ({ accountId, name, registration, party }, circumstances) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const challenge = webAuthn.challengeOf(registration.response.clientDataJSON);
    if (challenge === undefined) throw identityError('passkey_refused');
    const challengeHash = secrets.hashOf(challenge);
    const found = await passkeys.findRegistration(accountId, challengeHash);
    if (!found) throw identityError('account_not_found');
    const credential = found.isOpen
      ? await webAuthn.register(registration, challenge, party)
      : undefined;
    if (!credential) throw identityError('passkey_refused');
    const id = newId();
    const passkey = { ...credential, name };
    const proof = { kind: 'passkey', id, passkey, challengeHash } as const;
    return enable(found.account, { id, kind: 'passkey', proof }, circumstances);
  };
};
