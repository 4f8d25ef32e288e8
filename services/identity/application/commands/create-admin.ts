import type { Clock } from '#shared/platform/module.ts';
import {
  createAccount,
  identityError,
  openAccount,
  type Account,
  type AccountEvent,
  type AccountRole,
  type Language,
} from '../../domain/account.ts';
import { isEnrolmentDue, type SecondFactorPolicy } from '../../domain/second-factors.ts';
import { readEmail, readUsername } from '../../domain/names.ts';
import { readNewPassword } from '../../domain/password-rules.ts';
import { readFirstShop, type BeginShop, type FirstShop } from '../begin-shop.ts';
import { toSummary } from '../account-summary.ts';
import type {
  Accounts,
  AccountSummary,
  Circumstances,
  Passwords,
  Secrets,
  SetupLinks,
} from '../ports.ts';
import type { EnrolmentRequired, SessionOpener, SignedIn } from '../signed-in.ts';

export type CreateAdmin = Readonly<{
  email: string;
  username: string;
  password: string;
  confirmation: string;
  fullName: string | null;
  language: Language;
}>;

/** An account of any roles, for somebody else. */
export type CreateAccount = CreateAdmin &
  Readonly<{ phoneNumber: string | null; roles: readonly AccountRole[] }>;

type Ports = Readonly<{
  accounts: Accounts;
  passwords: Passwords;
  clock: Clock;
  newId: () => string;
}>;

export type CreateAdminHandler = (
  command: CreateAdmin,
  circumstances: Circumstances,
) => Promise<AccountSummary>;
export type CreateAccountHandler = (
  command: CreateAccount,
  circumstances: Circumstances,
) => Promise<AccountSummary>;
export type SetUp = CreateAdmin & Readonly<{ token: string; shop: FirstShop | undefined }>;
export type SetUpHandler = (
  command: SetUp,
  circumstances: Circumstances,
) => Promise<(Readonly<{ status: 'signed_in' }> & SignedIn) | EnrolmentRequired>;

const opening = async (
  { passwords, clock, newId }: Ports,
  command: CreateAccount,
): Promise<readonly AccountEvent[]> => {
  const email = readEmail(command.email);
  const username = readUsername(command.username);
  const given = { ...command, pointer: '#/password' };
  const passwordHash = await passwords.hash(readNewPassword(given, [email, username]));
  const { fullName, phoneNumber, language, roles } = command;
  const names = { id: newId(), email, username, fullName, phoneNumber, language };
  return createAccount({ ...names, roles, passwordHash }, { now: clock().toISOString() });
};

const asAdmin = <C extends CreateAdmin>(command: C) =>
  ({ ...command, phoneNumber: null, roles: ['customer', 'admin'] }) as const;

const storedOrThrow = (outcome: Awaited<ReturnType<Accounts['openByOperator']>>): void => {
  if (outcome === 'link_not_valid') throw identityError('setup_link_not_valid');
  if (outcome !== 'opened') throw identityError(outcome);
};

/** An account for somebody, by an administrator. */
export const createAccountMaker =
  (ports: Ports): CreateAccountHandler =>
  async (command, circumstances) => {
    const events = await opening(ports, command);
    storedOrThrow(await ports.accounts.openByOperator({ events }, circumstances));
    return toSummary(openAccount(events));
  };

/** One more administrator, by an administrator or by the operator at the machine. */
export const createAdminMaker = (ports: Ports): CreateAdminHandler => {
  const create = createAccountMaker(ports);
  return (command, circumstances) => create(asAdmin(command), circumstances);
};

/** The first administrator, by who holds the setup link; signs in. Of two at once one succeeds. */
export const createSetUp = (
  ports: Ports &
    Readonly<{
      setupLinks: SetupLinks;
      secrets: Secrets;
      sessions: SessionOpener;
      policy: SecondFactorPolicy;
      beginShop: BeginShop;
    }>,
): SetUpHandler => {
  const setUp: SetUpHandler = async (command, circumstances) => {
    const tokenHash = ports.secrets.hashOf(command.token);
    if (!(await ports.setupLinks.isOpen(tokenHash))) throw identityError('setup_link_not_valid');
    const shop = command.shop && readFirstShop(command.shop);
    const events = await opening(ports, asAdmin(command));
    const { session, refreshToken } = ports.sessions.prepare(['pwd']);
    const account: Account = openAccount(events);
    const isDue = isEnrolmentDue(ports.policy, account);
    const setup = { tokenHash, ...(isDue ? {} : { openSession: session }) };
    // Before there is an administrator: afterwards nobody may choose any more.
    const begun = shop && (await ports.beginShop(shop));
    try {
      storedOrThrow(await ports.accounts.openByOperator({ events, setup }, circumstances));
    } catch (error) {
      await begun?.undo();
      throw error;
    }
    begun?.begin();
    if (isDue) return ports.sessions.enrolment(account);
    const signedIn = await ports.sessions.answer(account, session, refreshToken);
    return { status: 'signed_in', ...signedIn };
  };
  // One after the other: who comes second finds the link used before they have chosen anything.
  let last: Promise<unknown> = Promise.resolve();
  return (command, circumstances) => {
    const mine = last.then(() => setUp(command, circumstances));
    last = mine.catch(() => {});
    return mine;
  };
};
