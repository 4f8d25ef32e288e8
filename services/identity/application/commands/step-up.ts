import type { Clock } from '#shared/platform/module.ts';
import { identityError, type Account } from '../../domain/account.ts';
import {
  isSecondStepAsked,
  methodsOf,
  secondStepRules,
  type SecondFactorPolicy,
  type SecondStepMethod,
} from '../../domain/second-factors.ts';
import { canonicalPassword } from '../../domain/password-rules.ts';
import { loadAccount } from '../change-account.ts';
import type { Accounts, Circumstances, Passwords, Secrets, SignIns } from '../ports.ts';
import { proofMethodOf, type FactorSecrets, type SecondSteps } from '../second-factor-ports.ts';
import type { SecondStepJudge, SecondStepProof } from '../second-step.ts';
import type { AccessToken, SessionOpener } from '../signed-in.ts';
import { tooManyTries } from './login.ts';

/** Whose proof is wanted: the session stays the same one. */
type Of = Readonly<{ accountId: string; sessionId: string }>;
/** By which methods; without a second factor by the password, which needs no challenge. */
export type StepUpAsked = Readonly<{
  challengeId: string | null;
  methods: readonly (SecondStepMethod | 'password')[];
}>;
export type StepUp = Of &
  (Readonly<{ password: string }> | Readonly<{ challengeId: string; proof: SecondStepProof }>);

type Ports = Readonly<{
  policy: SecondFactorPolicy;
  accounts: Accounts;
  signIns: SignIns;
  passwords: Passwords;
  secrets: Secrets;
  factorSecrets: FactorSecrets;
  secondSteps: SecondSteps;
  judge: SecondStepJudge;
  sessions: SessionOpener;
  clock: Clock;
}>;

export type BeginStepUpHandler = (of: Of, circumstances: Circumstances) => Promise<StepUpAsked>;
export type StepUpHandler = (command: StepUp, circumstances: Circumstances) => Promise<AccessToken>;

/** Says how the caller can prove who they are, and begins the step that it takes. */
export const createBeginStepUp =
  ({ policy, accounts, secondSteps, factorSecrets, clock }: Ports): BeginStepUpHandler =>
  async ({ accountId, sessionId }, circumstances) => {
    const { account } = await loadAccount(accounts, accountId)();
    if (!isSecondStepAsked(policy, account)) return { challengeId: null, methods: ['password'] };
    const { id, hash } = factorSecrets.newStepId();
    const expiresAt = new Date(clock().getTime() + secondStepRules.lifeMinutes * 60_000);
    const step = { idHash: hash, expiresAt, mail: undefined };
    if (!(await secondSteps.beginStepUp(account, sessionId, step, circumstances)))
      throw identityError('refresh_not_valid');
    return { challengeId: id, methods: methodsOf(account) };
  };

/** Whoever has no second factor proves the password, with the tries that changing it has. */
const createPasswordProof =
  ({ policy, accounts, signIns, passwords, secrets, clock }: Ports) =>
  async (
    { accountId, sessionId }: Of,
    password: string,
    circumstances: Circumstances,
  ): Promise<Readonly<{ account: Account; methods: Proven }>> => {
    const triesKey = secrets.triesKeyOf({ kind: 'account', value: accountId });
    const [{ account }, lockedUntil] = await Promise.all([
      loadAccount(accounts, accountId)(),
      signIns.lockedUntil(triesKey),
    ]);
    if (isSecondStepAsked(policy, account)) throw identityError('second_factor_needed');
    if (lockedUntil) throw tooManyTries(lockedUntil, clock());
    if (await passwords.matches(canonicalPassword(password), account.passwordHash)) {
      const methods = await signIns.stepUp(account, triesKey, sessionId, circumstances);
      if (methods) return { account, methods };
      throw identityError('refresh_not_valid');
    }
    const { wasLockedUntil } = await signIns.countFailure(triesKey, account.id, circumstances);
    if (wasLockedUntil) throw tooManyTries(wasLockedUntil, clock());
    throw identityError('wrong_password', {
      errors: [{ pointer: '#/password', code: 'wrong', detail: 'is not the password' }],
    });
  };

type Proven = NonNullable<Awaited<ReturnType<SignIns['stepUp']>>>;

/** Proves once more who somebody is, for what would hurt in the hands of a thief. */
export const createStepUp = (ports: Ports): StepUpHandler => {
  const { secondSteps, judge, sessions, clock } = ports;
  const provePassword = createPasswordProof(ports);

  const proveFactor = async (
    { accountId, sessionId }: Of,
    { challengeId, proof }: Readonly<{ challengeId: string; proof: SecondStepProof }>,
    circumstances: Circumstances,
  ) => {
    const { idHash, step, usable } = await judge.find(challengeId, 'step_up', proof, circumstances);
    const isOwn = step?.account.id === accountId && step.sessionId === sessionId;
    if (step && isOwn && usable) {
      const proven = [proofMethodOf[proof.method]];
      const methods = await secondSteps.passStepUp(step, usable, proven, circumstances);
      if (methods) return { account: step.account, methods };
    }
    await secondSteps.countMiss(idHash, proof.method, accountId, circumstances);
    throw judge.notValid();
  };

  return async (command, circumstances) => {
    const authenticatedAt = clock();
    const { account, methods } =
      'password' in command
        ? await provePassword(command, command.password, circumstances)
        : await proveFactor(command, command, circumstances);
    return sessions.accessToken(account, { id: command.sessionId, authenticatedAt, methods });
  };
};
