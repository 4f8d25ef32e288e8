import type { DeadlineHandler } from '#shared/messaging/deadlines.ts';
import type { AccessTokens, CleanUp } from '../ports.ts';

/** What identity does by the calendar: its keys change, and what nobody needs any more goes. */
export const createHousekeeping = (
  ports: Readonly<{ accessTokens: AccessTokens; cleanUp: CleanUp }>,
  kinds: Readonly<{ rotate: string; retire: string; cleanUp: string }>,
): readonly DeadlineHandler[] => [
  { kind: kinds.rotate, handle: () => ports.accessTokens.rotate() },
  { kind: kinds.retire, handle: () => ports.accessTokens.retire() },
  { kind: kinds.cleanUp, handle: () => ports.cleanUp.run() },
];
