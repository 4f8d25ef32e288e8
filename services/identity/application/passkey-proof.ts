import type { Account } from '../domain/account.ts';
import { isCounterRegressed } from '../domain/second-factors.ts';
import type { Circumstances, Secrets } from './ports.ts';
import type {
  PasskeyAssertion,
  Passkeys,
  RelyingParty,
  UsableProof,
  WebAuthn,
} from './second-factor-ports.ts';

type Ports = Readonly<{ passkeys: Passkeys; webAuthn: WebAuthn; secrets: Secrets }>;
type PasskeyProof = Extract<UsableProof, { method: 'passkey' }>;

/** The bytes that an authenticator keeps to name the account: its id, and nothing of its holder. */
export const userHandleOf = (accountId: string): string =>
  Buffer.from(accountId.replaceAll('-', ''), 'hex').toString('base64url');

/**
 * Judges the signature of a passkey. Whether its challenge was ours and is still open is decided
 * where it is used up. A passkey whose counter does not grow was copied: refused, and written down.
 */
export const createPasskeyJudge =
  ({ passkeys, webAuthn, secrets }: Ports) =>
  async (
    assertion: PasskeyAssertion,
    party: RelyingParty,
    circumstances: Circumstances,
  ): Promise<Readonly<{ account: Account; proof: PasskeyProof | undefined }> | undefined> => {
    const challenge = webAuthn.challengeOf(assertion.response.clientDataJSON);
    const found = await passkeys.find(Buffer.from(assertion.id, 'base64url'));
    if (challenge === undefined || !found) return undefined;
    const { account, passkey } = found;
    const { userHandle } = assertion.response;
    const isOther = typeof userHandle === 'string' && userHandle !== userHandleOf(account.id);
    const verified = isOther
      ? undefined
      : await webAuthn.verify(assertion, challenge, party, passkey);
    if (!verified) return { account, proof: undefined };
    if (isCounterRegressed(passkey.counter, verified.counter)) {
      await passkeys.noteRefusal('copied', account.id, circumstances);
      return { account, proof: undefined };
    }
    const challengeHash = secrets.hashOf(challenge);
    const { counter } = verified;
    return { account, proof: { method: 'passkey', passkeyId: passkey.id, counter, challengeHash } };
  };

export type PasskeyJudge = ReturnType<typeof createPasskeyJudge>;
