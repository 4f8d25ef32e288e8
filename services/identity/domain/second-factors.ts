import {
  grantableRoles,
  identityError,
  type Account,
  type AccountEvent,
  type AccountRole,
} from './account.ts';

/** What an account can prove itself with beside its password. */
export type FactorKind = 'totp' | 'email' | 'passkey';
/** How a second step is passed: a factor, or a code of the list kept for a lost one. */
export type SecondStepMethod = FactorKind | 'recovery_code';
export type SecondFactor = Readonly<{ id: string; kind: FactorKind; addedAt: string }>;

/** Of the operator. `roles` are those that need a second factor when one is required. */
export type SecondFactorPolicy = Readonly<{
  mode: 'off' | 'optional' | 'required';
  roles: readonly AccountRole[];
}>;

/** The policy that somebody asks for: roles count only where one is required, each once. */
export const readPolicy = ({ mode, roles }: SecondFactorPolicy): SecondFactorPolicy => {
  if (mode !== 'required') return { mode, roles: [] };
  if (roles.length === 0) throw identityError('policy_roles_missing');
  return { mode, roles: grantableRoles.filter((role) => roles.includes(role)) };
};

/** The second step of a sign-in or of a step-up (reliability A2, A3). */
export const secondStepRules = {
  lifeMinutes: 10,
  tries: 5,
  /** Wrong answers in a row, over all steps of an account, before no code is taken any more. */
  missesMax: 100,
  /** Between two mails of one step. */
  mailEverySeconds: 30,
  /** Codes mailed for one address of the network in any hour. */
  mailsAnHourByAddress: 20,
} as const;

export const passkeysMax = 10;
export const recoveryCodesCount = 10;
/** Each one of 31: 118 bits, which no computer tries out against a hash (ASVS 6.5.2). */
export const recoveryCodeLetters = 24;
/** Of the token that lets somebody do nothing but add the factor that is missing. */
export const enrolmentMinutes = 10;
export const passkeyMinutes = 5;
/** ES256 and EdDSA (COSE). RS256 has 112 bits of strength with the keys that authenticators make. */
export const passkeyAlgorithms: readonly number[] = [-7, -8];

type Holder = Pick<Account, 'roles' | 'secondFactors'>;

/** Whether a right password is only the first step. */
export const isSecondStepAsked = (policy: SecondFactorPolicy, account: Holder): boolean =>
  policy.mode !== 'off' && account.secondFactors.length > 0;

export const isFactorRequired = (policy: SecondFactorPolicy, account: Holder): boolean =>
  policy.mode === 'required' && account.roles.some((role) => policy.roles.includes(role));

/** Whether the account may do nothing before it has a factor. */
export const isEnrolmentDue = (policy: SecondFactorPolicy, account: Holder): boolean =>
  isFactorRequired(policy, account) && account.secondFactors.length === 0;

/** In the order in which they are offered. */
export const methodsOf = ({ secondFactors }: Holder): readonly SecondStepMethod[] => [
  ...(['passkey', 'totp', 'email'] as const).filter((kind) =>
    secondFactors.some((factor) => factor.kind === kind),
  ),
  'recovery_code',
];

/** With the first factor come the codes for the day when it is lost. */
export const enableSecondFactor = (
  account: Account,
  { id, kind }: Readonly<{ id: string; kind: FactorKind }>,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => {
  const ofKind = account.secondFactors.filter((factor) => factor.kind === kind);
  if (kind !== 'passkey' && ofKind.length > 0) throw identityError('factor_exists');
  if (ofKind.length >= passkeysMax) throw identityError('too_many_passkeys');
  return [
    { type: 'SecondFactorEnabled', factor: { id, kind, addedAt: now }, at: now },
    ...(account.secondFactors.length === 0
      ? [{ type: 'RecoveryCodesMade', at: now } as const]
      : []),
  ];
};

export const disableSecondFactor = (
  account: Account,
  { id }: Readonly<{ id: string }>,
  { now, policy }: Readonly<{ now: string; policy: SecondFactorPolicy }>,
): readonly AccountEvent[] => {
  const factor = account.secondFactors.find((known) => known.id === id);
  if (!factor) throw identityError('factor_not_found');
  const isLast = account.secondFactors.length === 1;
  if (isLast && isFactorRequired(policy, account)) throw identityError('factor_required');
  return [{ type: 'SecondFactorDisabled', factor, at: now }];
};

/** By an administrator, for a holder who lost them all: whoever has them now is signed out too. */
export const disableAllSecondFactors = (
  account: Account,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] =>
  account.secondFactors.length === 0
    ? []
    : [
        ...account.secondFactors.map(
          (factor) => ({ type: 'SecondFactorDisabled', factor, at: now }) as const,
        ),
        { type: 'SessionsEnded', at: now },
      ];

export const makeRecoveryCodes = (
  account: Account,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => {
  if (account.secondFactors.length === 0) throw identityError('no_second_factor');
  return [{ type: 'RecoveryCodesMade', at: now }];
};

/** A counter that does not grow was copied (WebAuthn 7.2, 21); many passkeys always say zero. */
export const isCounterRegressed = (known: number, given: number): boolean =>
  (known > 0 || given > 0) && given <= known;
