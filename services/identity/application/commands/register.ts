import type { Clock } from '#shared/platform/module.ts';
import {
  identityError,
  openAccount,
  registerAccount,
  type Language,
} from '../../domain/account.ts';
import { readEmail, readUsername } from '../../domain/names.ts';
import { readNewPassword } from '../../domain/password-rules.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Accounts, Circumstances, Newcomers, Passwords } from '../ports.ts';

export type Register = Readonly<{
  email: string;
  username: string;
  password: string;
  confirmation: string;
  fullName: string | null;
  phoneNumber: string | null;
  language: Language;
}>;

/** What everyone who registers is told, whether or not the address was taken. */
export type Registered = Readonly<{
  id: string;
  challengeId: string;
  email: string;
  username: string;
  fullName: string | null;
  phoneNumber: string | null;
  language: Language;
  createdAt: string;
}>;

type Ports = Readonly<{
  accounts: Accounts;
  passwords: Passwords;
  newChallenge: ChallengeMaker;
  newcomers: Newcomers;
  clock: Clock;
  newId: () => string;
}>;

export type RegisterHandler = (
  command: Register,
  circumstances: Circumstances,
) => Promise<Registered>;

/**
 * Opens an account. For an address that has one it does the same work and gives the same answer,
 * with an id that is nobody's; only the holder of the address learns of it, by mail.
 */
export const createRegister =
  ({ accounts, passwords, newChallenge, newcomers, clock, newId }: Ports): RegisterHandler =>
  async (command, circumstances) => {
    const email = readEmail(command.email);
    const username = readUsername(command.username);
    const { password, confirmation, fullName, phoneNumber, language } = command;
    const given = { password, confirmation, pointer: '#/password' };
    const passwordHash = await passwords.hash(readNewPassword(given, [email, username]));

    const now = clock().toISOString();
    const person = { id: newId(), email, username, fullName, phoneNumber, language };
    const challenge = newChallenge('verify_email');
    const events = registerAccount({ ...person, passwordHash }, { now });
    const notice = newChallenge('address_taken');
    const outcome = await accounts.register({ events, challenge, notice }, circumstances);
    if (outcome === 'username_taken') throw identityError('username_taken');
    if (outcome === 'opened')
      newcomers.set(email, { challengeId: challenge.id, account: openAccount(events) });
    return { ...person, challengeId: challenge.id, createdAt: now };
  };
