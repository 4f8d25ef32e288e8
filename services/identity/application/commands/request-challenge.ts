import { readEmail } from '../../domain/names.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Challenges, Circumstances } from '../ports.ts';

type Ports = Readonly<{ challenges: Challenges; newChallenge: ChallengeMaker }>;

export type RequestChallengeHandler = (
  command: Readonly<{ email: string }>,
  circumstances: Circumstances,
) => Promise<void>;

/** `verify_email` sends the code again, `reset_password` a link; both tell the caller nothing. */
export const createRequestChallenge =
  (
    purpose: 'verify_email' | 'reset_password',
    { challenges, newChallenge }: Ports,
  ): RequestChallengeHandler =>
  ({ email }, circumstances) =>
    challenges.request(readEmail(email), newChallenge(purpose), circumstances);
