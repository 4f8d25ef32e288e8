import { enrolmentScope } from '#shared/kernel/scopes.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Account, AccountRole } from '../domain/account.ts';
import { enrolmentMinutes, type SecondStepMethod } from '../domain/second-factors.ts';
import type { AccessTokens, NewSession, ProofMethod, Secrets } from './ports.ts';

export type AccessToken = Readonly<{ accessToken: string; expiresInSeconds: number }>;
type TokenSession = Pick<NewSession, 'id' | 'authenticatedAt' | 'methods'>;

/** What a client gets when somebody has proven who they are. */
export type SignedIn = AccessToken &
  Readonly<{
    refreshToken: string;
    account: Readonly<{
      id: string;
      username: string;
      email: string;
      roles: readonly AccountRole[];
      isEmailVerified: boolean;
    }>;
  }>;

/** A right password is not enough; the step is named by an id that only its beginner knows. */
export type CodeRequired = Readonly<{
  status: 'code_required';
  challengeId: string;
  methods: readonly SecondStepMethod[];
  expiresInSeconds: number;
}>;

/** The operator asks for a second factor that the account does not have yet. */
export type EnrolmentRequired = Readonly<{
  status: 'enrolment_required';
  /** Good for adding a factor and for nothing else. */
  enrolmentToken: string;
  expiresInSeconds: number;
  account: Readonly<{ username: string }>;
}>;

export type SignInOutcome =
  | (Readonly<{ status: 'signed_in' }> & SignedIn)
  | CodeRequired
  | EnrolmentRequired;

type Ports = Readonly<{
  secrets: Secrets;
  accessTokens: AccessTokens;
  clock: Clock;
  newId: () => string;
}>;

/** However often a session is refreshed, it ends after this long. */
export const sessionLifeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Opening a session has two halves with a commit between them: what is stored, and the answer that
 * is made of it. A token is signed only for a session that is committed.
 */
export const createSessionOpener = ({ secrets, accessTokens, clock, newId }: Ports) => {
  const accessToken = async (account: Account, session: TokenSession): Promise<AccessToken> => {
    const { token, expiresInSeconds } = await accessTokens.sign({
      sub: account.id,
      roles: account.roles,
      email_verified: account.emailVerifiedAt !== null,
      sid: session.id,
      epoch: account.sessionEpoch,
      auth_time: Math.floor(session.authenticatedAt.getTime() / 1000),
      amr: session.methods,
    });
    return { accessToken: token, expiresInSeconds };
  };
  return {
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
    accessToken,
    async answer(account: Account, session: TokenSession, refreshToken: string): Promise<SignedIn> {
      const { id, username, email, roles } = account;
      const isEmailVerified = account.emailVerifiedAt !== null;
      const known = { id, username, email, roles, isEmailVerified };
      return { ...(await accessToken(account, session)), refreshToken, account: known };
    },
    /** For who proved a password and must add a factor before anything else. */
    async enrolment(account: Account): Promise<EnrolmentRequired> {
      const claims = {
        sub: account.id,
        roles: [],
        email_verified: account.emailVerifiedAt !== null,
        epoch: account.sessionEpoch,
        auth_time: Math.floor(clock().getTime() / 1000),
        scope: enrolmentScope,
      };
      const { token, expiresInSeconds } = await accessTokens.sign(claims, enrolmentMinutes);
      const { username } = account;
      return {
        status: 'enrolment_required',
        enrolmentToken: token,
        expiresInSeconds,
        account: { username },
      };
    },
  };
};

export type SessionOpener = ReturnType<typeof createSessionOpener>;
