import type { Clock } from '#shared/platform/module.ts';
import { identityError, type Account } from '../domain/account.ts';
import {
  enableSecondFactor,
  recoveryCodesCount,
  type FactorKind,
} from '../domain/second-factors.ts';
import type { ChallengeMaker } from './challenges.ts';
import type { Accounts, Circumstances } from './ports.ts';
import type { FactorProof, FactorSecrets } from './second-factor-ports.ts';

export type EnabledFactor = Readonly<{
  id: string;
  kind: FactorKind;
  /** With the first factor, and only now; null with the others. */
  recoveryCodes: readonly string[] | null;
}>;

type Ports = Readonly<{
  accounts: Accounts;
  factorSecrets: FactorSecrets;
  newChallenge: ChallengeMaker;
  clock: Clock;
}>;

/** Enables a factor with what proves it, and tells its holder by mail: all at once or nothing. */
export const createFactorEnabler = (ports: Ports) => {
  const { accounts, factorSecrets, newChallenge, clock } = ports;
  return async (
    account: Account,
    factor: Readonly<{ id: string; kind: FactorKind; proof?: FactorProof }>,
    circumstances: Circumstances,
  ): Promise<EnabledFactor> => {
    const { id, kind, proof } = factor;
    const events = enableSecondFactor(account, { id, kind }, { now: clock().toISOString() });
    const isFirst = events.some(({ type }) => type === 'RecoveryCodesMade');
    const { codes, hashes } = factorSecrets.newRecoveryCodes(account.id, recoveryCodesCount);
    const outcome = await accounts.change(account, events, circumstances, {
      ...(proof === undefined ? {} : { factor: proof }),
      recoveryHashes: hashes,
      notify: newChallenge('factor_added'),
    });
    // Not tried again: what changed may be the proof, which was used.
    if (outcome !== 'changed') throw identityError('changed_meanwhile');
    return { id, kind, recoveryCodes: isFirst ? codes : null };
  };
};

export type FactorEnabler = ReturnType<typeof createFactorEnabler>;
