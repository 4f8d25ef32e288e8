import type { Circumstances } from '../ports.ts';
import { proofMethodOf, type SecondSteps } from '../second-factor-ports.ts';
import type { SecondStepJudge, SecondStepProof } from '../second-step.ts';
import type { SessionOpener, SignedIn } from '../signed-in.ts';

export type VerifySecondStep = Readonly<{ challengeId: string; proof: SecondStepProof }>;

type Ports = Readonly<{
  judge: SecondStepJudge;
  secondSteps: SecondSteps;
  sessions: SessionOpener;
}>;

export type VerifySecondStepHandler = (
  command: VerifySecondStep,
  circumstances: Circumstances,
) => Promise<SignedIn>;

/** The second half of a sign-in: opens the session that the password alone did not. */
export const createVerifySecondStep =
  ({ judge, secondSteps, sessions }: Ports): VerifySecondStepHandler =>
  async ({ challengeId, proof }, circumstances) => {
    const { idHash, step, usable } = await judge.find(challengeId, 'sign_in', proof, circumstances);
    if (step && usable) {
      const { session, refreshToken } = sessions.prepare(['pwd', proofMethodOf[proof.method]]);
      if (await secondSteps.passSignIn(step, usable, session, circumstances))
        return sessions.answer(step.account, session, refreshToken);
    }
    await secondSteps.countMiss(idHash, proof.method, step?.account.id ?? null, circumstances);
    throw judge.notValid();
  };
