import type { SignedInAccount } from '../oauth-ports.ts';
import type { AccessTokens, Circumstances, Sessions } from '../ports.ts';
import type { SignedIn } from '../signed-in.ts';
import type { Login, LoginHandler } from './login.ts';

type Ports = Readonly<{
  login: LoginHandler;
  accessTokens: Pick<AccessTokens, 'check'>;
  sessions: Pick<Sessions, 'end'>;
}>;

export type SignInForApplicationHandler = (
  command: Login,
  circumstances: Circumstances,
) => Promise<SignedInAccount>;

/**
 * What the outcome of our own sign-in means for an application. The session that it opened is ended:
 * the application gets a grant of its own, and nobody holds the session's tokens.
 */
const toAccount = async (
  signedIn: SignedIn,
  { accessTokens, sessions }: Ports,
): Promise<SignedInAccount> => {
  const claims = await accessTokens.check(signedIn.accessToken);
  if (claims?.sid === undefined || claims.epoch === undefined)
    throw new Error('a token that was just signed does not say its session');
  await sessions.end(claims.sid);
  return { accountId: signedIn.account.id, epoch: claims.epoch };
};

/** Signs in on the page that an application sent the browser to, by the same rules and locks. */
export const createSignInForApplication =
  (ports: Ports): SignInForApplicationHandler =>
  async (command, circumstances) =>
    toAccount(await ports.login(command, circumstances), ports);
