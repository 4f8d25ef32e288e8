import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import type { SecondFactorPolicy } from '../../domain/second-factors.ts';
import { totpRules, totpStepsToTry, totpUri } from '../../domain/totp.ts';
import type { EnabledFactor, FactorEnabler } from '../enabled-factor.ts';
import type { Accounts, Circumstances } from '../ports.ts';
import type { FactorSecrets, QrCodes, SecondFactors } from '../second-factor-ports.ts';

/** Shown once: afterwards nobody can read the secret, its holder neither. */
export type StartedTotp = Readonly<{ secret: string; uri: string; qrSvg: string }>;

type Ports = Readonly<{
  policy: SecondFactorPolicy;
  /** Under what name an app lists the account; of a secret that is there already it stays what it was. */
  shopName: () => Promise<string>;
  accounts: Accounts;
  secondFactors: SecondFactors;
  factorSecrets: FactorSecrets;
  qrCodes: QrCodes;
  enable: FactorEnabler;
  clock: Clock;
  newId: () => string;
}>;

export type StartTotpHandler = (accountId: string) => Promise<StartedTotp>;
export type ConfirmTotpHandler = (
  command: Readonly<{ accountId: string; code: string }>,
  circumstances: Circumstances,
) => Promise<EnabledFactor>;

/** A new secret for an app. It proves nothing until a code of it was given. */
export const createStartTotp = (ports: Ports): StartTotpHandler => {
  const { policy, accounts, secondFactors, factorSecrets, qrCodes, newId, shopName } = ports;
  return async (accountId) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const account = await accounts.find(accountId);
    if (!account) throw identityError('account_not_found');
    const { secret, sealed } = factorSecrets.newTotp(accountId);
    if (!(await secondFactors.startTotp(accountId, { id: newId(), sealed })))
      throw identityError('factor_exists');
    const uri = totpUri(secret, await shopName(), account.email);
    return { secret, uri, qrSvg: await qrCodes.svg(uri) };
  };
};

/** The app works, as its code shows; from now on it is asked for. That code is used up. */
export const createConfirmTotp = (ports: Ports): ConfirmTotpHandler => {
  const { policy, secondFactors, factorSecrets, enable, clock } = ports;
  return async ({ accountId, code }, circumstances) => {
    if (policy.mode === 'off') throw identityError('second_factors_off');
    const found = await secondFactors.findPendingTotp(accountId);
    if (!found) throw identityError('account_not_found');
    const { account, totp } = found;
    const now = clock();
    const youngest = now.getTime() - totpRules.enrolMinutes * 60_000;
    if (!totp || totp.createdAt.getTime() < youngest) throw identityError('challenge_not_valid');
    const steps = totpStepsToTry(now, -1);
    const step = factorSecrets.totpStepOf(accountId, totp.sealed, steps, code);
    if (step === undefined) throw identityError('code_not_valid');
    const proof = { kind: 'totp', id: totp.id, step } as const;
    return enable(account, { id: totp.id, kind: 'totp', proof }, circumstances);
  };
};
