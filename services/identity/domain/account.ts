import { defineErrors } from '#shared/kernel/errors.ts';
import type { SecondFactor } from './second-factors.ts';

export const identityError = defineErrors('identity', {
  email_invalid: ['invalid', 'This is not an e-mail address.'],
  username_invalid: ['invalid', 'A user name has 3 to 32 of a-z, 0-9, dot, hyphen, underscore.'],
  username_taken: ['conflict', 'This user name is taken.'],
  email_taken: ['conflict', 'This e-mail address has an account already.'],
  password_refused: ['invalid', 'This password is too easy to guess.'],
  passwords_differ: ['invalid', 'The two passwords are not the same.'],
  wrong_credentials: ['unauthenticated', 'The account or the password is wrong.'],
  wrong_password: ['invalid', 'The current password is wrong.'],
  too_many_tries: ['too_many', 'Too many failed tries; wait before the next.'],
  busy: ['unavailable', 'Too many people sign in at this moment; try again.'],
  code_not_valid: ['invalid', 'This code is wrong, used, or too old. Ask for a new one.'],
  reset_link_not_valid: ['invalid', 'This link was used or is too old. Ask for a new one.'],
  email_unchanged: ['invalid', 'This is the address of the account already.'],
  refresh_not_valid: ['unauthenticated', 'This session has ended. Sign in again.'],
  refresh_reused: ['unauthenticated', 'This refresh token was used before; the session has ended.'],
  account_not_found: ['not_found', 'There is no such account.'],
  session_not_found: ['not_found', 'There is no such session.'],
  last_admin: ['conflict', 'Plaza needs at least one active administrator.'],
  own_role_raised: ['forbidden', 'Nobody gives roles to their own account.'],
  changed_meanwhile: ['conflict', 'The account changed at the same moment; try again.'],
  shop_name_invalid: [
    'invalid',
    'A name has 1 to 60 characters, without control characters or marks of direction.',
  ],
  shop_country_unknown: ['invalid', 'Plaza knows no shops of this country.'],
  shop_country_fixed: ['conflict', 'The operator has said which currency this shop has.'],
  admin_exists: ['conflict', 'Plaza has an administrator already.'],
  key_scopes_refused: ['invalid', 'Your account cannot give these scopes to a key.'],
  too_many_keys: ['conflict', 'An account has at most 20 keys; revoke one first.'],
  key_not_found: ['not_found', 'There is no such key.'],
  client_invalid: ['invalid', 'An application cannot be registered like this.'],
  client_not_found: ['not_found', 'There is no such application.'],
  client_has_no_secret: ['conflict', 'A public application has no secret.'],
  client_changed: ['stale', 'The application was changed by someone else since you read it.'],
  consent_wider: ['invalid', 'Only the application can ask you for more.'],
  consent_not_found: ['not_found', 'You have not let this application do anything.'],
  setup_link_not_valid: ['invalid', 'This setup link was used or is too old.'],
  second_factors_off: ['forbidden', 'This installation works without second factors.'],
  challenge_not_valid: ['invalid', 'This step has ended or is too old. Start again.'],
  too_many_codes: ['too_many', 'Codes were mailed a moment ago, or too many; wait for the next.'],
  second_factor_needed: ['invalid', 'Your account proves itself with its second factor.'],
  passkey_known: ['conflict', 'This passkey is registered already.'],
  passkey_refused: ['invalid', 'This passkey could not be registered. Start again.'],
  passkey_not_valid: ['unauthenticated', 'This passkey was not accepted. Start again.'],
  factor_exists: ['conflict', 'Your account has this second factor already.'],
  factor_not_found: ['not_found', 'Your account has no such second factor.'],
  factor_required: ['conflict', 'Your account needs a second factor: add another one first.'],
  no_second_factor: ['conflict', 'Your account has no second factor yet.'],
  too_many_passkeys: ['conflict', 'Your account has as many passkeys as it can have.'],
  policy_roles_missing: ['invalid', 'Say which roles need a second factor.'],
  policy_changed: ['stale', 'This rule was changed by someone else since you read it.'],
});

/** Roles that an account can have; `service` is for tokens only and never granted. */
export const grantableRoles = ['customer', 'seller', 'professional', 'support', 'admin'] as const;
export type AccountRole = (typeof grantableRoles)[number];
export type Language = 'es' | 'en';

export type Account = Readonly<{
  id: string;
  /** Grows by one an event; a writer that saw an older one is refused. */
  version: number;
  email: string;
  username: string;
  passwordHash: string;
  fullName: string | null;
  phoneNumber: string | null;
  language: Language;
  roles: readonly AccountRole[];
  status: 'pending' | 'active' | 'deactivated';
  emailVerifiedAt: string | null;
  /** A session of an older epoch is dead: ending all of them is one number in the account's row. */
  sessionEpoch: number;
  /** What a right password is not enough without; their secrets are kept elsewhere. */
  secondFactors: readonly SecondFactor[];
  createdAt: string;
}>;

type At = Readonly<{ at: string }>;
export type Registered = Omit<
  Account,
  'version' | 'status' | 'emailVerifiedAt' | 'sessionEpoch' | 'secondFactors' | 'createdAt'
>;
export type AccountRegistered = At & Registered & Readonly<{ type: 'AccountRegistered' }>;
export type AccountEvent =
  | AccountRegistered
  | (At & Readonly<{ type: 'EmailVerified' }>)
  | (At & Readonly<{ type: 'PasswordChanged'; passwordHash: string }>)
  | (At & Readonly<{ type: 'EmailChanged'; email: string }>)
  | (At & Readonly<{ type: 'RoleGranted' | 'RoleRevoked'; role: AccountRole }>)
  | (At & Readonly<{ type: 'SecondFactorEnabled' | 'SecondFactorDisabled'; factor: SecondFactor }>)
  | (At & Readonly<{ type: 'RecoveryCodesMade' }>)
  | (At & Readonly<{ type: 'AccountDeactivated' | 'AccountActivated' | 'SessionsEnded' }>);

/** An account that its holder opens for itself; the e-mail is not proven yet. */
export const registerAccount = (
  command: Omit<Registered, 'roles'>,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => [
  { type: 'AccountRegistered', ...command, roles: ['customer'], at: now },
];

/** An account made by an administrator or the operator, who vouches for the e-mail address. */
export const createAccount = (
  command: Registered,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => [
  { type: 'AccountRegistered', ...command, at: now },
  { type: 'EmailVerified', at: now },
];

export const createAdmin = (
  command: Omit<Registered, 'roles'>,
  facts: Readonly<{ now: string }>,
): readonly AccountEvent[] => createAccount({ ...command, roles: ['customer', 'admin'] }, facts);

/** Says nothing new when the address was proven before. */
export const verifyEmail = (
  account: Account,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] =>
  account.emailVerifiedAt === null ? [{ type: 'EmailVerified', at: now }] : [];

export const changePassword = (
  _account: Account,
  { passwordHash }: Readonly<{ passwordHash: string }>,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => [{ type: 'PasswordChanged', passwordHash, at: now }];

/** Both addresses have been proven by a code. Who had the old one ends with it: other sessions too. */
export const changeEmail = (
  account: Account,
  { email }: Readonly<{ email: string }>,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => {
  if (email === account.email) throw identityError('email_unchanged');
  return [{ type: 'EmailChanged', email, at: now }];
};

/** Who opened the link has read mail of this address: that proves it, as a code would. */
export const resetPassword = (
  account: Account,
  { passwordHash }: Readonly<{ passwordHash: string }>,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => [
  ...verifyEmail(account, { now }),
  { type: 'PasswordChanged', passwordHash, at: now },
];

/** Roles become exactly `roles`; `by` is the administrator who says so (reliability A11). */
export const changeRoles = (
  account: Account,
  { roles, by }: Readonly<{ roles: readonly AccountRole[]; by: string }>,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => {
  const granted = roles.filter((role) => !account.roles.includes(role));
  const revoked = account.roles.filter((role) => !roles.includes(role));
  if (granted.length > 0 && by === account.id) throw identityError('own_role_raised');
  return [
    ...granted.map((role) => ({ type: 'RoleGranted', role, at: now }) as const),
    ...revoked.map((role) => ({ type: 'RoleRevoked', role, at: now }) as const),
  ];
};

export const deactivateAccount = (
  account: Account,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] =>
  account.status === 'deactivated' ? [] : [{ type: 'AccountDeactivated', at: now }];

export const activateAccount = (
  account: Account,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] =>
  account.status === 'deactivated' ? [{ type: 'AccountActivated', at: now }] : [];

export const endSessions = (
  _account: Account,
  { now }: Readonly<{ now: string }>,
): readonly AccountEvent[] => [{ type: 'SessionsEnded', at: now }];

/** Whether these events take an administrator away, so that another one must be there. */
export const needsAnotherAdmin = (account: Account, events: readonly AccountEvent[]): boolean =>
  account.roles.includes('admin') &&
  account.status === 'active' &&
  events.some(
    (event) =>
      event.type === 'AccountDeactivated' ||
      (event.type === 'RoleRevoked' && event.role === 'admin'),
  );

const newAccount = ({ type: _type, at, ...registered }: AccountRegistered): Account => ({
  ...registered,
  version: 1,
  status: 'pending',
  emailVerifiedAt: null,
  sessionEpoch: 1,
  secondFactors: [],
  createdAt: at,
});

/** Applies what already happened: no rules here. What takes trust away ends the sessions. */
export const evolve = (account: Account, event: AccountEvent): Account => {
  const next = { ...account, version: account.version + 1 };
  const sessionEpoch = account.sessionEpoch + 1;
  switch (event.type) {
    case 'AccountRegistered':
      return newAccount(event);
    case 'EmailVerified':
      return { ...next, status: 'active', emailVerifiedAt: event.at };
    case 'PasswordChanged':
      return { ...next, sessionEpoch, passwordHash: event.passwordHash };
    case 'EmailChanged':
      return { ...next, sessionEpoch, email: event.email, emailVerifiedAt: event.at };
    case 'RoleGranted':
      return { ...next, roles: [...account.roles, event.role] };
    case 'RoleRevoked':
      return { ...next, sessionEpoch, roles: account.roles.filter((role) => role !== event.role) };
    case 'AccountDeactivated':
      return { ...next, sessionEpoch, status: 'deactivated' };
    case 'AccountActivated':
      return { ...next, status: account.emailVerifiedAt === null ? 'pending' : 'active' };
    case 'SessionsEnded':
      return { ...next, sessionEpoch };
    case 'SecondFactorEnabled':
      return { ...next, secondFactors: [...account.secondFactors, event.factor] };
    case 'SecondFactorDisabled': {
      const { id } = event.factor;
      return { ...next, secondFactors: account.secondFactors.filter((other) => other.id !== id) };
    }
    case 'RecoveryCodesMade':
      return next;
  }
};

/** The account that `events` open; the first of them registers it. */
export const openAccount = (events: readonly AccountEvent[]): Account => {
  const [first, ...rest] = events as readonly [AccountRegistered, ...AccountEvent[]];
  return rest.reduce(evolve, newAccount(first));
};
