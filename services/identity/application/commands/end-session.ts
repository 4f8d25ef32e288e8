import { identityError } from '../../domain/account.ts';
import type { Circumstances, Sessions } from '../ports.ts';

export type EndSession = Readonly<{ accountId: string; sessionId: string }>;

export type EndSessionHandler = (
  command: EndSession,
  circumstances: Circumstances,
) => Promise<void>;

/** Ends one session of the caller's account. Another's, and one that has ended, are not there. */
export const createEndSession =
  (sessions: Pick<Sessions, 'endOwn'>): EndSessionHandler =>
  async ({ accountId, sessionId }, circumstances) => {
    if (!(await sessions.endOwn(accountId, sessionId, circumstances)))
      throw identityError('session_not_found');
  };
