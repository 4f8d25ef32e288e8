import type { Secrets, Sessions } from '../ports.ts';

/** The family to end: of a refresh token, or the one that an access token belongs to. */
export type Logout = Readonly<{ refreshToken: string }> | Readonly<{ sessionId: string }>;

export type LogoutHandler = (command: Logout) => Promise<void>;

/** Ends one session. A token that is unknown or has ended is no error (RFC 7009, 2.2). */
export const createLogout =
  ({ sessions, secrets }: Readonly<{ sessions: Sessions; secrets: Secrets }>): LogoutHandler =>
  (command) =>
    'refreshToken' in command
      ? sessions.endByRefresh(secrets.hashOf(command.refreshToken))
      : sessions.end(command.sessionId);
