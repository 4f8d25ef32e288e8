import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import {
  disableAllSecondFactors,
  disableSecondFactor,
  makeRecoveryCodes,
  recoveryCodesCount,
  type SecondFactorPolicy,
} from '../../domain/second-factors.ts';
import { changeAccount, loadAccount } from '../change-account.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { EnabledFactor, FactorEnabler } from '../enabled-factor.ts';
import type { Accounts, Circumstances } from '../ports.ts';
import type { FactorSecrets } from '../second-factor-ports.ts';

type Ports = Readonly<{
  policy: SecondFactorPolicy;
  accounts: Accounts;
  factorSecrets: FactorSecrets;
  enable: FactorEnabler;
  newChallenge: ChallengeMaker;
  clock: Clock;
  newId: () => string;
}>;

export type EnableEmailFactorHandler = (
  accountId: string,
  circumstances: Circumstances,
) => Promise<EnabledFactor>;
/** One factor of the account, or all of them. */
export type RemoveSecondFactors = Readonly<{ accountId: string; factorId?: string }>;
export type RemoveSecondFactorsHandler = (
  command: RemoveSecondFactors,
  circumstances: Circumstances,
) => Promise<void>;
export type RenewRecoveryCodesHandler = (
  accountId: string,
  circumstances: Circumstances,
) => Promise<readonly string[]>;

/** Codes by mail as a second step. The address is proven already. */
export const createEnableEmailFactor =
  ({ policy, accounts, enable, newId }: Ports): EnableEmailFactorHandler =>
  async (accountId, circumstances) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const { account } = await loadAccount(accounts, accountId)();
    return enable(account, { id: newId(), kind: 'email' }, circumstances);
  };

/** By the holder one; by an administrator all of them. The holder learns of it by mail. */
export const createRemoveSecondFactors =
  ({ policy, accounts, newChallenge, clock }: Ports): RemoveSecondFactorsHandler =>
  async ({ accountId, factorId: id }, circumstances) => {
    const now = clock().toISOString();
    await changeAccount(
      accounts,
      async () => ({
        ...(await loadAccount(accounts, accountId)()),
        effects: { notify: newChallenge('factor_removed') },
      }),
      (account) =>
        id === undefined
          ? disableAllSecondFactors(account, { now })
          : disableSecondFactor(account, { id }, { now, policy }),
      circumstances,
    );
  };

/** Ten new codes; those before work no more. */
export const createRenewRecoveryCodes =
  ({ accounts, factorSecrets, clock }: Ports): RenewRecoveryCodesHandler =>
  async (accountId, circumstances) => {
    const now = clock().toISOString();
    const { codes, hashes } = factorSecrets.newRecoveryCodes(accountId, recoveryCodesCount);
    await changeAccount(
      accounts,
      async () => ({
        ...(await loadAccount(accounts, accountId)()),
        effects: { recoveryHashes: hashes },
      }),
      (account) => makeRecoveryCodes(account, { now }),
      circumstances,
    );
    return codes;
  };
