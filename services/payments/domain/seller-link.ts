const dayMs = 86_400_000;

/** Why a link ended: the seller did it here, or there, or its tokens could not be renewed in time. */
export type LinkEnd = 'disconnected' | 'revoked' | 'expired';

/** An account that a seller has at a provider, as the seller may see it. */
export type SellerLink = Readonly<{
  sellerId: string;
  provider: string;
  account: string;
  expiresAt: string;
  linkedAt: string;
  version: number;
  endedAt: string | null;
  endedBecause: LinkEnd | null;
}>;

/** What acts for a seller there. The refresh token works once. */
export type SellerTokens = Readonly<{ accessToken: string; refreshToken: string }>;

/**
 * When tokens are renewed: after two thirds of their life. Of 180 days that leaves sixty for a provider
 * that does not answer, and for a person.
 */
export const renewAt = (obtainedAt: Date, expiresAt: Date): Date =>
  new Date(obtainedAt.getTime() + ((expiresAt.getTime() - obtainedAt.getTime()) * 2) / 3);

/** When a renewal that was not answered is tried again: in an hour, and in a day while there is time. */
export const renewAgainAt = (now: Date, expiresAt: Date): Date =>
  new Date(now.getTime() + (expiresAt.getTime() - now.getTime() > 7 * dayMs ? dayMs : dayMs / 24));
