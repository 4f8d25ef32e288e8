import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
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
import type { SessionOpener, SignedIn } from '../signed-in.ts';
import { tooManyTries } from './login.ts';

/** Whose proof is wanted. A session that is proven anew is another one: this one ends. */
type Of = Readonly<{ accountId: string; sessionId: string }>;
/** By which methods; without a second factor by the password, which needs no challenge. */
export type StepUpAsked = Readonly<{
  challengeId: string | null;
  methods: readonly (SecondStepMethod | 'password')[];
}>;
export type StepUp = Of & (Readonly<{ password: string }> | FullProof);
/** A passkey is both what one has and what one knows; a code needs the password beside it. */
type FullProof = Readonly<{
  challengeId: string;
  proof: SecondStepProof;
  password: string | undefined;
}>;

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
export type StepUpHandler = (command: StepUp, circumstances: Circumstances) => Promise<SignedIn>;

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
  ({ policy, accounts, signIns, passwords, secrets, sessions, clock }: Ports) =>
  async (
    { accountId, sessionId }: Of,
    password: string,
    circumstances: Circumstances,
  ): Promise<SignedIn> => {
    const triesKeys = secrets.triesKeysOf({ kind: 'account', value: accountId });
    const [{ account }, lockedUntil] = await Promise.all([
      loadAccount(accounts, accountId)(),
      signIns.lockedUntil(triesKeys),
    ]);
    if (isSecondStepAsked(policy, account)) throw identityError('second_factor_needed');
    if (lockedUntil) throw tooManyTries(lockedUntil, clock());
    if (await passwords.matches(canonicalPassword(password), account.passwordHash)) {
      const { session, refreshToken } = sessions.prepare(['pwd']);
      if (await signIns.stepUp(account, triesKeys[0], sessionId, session, circumstances))
        return sessions.answer(account, session, refreshToken);
      throw identityError('refresh_not_valid');
    }
    const { wasLockedUntil } = await signIns.countFailure(triesKeys[0], account.id, circumstances);
    if (wasLockedUntil) throw tooManyTries(wasLockedUntil, clock());
    throw identityError('wrong_password', {
      errors: [{ pointer: '#/password', code: 'wrong', detail: 'is not the password' }],
    });
  };

/**
 * Proves once more who somebody is, for what would hurt in the hands of a thief: as at a sign-in, with
 * a new session. Whoever has a token of the one before is left with nothing.
 */
export const createStepUp = (ports: Ports): StepUpHandler => {
  const { signIns, passwords, secrets, secondSteps, judge, sessions, clock } = ports;
  const provePassword = createPasswordProof(ports);

  const proveFactor = async (
    { accountId, sessionId }: Of,
    { challengeId, proof, password }: FullProof,
    circumstances: Circumstances,
  ): Promise<SignedIn> => {
    const triesKeys = secrets.triesKeysOf({ kind: 'account', value: accountId });
    const isPasskey = proof.method === 'passkey';
    const [{ idHash, step, usable }, lockedUntil] = await Promise.all([
      judge.find(challengeId, 'step_up', proof, circumstances),
      isPasskey ? null : signIns.lockedUntil(triesKeys),
    ]);
    if (lockedUntil) throw tooManyTries(lockedUntil, clock());
    const isOwn = step?.account.id === accountId && step.sessionId === sessionId;
    if (step && isOwn) {
      // Hashed beside a wrong code too: neither the answer nor the time tells which one was wrong.
      const isRight =
        isPasskey ||
        (await passwords.matches(canonicalPassword(password ?? ''), step.account.passwordHash));
      if (!isRight) await signIns.countFailure(triesKeys[0], accountId, circumstances);
      if (isRight && usable) {
        const method = proofMethodOf[proof.method];
        const { session, refreshToken } = sessions.prepare(isPasskey ? [method] : ['pwd', method]);
        if (await secondSteps.passStepUp(step, usable, session, circumstances))
          return sessions.answer(step.account, session, refreshToken);
      }
    }
    await secondSteps.countMiss(idHash, proof.method, accountId, circumstances);
    throw judge.notValid();
  };

  return (command, circumstances) =>
    'challengeId' in command
      ? proveFactor(command, command, circumstances)
      : provePassword(command, command.password, circumstances);
};
