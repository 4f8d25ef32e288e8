import type { Clock } from '#shared/platform/module.ts';
import type { Account, AccountRole } from '../domain/account.ts';
import type { AccessTokens, NewSession, ProofMethod, Secrets } from './ports.ts';

/** What a client gets when somebody has proven who they are. */
export type SignedIn = Readonly<{
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string;
  account: Readonly<{
    id: string;
    username: string;
    email: string;
    roles: readonly AccountRole[];
    isEmailVerified: boolean;
  }>;
}>;

type Ports = Readonly<{
  secrets: Secrets;
  accessTokens: AccessTokens;
  clock: Clock;
  newId: () => string;
}>;

/** However often a session is refreshed, it ends after this long. */
const sessionLifeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Opening a session has two halves with a commit between them: what is stored, and the answer that
 * is made of it. A token is signed only for a session that is committed.
 */
export const createSessionOpener = ({ secrets, accessTokens, clock, newId }: Ports) => ({
  /**
   * A session to store, and the refresh token that only the client keeps. `methods` say what its
   * holder has proven, in the words of the `amr` claim.
   */
  prepare(
    methods: readonly ProofMethod[],
  ): Readonly<{ session: NewSession; refreshToken: string }> {
    const { token, hash } = secrets.newToken();
    const authenticatedAt = clock();
    const expiresAt = new Date(authenticatedAt.getTime() + sessionLifeMs);
    const session = { id: newId(), refreshHash: hash, expiresAt, authenticatedAt, methods };
    return { session, refreshToken: token };
  },
  async answer(
    account: Account,
    session: Pick<NewSession, 'id' | 'authenticatedAt' | 'methods'>,
    refreshToken: string,
  ): Promise<SignedIn> {
    const { id, username, email, roles } = account;
    const isEmailVerified = account.emailVerifiedAt !== null;
    const { token, expiresInSeconds } = await accessTokens.sign({
      sub: id,
      roles,
      email_verified: isEmailVerified,
      sid: session.id,
      epoch: account.sessionEpoch,
      auth_time: Math.floor(session.authenticatedAt.getTime() / 1000),
      amr: session.methods,
    });
    const known = { id, username, email, roles, isEmailVerified };
    return { accessToken: token, expiresInSeconds, refreshToken, account: known };
  },
});

export type SessionOpener = ReturnType<typeof createSessionOpener>;
