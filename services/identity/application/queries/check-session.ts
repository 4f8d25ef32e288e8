import type { EndedSessions, SessionOfToken } from '#shared/platform/ended-sessions.ts';
import type { Sessions } from '../ports.ts';

export type CheckSessionQuery = (of: SessionOfToken) => Promise<boolean>;

/** Whether the session of a token has ended. Who asks could not read it elsewhere: so tell again. */
export const createCheckSession =
  (
    { truth }: Pick<Sessions, 'truth'>,
    endedSessions: Pick<EndedSessions, 'standOn'>,
  ): CheckSessionQuery =>
  async (of) => {
    void endedSessions.standOn(truth);
    return truth.isEnded(of);
  };
