import type { Account } from '../domain/account.ts';
import type { AccountSummary } from './ports.ts';

/** An account as its holder and administrators see it. */
export const toSummary = (account: Account): AccountSummary => ({
  id: account.id,
  username: account.username,
  email: account.email,
  email_verified: account.emailVerifiedAt !== null,
  full_name: account.fullName,
  phone_number: account.phoneNumber,
  roles: [...account.roles],
  language: account.language,
  created_at: account.createdAt,
});
