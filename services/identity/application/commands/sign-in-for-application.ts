import type { SignedInAccount } from '../oauth-ports.ts';
import type { AccessTokens, Circumstances, Sessions } from '../ports.ts';
import type { CodeRequired, SignedIn, SignInOutcome } from '../signed-in.ts';
import type { Login, LoginHandler } from './login.ts';
import type { VerifySecondStep, VerifySecondStepHandler } from './verify-second-step.ts';

type Ports = Readonly<{
  login: LoginHandler;
  verifySecondStep: VerifySecondStepHandler;
  accessTokens: Pick<AccessTokens, 'check'>;
  sessions: Pick<Sessions, 'end'>;
}>;

/** What the page says next. Who must add a second factor first does that in the account, not here. */
export type ApplicationSignIn =
  | Readonly<{ status: 'signed_in'; account: SignedInAccount }>
  | CodeRequired
  | Readonly<{ status: 'enrolment_required' }>;

export type SignInForApplication = Readonly<{
  withPassword: (command: Login, circumstances: Circumstances) => Promise<ApplicationSignIn>;
  withSecondStep: (
    command: VerifySecondStep,
    circumstances: Circumstances,
  ) => Promise<SignedInAccount>;
}>;

/** Signs in on the page that an application sent the browser to, by the same rules and locks. */
export const createSignInForApplication = (ports: Ports): SignInForApplication => {
  const { login, verifySecondStep, accessTokens, sessions } = ports;

  /**
   * The session that our own sign-in opened is ended: the application gets a grant of its own, and
   * nobody holds the session's tokens.
   */
  const toAccount = async (signedIn: SignedIn): Promise<SignedInAccount> => {
    const claims = await accessTokens.check(signedIn.accessToken);
    if (claims?.sid === undefined || claims.epoch === undefined)
      throw new Error('a token that was just signed does not say its session');
    await sessions.end(claims.sid);
    return { accountId: signedIn.account.id, epoch: claims.epoch };
  };
  const toNext = async (outcome: SignInOutcome): Promise<ApplicationSignIn> =>
    outcome.status === 'signed_in'
      ? { status: 'signed_in', account: await toAccount(outcome) }
      : outcome;

  return {
    withPassword: async (command, circumstances) => toNext(await login(command, circumstances)),
    withSecondStep: async (command, circumstances) =>
      toAccount(await verifySecondStep(command, circumstances)),
  };
};
