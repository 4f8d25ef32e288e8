import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import { passkeyMinutes, type SecondFactorPolicy } from '../../domain/second-factors.ts';
import { requestOptions, type RequestOptions } from '../passkey-options.ts';
import type { PasskeyJudge } from '../passkey-proof.ts';
import type { Circumstances, Secrets } from '../ports.ts';
import type { PasskeyAssertion, Passkeys, RelyingParty } from '../second-factor-ports.ts';
import type { SessionOpener, SignedIn } from '../signed-in.ts';

type Ports = Readonly<{
  policy: SecondFactorPolicy;
  passkeys: Passkeys;
  judgePasskey: PasskeyJudge;
  secrets: Secrets;
  sessions: SessionOpener;
  clock: Clock;
}>;

/** For a sign-in by passkey alone, or, with a challenge, for the second step that it names. */
export type AskForPasskey = Readonly<{ party: RelyingParty; challengeId?: string }>;
export type AskForPasskeyHandler = (command: AskForPasskey) => Promise<RequestOptions>;
export type SignInWithPasskeyHandler = (
  command: Readonly<{ assertion: PasskeyAssertion; party: RelyingParty }>,
  circumstances: Circumstances,
) => Promise<SignedIn>;

export const createAskForPasskey =
  ({ policy, passkeys, secrets, clock }: Ports): AskForPasskeyHandler =>
  async ({ party, challengeId }) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const { token, hash } = secrets.newToken();
    const expiresAt = new Date(clock().getTime() + passkeyMinutes * 60_000);
    if (challengeId === undefined) {
      await passkeys.beginSignIn(hash, expiresAt);
      return requestOptions(token, party);
    }
    const known = await passkeys.beginSecondStep(secrets.hashOf(challengeId), hash, expiresAt);
    if (!known) throw identityError('challenge_not_valid');
    return requestOptions(token, party, known);
  };

/**
 * Signs in with a passkey and nothing else: it is something that its holder has, and was unlocked by
 * what they know or are, so it counts for both steps.
 */
export const createSignInWithPasskey = (ports: Ports): SignInWithPasskeyHandler => {
  const { policy, passkeys, judgePasskey, sessions } = ports;
  return async ({ assertion, party }, circumstances) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const judged = await judgePasskey(assertion, party, circumstances);
    if (judged?.proof) {
      const { account, proof } = judged;
      const { session, refreshToken } = sessions.prepare(['hwk']);
      if (await passkeys.signIn(proof, account, session, circumstances))
        return sessions.answer(account, session, refreshToken);
    }
    await passkeys.noteRefusal('wrong', judged?.account.id ?? null, circumstances);
    throw identityError('passkey_not_valid');
  };
};
