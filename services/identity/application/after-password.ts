import type { Clock } from '#shared/platform/module.ts';
import type { Account } from '../domain/account.ts';
import {
  isEnrolmentDue,
  isSecondStepAsked,
  methodsOf,
  secondStepRules,
  type SecondFactorPolicy,
} from '../domain/second-factors.ts';
import type { ChallengeMaker } from './challenges.ts';
import type { Circumstances, SignIns } from './ports.ts';
import type { FactorSecrets, SecondSteps } from './second-factor-ports.ts';
import type { CodeRequired, SessionOpener, SignInOutcome } from './signed-in.ts';

type Ports = Readonly<{
  policy: SecondFactorPolicy;
  signIns: SignIns;
  secondSteps: SecondSteps;
  factorSecrets: FactorSecrets;
  sessions: SessionOpener;
  newChallenge: ChallengeMaker;
  clock: Clock;
}>;

/**
 * What follows a right password: a session, a second step, or the way to a missing factor, by one
 * statement each. Undefined: the name was locked meanwhile, or the account changed.
 */
export const createAfterPassword = (ports: Ports) => {
  const { policy, signIns, secondSteps, factorSecrets, sessions, newChallenge, clock } = ports;

  const beginStep = async (
    account: Account,
    triesKey: string,
    circumstances: Circumstances,
  ): Promise<CodeRequired | undefined> => {
    const { id, hash } = factorSecrets.newStepId();
    const expiresInSeconds = secondStepRules.lifeMinutes * 60;
    const step = {
      idHash: hash,
      expiresAt: new Date(clock().getTime() + expiresInSeconds * 1000),
      // Who has nothing else needs no second request to get it.
      mail: account.secondFactors.every(({ kind }) => kind === 'email')
        ? newChallenge('second_step')
        : undefined,
    };
    if (!(await secondSteps.beginSignIn(account, triesKey, step, circumstances))) return undefined;
    const methods = methodsOf(account);
    return { status: 'code_required', challengeId: id, methods, expiresInSeconds };
  };

  return async (
    account: Account,
    triesKey: string,
    circumstances: Circumstances,
  ): Promise<SignInOutcome | undefined> => {
    if (isSecondStepAsked(policy, account)) return beginStep(account, triesKey, circumstances);
    const isDue = isEnrolmentDue(policy, account);
    const { session, refreshToken } = sessions.prepare(['pwd']);
    const toOpen = isDue ? undefined : session;
    if (!(await signIns.open(account, triesKey, toOpen, circumstances))) return undefined;
    if (isDue) return sessions.enrolment(account);
    return { status: 'signed_in', ...(await sessions.answer(account, session, refreshToken)) };
  };
};

export type AfterPassword = ReturnType<typeof createAfterPassword>;
