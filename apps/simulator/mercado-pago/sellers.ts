import { createHash, randomBytes } from 'node:crypto';
import { ApiFault } from './api-fault.ts';
import type { Books } from './books.ts';
import type { Announcement } from './notices.ts';
import type { Grant, Seller, Token } from './records.ts';

/** As long as the provider's own tokens live. */
const tokenDays = 180;

type Options = Readonly<{
  books: Books;
  applicationId: string;
  clientSecret: string;
  platformToken: string;
  platformId: string;
  panelUrl: string | null;
}>;

/** Sellers who link their account, by OAuth 2.0 with rotating refresh tokens. */
export const createSellers = (options: Options) => {
  const { books, applicationId, clientSecret, platformToken, platformId, panelUrl } = options;
  const secret = (prefix: string): string => `${prefix}-${randomBytes(18).toString('hex')}`;
  const issue = (sellerId: string): Token => ({
    id: secret('APP_USR'),
    refreshToken: secret('TG'),
    sellerId,
    expiresAt: new Date(Date.now() + tokenDays * 86_400_000).toISOString(),
    isEnded: false,
  });
  const grantFault = (): ApiFault =>
    new ApiFault(400, 'invalid_grant', 'The code or the refresh token is not valid');
  const tell = (sellerId: string, action: string): readonly Announcement[] => [
    { url: panelUrl, topic: 'mp-connect', action, dataId: applicationId, userId: sellerId },
  ];

  const fitsChallenge = ({ challenge }: Grant, verifier: unknown): boolean =>
    challenge === null ||
    (typeof verifier === 'string' &&
      createHash('sha256').update(verifier).digest('base64url') === challenge);

  return {
    add: (name: string): Seller => {
      const id = String(70_000_000 + books.nextNumber());
      const seller = { id, name, isLinked: false };
      books.commit(['seller', seller]);
      return seller;
    },

    /** Whose account the bearer of this token acts for. */
    authenticate: (
      header: string | undefined,
    ): Readonly<{ accountId: string; isSeller: boolean }> => {
      const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
      if (token === platformToken) return { accountId: platformId, isSeller: false };
      const found = token === undefined ? undefined : books.find('token', token);
      if (!found || found.isEnded || Date.parse(found.expiresAt) <= Date.now())
        throw new ApiFault(401, null, 'invalid access token');
      return { accountId: found.sellerId, isSeller: true };
    },

    /** The seller agreed: the code comes back to the platform and works once. */
    consent: (sellerId: string, redirectUri: string, challenge: string | null): string => {
      const seller = books.find('seller', sellerId);
      if (!seller) throw new ApiFault(404, null, 'Seller not found');
      const grant = { id: secret('TG'), sellerId, redirectUri, challenge, isUsed: false };
      books.commit(['grant', grant]);
      return grant.id;
    },

    exchange: (body: Readonly<Record<string, unknown>>) => {
      if (body['client_id'] !== applicationId || body['client_secret'] !== clientSecret)
        throw new ApiFault(400, 'invalid_client', 'invalid client_id or client_secret');
      if (body['grant_type'] === 'refresh_token') {
        const old = books
          .all('token')
          .find(({ refreshToken }) => refreshToken === body['refresh_token']);
        if (!old || old.isEnded) throw grantFault();
        const made = issue(old.sellerId);
        // The old pair ends in the same moment: whoever lost this answer has to link anew.
        books.commit(['token', { ...old, isEnded: true }], ['token', made]);
        return { made, announcements: [] };
      }
      if (body['grant_type'] !== 'authorization_code')
        throw new ApiFault(400, 'unsupported_grant_type', 'unsupported grant_type');
      const grant = books.find('grant', String(body['code']));
      const isFitting =
        grant !== undefined &&
        !grant.isUsed &&
        grant.redirectUri === body['redirect_uri'] &&
        fitsChallenge(grant, body['code_verifier']);
      if (!isFitting) throw grantFault();
      const made = issue(grant.sellerId);
      const seller = { ...books.find('seller', grant.sellerId)!, isLinked: true };
      books.commit(['grant', { ...grant, isUsed: true }], ['token', made], ['seller', seller]);
      return { made, announcements: tell(seller.id, 'application.authorized') };
    },

    /** The seller takes money out: what is left may not cover a refund. */
    withdraw: (id: string, amount: number): Seller => {
      const seller = books.find('seller', id);
      if (!seller) throw new ApiFault(404, null, 'Seller not found');
      const made = { ...seller, withdrawn: (seller.withdrawn ?? 0) + amount };
      books.commit(['seller', made]);
      return made;
    },

    unlink: (id: string): readonly Announcement[] => {
      const seller = books.find('seller', id);
      if (!seller) throw new ApiFault(404, null, 'Seller not found');
      const ended = books
        .all('token')
        .filter(({ sellerId, isEnded }) => sellerId === id && !isEnded)
        .map((token) => ['token', { ...token, isEnded: true }] as const);
      books.commit(['seller', { ...seller, isLinked: false }], ...ended);
      return tell(id, 'application.deauthorized');
    },
  };
};

export type Sellers = ReturnType<typeof createSellers>;
