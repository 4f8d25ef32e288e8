import { identityError } from '../../domain/account.ts';
import { readEmail } from '../../domain/names.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Challenges, Circumstances } from '../ports.ts';

type Ports = Readonly<{ challenges: Challenges; newChallenge: ChallengeMaker }>;

export type RequestChallengeHandler = (
  command: Readonly<{ email: string }>,
  circumstances: Circumstances,
) => Promise<void>;

/** The hour of an address of the network goes by little by little. */
const tooManyRetrySeconds = 300;

/** `verify_email` sends the code again, `reset_password` a link; both tell the caller nothing. */
export const createRequestChallenge =
  (
    purpose: 'verify_email' | 'reset_password',
    { challenges, newChallenge }: Ports,
  ): RequestChallengeHandler =>
  async ({ email }, circumstances) => {
    const challenge = newChallenge(purpose);
    const outcome = await challenges.request(readEmail(email), challenge, circumstances);
    if (outcome === 'too_many')
      throw identityError('too_many_codes', { retryAfterSeconds: tooManyRetrySeconds });
  };
