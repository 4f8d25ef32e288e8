import { createHash, randomBytes } from 'node:crypto';
import { ProviderUnclear } from '../../application/ports.ts';
import {
  LinkRefused,
  type IssuedTokens,
  type SellerAccounts,
} from '../../application/seller-link-ports.ts';
import type { Answer } from './answer.ts';
import { mercadoPagoName } from './checkout-provider.ts';
import type { MercadoPagoClient } from './client.ts';
import type { MercadoPagoTokens } from './resources.ts';

type Settings = Readonly<{
  client: MercadoPagoClient;
  clientId: string;
  clientSecret: string;
  authorizationUrl: string;
  isLive: boolean;
  /** Asked each time: where we are reached is known once we listen. */
  redirectUri: () => string;
  newId: () => string;
}>;

/** A state, a verifier, what a browser keeps: 256 random bits that fit into an address. */
export const newLinkSecret = (): string => randomBytes(32).toString('base64url');

/** Only these say something of the seller; a wrong secret of ours is an operator's fault. */
const refusals = new Set(['grant_invalid', 'token_refused']);

const tokensOf = (answer: Answer<MercadoPagoTokens>): IssuedTokens => {
  if (answer.is === 'refused' && refusals.has(answer.reason))
    throw new LinkRefused(`Mercado Pago refused: ${answer.reason}`);
  if (answer.is !== 'ok')
    throw new ProviderUnclear(
      `Mercado Pago: ${answer.is === 'refused' ? answer.reason : answer.is}`,
    );
  const { accessToken, refreshToken, userId, liveMode, expiresInSeconds } = answer.value;
  // Without `offline_access` it could not be renewed, and would end without anybody's doing.
  if (refreshToken === null) throw new LinkRefused('Mercado Pago gave no refresh token');
  return { accessToken, refreshToken, account: userId, isLive: liveMode, expiresInSeconds };
};

/** Sellers' own accounts at Mercado Pago. */
export const createMercadoPagoAccounts = (settings: Settings): SellerAccounts => {
  const { client, clientId, clientSecret, redirectUri, newId } = settings;
  const credentials = { clientId, clientSecret };
  return {
    provider: mercadoPagoName,
    isLive: settings.isLive,
    authorizationUrl({ state, verifier }) {
      const url = new URL(settings.authorizationUrl);
      for (const [name, value] of Object.entries({
        client_id: clientId,
        response_type: 'code',
        platform_id: 'mp',
        state,
        redirect_uri: redirectUri(),
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }))
        url.searchParams.set(name, value);
      return url.href;
    },
    exchange: async ({ code, verifier }) =>
      tokensOf(
        await client.exchangeCode({
          ...credentials,
          code,
          redirectUri: redirectUri(),
          codeVerifier: verifier,
          key: newId(),
        }),
      ),
    renew: async ({ refreshToken, key }) =>
      tokensOf(await client.refreshTokens({ ...credentials, refreshToken, key })),
    async isAccepted(token) {
      // The cheapest reading there is: a reference that nobody has.
      const request = { token, externalReference: newId(), limit: 1 };
      const answer = await client.searchPayments(request);
      if (answer.is === 'ok') return true;
      if (answer.is === 'refused' && answer.reason === 'token_refused') return false;
      throw new ProviderUnclear('Mercado Pago does not say whether an account is linked');
    },
  };
};
