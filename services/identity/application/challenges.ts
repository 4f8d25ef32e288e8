import type { Clock } from '#shared/platform/module.ts';
import { challengeRules, type ChallengePurpose } from '../domain/challenge.ts';
import type { NewChallenge, Secrets } from './ports.ts';

type Ports = Readonly<{ secrets: Secrets; clock: Clock; newId: () => string }>;

/** Makes a challenge. What it proves is derived from its id, so no secret is stored or queued. */
export const createChallengeMaker =
  ({ secrets, clock, newId }: Ports) =>
  (purpose: ChallengePurpose, address?: string): NewChallenge => {
    const id = newId();
    const expiresAt = new Date(clock().getTime() + challengeRules[purpose].lifeMinutes * 60_000);
    const secretHash =
      purpose === 'reset_password' ? secrets.hashOf(secrets.linkTokensOf(id)[0]) : null;
    const to = address === undefined ? {} : { address };
    return { id, purpose, expiresAt, secretHash, ...to };
  };

export type ChallengeMaker = ReturnType<typeof createChallengeMaker>;
