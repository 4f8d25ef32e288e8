import type { AccessTokens, CheckedToken, Sessions } from '../ports.ts';

type Ports = Readonly<{ accessTokens: AccessTokens; sessions: Sessions }>;

export type CheckTokenQuery = (token: string) => Promise<CheckedToken | undefined>;

/**
 * Whether an access token is good at this moment: its signature and times, and its session too,
 * which other services do not ask about (their answer is at most one token life old).
 */
export const createCheckToken =
  ({ accessTokens, sessions }: Ports): CheckTokenQuery =>
  async (token) => {
    const claims = await accessTokens.check(token);
    if (claims?.sid === undefined) return claims;
    return (await sessions.isAlive(claims.sid)) ? claims : undefined;
  };
