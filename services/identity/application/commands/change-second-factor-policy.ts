import { identityError } from '../../domain/account.ts';
import { readPolicy, type SecondFactorPolicy } from '../../domain/second-factors.ts';
import type { Circumstances } from '../ports.ts';
import type { KeptPolicy, SecondFactorPolicies } from '../second-factor-ports.ts';

export type ChangeSecondFactorPolicyHandler = (
  command: Readonly<{ policy: SecondFactorPolicy; version: number }>,
  circumstances: Circumstances & Readonly<{ actorId: string }>,
) => Promise<KeptPolicy>;

/** Who has to have a second factor, as an administrator says. One that is missing is asked for at the next refresh. */
export const createChangeSecondFactorPolicy =
  ({
    policies,
  }: Readonly<{
    policies: Pick<SecondFactorPolicies, 'change'>;
  }>): ChangeSecondFactorPolicyHandler =>
  async ({ policy, version }, circumstances) => {
    const changed = await policies.change(readPolicy(policy), version, circumstances);
    if (!changed) throw identityError('policy_changed');
    return changed;
  };
