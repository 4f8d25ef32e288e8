import { createHash, timingSafeEqual } from 'node:crypto';
import type { Account as ProviderAccount, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { windowMs } from '#shared/http/rate-limits.ts';
import type { AddToCount } from '#shared/http/request-window.ts';
import { tokenAudience } from '#shared/http/tokens.ts';
import { scopes as allScopes } from '#shared/kernel/scopes.ts';
import type { Account } from '../domain/account.ts';
import { wrongSecretsAMinute } from '../domain/oauth-client.ts';
import { userClaims } from '../domain/user-claims.ts';
import type { Accounts } from '../application/ports.ts';
import { apiResource, type createAdapterFactory } from './oidc-artefacts.ts';
import type { ClientSecretHash } from './pg-oauth-clients.ts';
import { grantLifeMs, type OAuthGrants } from './pg-oauth-grants.ts';
import type { KeyRing } from './pg-signing-keys.ts';

export const interactionSeconds = 600;
const codeSeconds = 60;
const idTokenSeconds = 600;

/** What our services read of an access token besides what the RFC asks for. */
const apiClaimsOf = (account: Account, sid: string) => ({
  roles: account.roles,
  email_verified: account.emailVerifiedAt !== null,
  epoch: account.sessionEpoch,
  sid,
});

type KnownAccount = ProviderAccount & Readonly<{ account: Account }>;

const secretMatches = (hash: string, secret: string): boolean =>
  timingSafeEqual(createHash('sha256').update(secret).digest(), Buffer.from(hash, 'hex'));

/** Errors of the protocol, as the library raises them. */
export type Refusals = Readonly<{
  /** A code or refresh token comes a second time. */
  usedBefore: () => Error;
  /** The account that an application acts as cannot sign in any more. */
  ownerGone: () => Error;
  unknownResource: () => Error;
  /** 429: too often; 503: it cannot be said how often. */
  notNow: (status: 429 | 503) => Error;
}>;

export type ConfigurationPorts = Readonly<{
  adapter: ReturnType<typeof createAdapterFactory>;
  accounts: Pick<Accounts, 'find'>;
  grants: OAuthGrants;
  findClient: (id: string) => Promise<ClientSecretHash | undefined>;
  newId: () => string;
  cookieKeys: readonly string[];
  accessTokenSeconds: number;
  /** The page for a person whose application sent a request that cannot be answered to it. */
  errorPage: (
    why: 'gone' | 'request',
    acceptLanguage: string | undefined,
  ) => Readonly<{
    html: string;
    headers: Readonly<Record<string, string>>;
  }>;
  refusals: Refusals;
}>;

/** Only an account that may sign in is one. */
const createFindAccount =
  ({ accounts }: ConfigurationPorts) =>
  async (_context: unknown, id: string): Promise<KnownAccount | undefined> => {
    const account = await accounts.find(id);
    if (!account || account.status === 'deactivated') return undefined;
    return {
      accountId: id,
      account,
      claims: (_use, scope) => userClaims(account, scope.split(' ')),
    };
  };

/**
 * A grant for what was asked, when the person has signed in in this very flow and has consented to
 * it. Each authorization has one of its own, so that the end of one leaves the others alone.
 */
const createLoadGrant =
  ({ grants, newId }: ConfigurationPorts) =>
  async (context: KoaContextWithOIDC) => {
    const { oidc } = context;
    const { login } = oidc.result ?? {};
    const epoch: unknown = login?.['epoch'];
    if (!login?.accountId || typeof epoch !== 'number' || oidc.promptPending('consent'))
      return undefined;
    const id = newId();
    const isOpen = await grants.open({
      id,
      accountId: login.accountId,
      clientId: oidc.client!.clientId,
      scopes: [...oidc.requestParamScopes].filter((scope) =>
        allScopes.some((known) => known === scope),
      ),
      epoch,
    });
    return isOpen ? oidc.provider.Grant.find(id) : undefined;
  };

/** Claims of access tokens: of who signed in, or of the account that an application acts as. */
const createExtraClaims =
  ({ accounts, findClient, refusals }: ConfigurationPorts): Configuration['extraTokenClaims'] =>
  async (context, token) => {
    if (token.kind === 'AccessToken') {
      const { account } = context.oidc.entities.Account as KnownAccount;
      return apiClaimsOf(account, token.grantId);
    }
    const found = await findClient(token.clientId!);
    const ownerId = found?.client.ownerId ?? undefined;
    const owner = ownerId === undefined ? undefined : await accounts.find(ownerId);
    if (!owner || owner.status === 'deactivated') throw refusals.ownerGone();
    return { ...apiClaimsOf(owner, token.clientId!), owner: owner.id };
  };

const resourceServer = (accessTokenSeconds: number) => ({
  scope: allScopes.filter((scope) => scope !== 'offline_access').join(' '),
  audience: tokenAudience,
  accessTokenFormat: 'jwt' as const,
  accessTokenTTL: accessTokenSeconds,
  jwt: { sign: { alg: 'EdDSA' as const } },
});

const createFeatures = ({
  accessTokenSeconds,
  refusals,
}: ConfigurationPorts): Configuration['features'] => ({
  devInteractions: { enabled: false },
  // Our services do not check proofs, so a token must not look as if it needed one.
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  // Our own route: it takes the same tokens as the API does.
  userinfo: { enabled: false },
  clientCredentials: { enabled: true },
  revocation: {
    enabled: true,
    allowedPolicy: (_context, client, token) => client.clientId === token.clientId,
  },
  introspection: {
    enabled: true,
    allowedPolicy: (_context, client, token) =>
      client.clientAuthMethod !== 'none' && client.clientId === token.clientId,
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => apiResource,
    useGrantedResource: () => true,
    getResourceServerInfo: (_context, indicator) => {
      if (indicator !== apiResource) throw refusals.unknownResource();
      return resourceServer(accessTokenSeconds);
    },
  },
});

/** Carries a sign-in from its page to the code that it leads to. */
export const signInCookieOf = (isHttps: boolean): string =>
  isHttps ? '__Host-plaza_sign_in' : 'plaza_sign_in';

/** Cookies of one flow. Over https no other host can set them (RFC 6265bis, 4.1.3). */
const cookiesOf = (isHttps: boolean, keys: readonly string[]): Configuration['cookies'] => {
  const options = { httpOnly: true, sameSite: 'lax', secure: isHttps, signed: true } as const;
  return {
    names: {
      session: signInCookieOf(isHttps),
      interaction: isHttps ? '__Secure-plaza_interaction' : 'plaza_interaction',
      resume: isHttps ? '__Secure-plaza_resume' : 'plaza_resume',
    },
    keys: [...keys],
    long: { ...options, path: '/' },
    short: options,
  };
};

export const createConfiguration = (
  ports: ConfigurationPorts,
  issuer: string,
  ring: KeyRing,
): Configuration => {
  const { accessTokenSeconds, errorPage } = ports;
  const privateJwk = ring.signingKey.export({ format: 'jwk' });
  return {
    adapter: ports.adapter,
    jwks: {
      keys: [{ ...privateJwk, kty: 'OKP', kid: ring.signingKid, alg: 'EdDSA', use: 'sig' }],
    },
    findAccount: createFindAccount(ports),
    loadExistingGrant: createLoadGrant(ports),
    extraTokenClaims: createExtraClaims(ports),
    formats: {
      customizers: {
        jwt: (_context, _token, { payload }) => {
          const { owner, ...rest } = payload as Record<string, unknown>;
          if (owner === undefined) return;
          for (const name of Object.keys(payload)) delete payload[name];
          Object.assign(payload, rest, { sub: owner });
        },
      },
    },
    features: createFeatures(ports),
    scopes: [...allScopes],
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'locale'],
      email: ['email', 'email_verified'],
    },
    responseTypes: ['code'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: 'EdDSA' },
    clientBasedCORS: (_context, origin, client) =>
      client.clientAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      IdToken: idTokenSeconds,
      Interaction: interactionSeconds,
      Session: interactionSeconds,
      Grant: grantLifeMs / 1000,
      RefreshToken: (context) =>
        context.oidc.entities.RotatedRefreshToken?.remainingTTL ?? grantLifeMs / 1000,
    },
    cookies: cookiesOf(issuer.startsWith('https:'), ports.cookieKeys),
    discovery: {
      userinfo_endpoint: `${issuer}/oauth2/userinfo`,
      ui_locales_supported: ['es', 'en'],
      service_documentation: `${issuer}/docs`,
    },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      introspection: '/oauth2/introspect',
      revocation: '/oauth2/revoke',
      jwks: '/oauth2/jwks',
    },
    interactions: { url: (_context, { uid }) => `/oauth2/interaction/${uid}` },
    renderError: (context, _out, error) => {
      const why = error.name === 'SessionNotFound' ? 'gone' : 'request';
      const { html, headers } = errorPage(why, context.get('accept-language'));
      context.set({ ...headers });
      context.body = html;
    },
  };
};

/** What of a minute is left at most, told to a client whose secret was guessed too often. */
export const tooManySecretsSeconds = windowMs / 1_000;

/**
 * The stored secret is a hash, so the one that is shown is hashed before the two are compared. After
 * many wrong ones in a minute, from wherever, none is compared until it is over.
 */
export const createSecretComparison = (
  countWrongSecrets: AddToCount,
  refusals: Pick<Refusals, 'notNow'>,
) => {
  const count = async (clientId: string, points: number): Promise<number> => {
    try {
      return (await countWrongSecrets(clientId, points)).count;
    } catch {
      throw refusals.notNow(503);
    }
  };
  return async function (
    this: Readonly<{ clientId: string; clientSecret?: string | undefined }>,
    secret: string,
  ): Promise<boolean> {
    if ((await count(this.clientId, 0)) >= wrongSecretsAMinute) throw refusals.notNow(429);
    const isRight = this.clientSecret !== undefined && secretMatches(this.clientSecret, secret);
    if (!isRight) await count(this.clientId, 1);
    return isRight;
  };
};
