import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../domain/account.ts';
import { totpStepsToTry } from '../domain/totp.ts';
import type { PasskeyJudge } from './passkey-proof.ts';
import type { Circumstances, Secrets } from './ports.ts';
import type {
  FactorSecrets,
  PasskeyAssertion,
  RelyingParty,
  SecondStep,
  SecondSteps,
  UsableProof,
} from './second-factor-ports.ts';

/** What somebody brings to pass a second step. */
export type SecondStepProof =
  | CodeProof
  | Readonly<{ method: 'passkey'; assertion: PasskeyAssertion; party: RelyingParty }>;
type CodeProof = Readonly<{ method: 'totp' | 'email' | 'recovery_code'; code: string }>;

type Ports = Readonly<{
  secondSteps: SecondSteps;
  judgePasskey: PasskeyJudge;
  factorSecrets: FactorSecrets;
  secrets: Secrets;
  clock: Clock;
}>;

/** Digits are typed with spaces between, as the mail shows them. */
const digitsOf = (code: string): string => code.replace(/\s/g, '');

/**
 * Finds a step and judges a proof for it. Everything that is not right reads the same, and costs
 * the same: a wrong code, a used one, a step that has ended, one that never was.
 */
export const createSecondStepJudge = (ports: Ports) => {
  const { secondSteps, judgePasskey, factorSecrets, secrets, clock } = ports;

  const judgeCode = (step: SecondStep, { method, code }: CodeProof): UsableProof | undefined => {
    const { account, totp, mailId } = step;
    switch (method) {
      case 'totp': {
        if (!totp) return undefined;
        const steps = totpStepsToTry(clock(), totp.lastStep);
        const found = factorSecrets.totpStepOf(account.id, totp.sealed, steps, digitsOf(code));
        return found === undefined ? undefined : { method, factorId: totp.id, step: found };
      }
      case 'email': {
        const isRight = mailId !== null && secrets.isCodeOf(mailId, 'second_step', digitsOf(code));
        return isRight ? { method, mailId } : undefined;
      }
      case 'recovery_code':
        return { method, hashes: factorSecrets.recoveryHashesOf(account.id, code) };
    }
  };

  return {
    async find(
      challengeId: string,
      purpose: SecondStep['purpose'],
      proof: SecondStepProof,
      circumstances: Circumstances,
    ): Promise<
      Readonly<{ idHash: string; step: SecondStep | undefined; usable: UsableProof | undefined }>
    > {
      const idHash = secrets.hashOf(challengeId);
      const found = await secondSteps.find(idHash);
      const step = found?.purpose === purpose ? found : undefined;
      if (!step || proof.method !== 'passkey')
        return { idHash, step, usable: step && judgeCode(step, proof as CodeProof) };
      const judged = await judgePasskey(proof.assertion, proof.party, circumstances);
      const isOwn = judged?.account.id === step.account.id;
      return { idHash, step, usable: isOwn ? judged.proof : undefined };
    },
    notValid: () => identityError('code_not_valid'),
  };
};

export type SecondStepJudge = ReturnType<typeof createSecondStepJudge>;
