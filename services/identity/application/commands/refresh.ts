import { identityError } from '../../domain/account.ts';
import { isEnrolmentDue, type SecondFactorPolicy } from '../../domain/second-factors.ts';
import type { Secrets, Sessions } from '../ports.ts';
import type { SessionOpener, SignedIn } from '../signed-in.ts';

type Ports = Readonly<{
  sessions: Sessions;
  opener: SessionOpener;
  secrets: Secrets;
  policy: SecondFactorPolicy;
}>;

export type RefreshHandler = (command: Readonly<{ refreshToken: string }>) => Promise<SignedIn>;

/**
 * Trades a refresh token for its one successor. A token that was used before ends its family:
 * either its holder or a thief has the successor, and nobody can tell which (RFC 9700, 4.14.2). Only
 * the newest but one may come again for some seconds, and gets the same successor.
 */
export const createRefresh =
  ({ sessions, opener, secrets, policy }: Ports): RefreshHandler =>
  async ({ refreshToken }) => {
    const hash = secrets.hashOf(refreshToken);
    // A successor by a former key was given just before the installation's secret was replaced.
    for (const next of secrets.successorsOf(refreshToken)) {
      const rotated = await sessions.rotate(hash, next.hash);
      if (!rotated) continue;
      const { account, sessionId: id, authenticatedAt, methods } = rotated;
      // Asked for since the session began: signing in again leads to it.
      if (isEnrolmentDue(policy, account)) throw identityError('refresh_not_valid');
      return opener.answer(account, { id, authenticatedAt, methods }, next.token);
    }
    throw identityError((await sessions.endReused(hash)) ? 'refresh_reused' : 'refresh_not_valid');
  };
