import type { Account } from './account.ts';

/** Claims of OpenID Connect (Core 5.1) about an account, as far as `scopes` go. */
export const userClaims = (account: Account, scopes: readonly string[]) => ({
  sub: account.id,
  ...(scopes.includes('profile')
    ? {
        preferred_username: account.username,
        ...(account.fullName === null ? {} : { name: account.fullName }),
        locale: account.language,
      }
    : {}),
  ...(scopes.includes('email')
    ? { email: account.email, email_verified: account.emailVerifiedAt !== null }
    : {}),
});

export type UserClaims = ReturnType<typeof userClaims>;
