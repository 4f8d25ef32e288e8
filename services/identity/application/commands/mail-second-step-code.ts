import { identityError } from '../../domain/account.ts';
import { secondStepRules } from '../../domain/second-factors.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Circumstances, Secrets } from '../ports.ts';
import type { SecondSteps } from '../second-factor-ports.ts';

type Ports = Readonly<{
  secondSteps: SecondSteps;
  secrets: Secrets;
  newChallenge: ChallengeMaker;
}>;

export type MailSecondStepCodeHandler = (
  command: Readonly<{ challengeId: string }>,
  circumstances: Circumstances,
) => Promise<void>;

/** Mails a code for a waiting step; one that was mailed before counts no more. */
export const createMailSecondStepCode =
  ({ secondSteps, secrets, newChallenge }: Ports): MailSecondStepCodeHandler =>
  async ({ challengeId }, circumstances) => {
    const idHash = secrets.hashOf(challengeId);
    const outcome = await secondSteps.mail(idHash, newChallenge('second_step'), circumstances);
    if (outcome === 'not_open') throw identityError('challenge_not_valid');
    if (outcome === 'too_many')
      throw identityError('too_many_codes', {
        retryAfterSeconds: secondStepRules.mailEverySeconds,
      });
  };
