import { createHmac } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as OidcProvider from 'oidc-provider';
import type { Interaction, InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Pool } from 'pg';
import type { AddToCount } from '#shared/http/request-window.ts';
import { scopes as allScopes } from '#shared/kernel/scopes.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { AuthorizationServer, Exchange } from '../application/oauth-ports.ts';
import type { Accounts } from '../application/ports.ts';
import type { IssuedTokens } from './issued-tokens.ts';
import { createAdapterFactory } from './oidc-artefacts.ts';
import {
  createSecretComparison,
  tooManySecretsSeconds,
  createConfiguration,
  signInCookieOf,
  type ConfigurationPorts,
  type Refusals,
} from './oidc-configuration.ts';
import type { ClientSecretHash } from './pg-oauth-clients.ts';
import type { OAuthGrants } from './pg-oauth-grants.ts';
import type { KeyRing } from './pg-signing-keys.ts';

type Library = typeof OidcProvider;

/** While it cannot be counted how often a secret was wrong. */
const awayRetrySeconds = 2;

type Options = Readonly<
  Pick<Platform, 'clock' | 'newId' | 'log' | 'deriveKeys'> & {
    pool: Pool;
    accounts: Pick<Accounts, 'find'>;
    grants: OAuthGrants;
    findClient: (id: string) => Promise<ClientSecretHash | undefined>;
    /** The keys that sign now; another object when they have changed. */
    keyRing: () => Promise<KeyRing>;
    /** This provider's name for itself, and where applications find it. */
    issuer: () => string;
    accessTokenSeconds: number;
    issuedTokens: IssuedTokens;
    errorPage: ConfigurationPorts['errorPage'];
    countWrongSecrets: AddToCount;
  }
>;

/**
 * The library is loaded with the first request of the protocol: an installation without applications
 * does not pay for it. It warns of each version of Node that it does not know yet; that is no news
 * for who runs Plaza, which brings its own.
 */
const loadLibrary = async (log: Options['log']): Promise<Library> => {
  const { warn } = console;
  console.warn = (...parts: unknown[]) =>
    String(parts[0]).includes('oidc-provider WARNING')
      ? log.debug({ warning: String(parts[0]) }, 'the library of the provider warns')
      : warn.apply(console, parts);
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
};

const refusalsOf = ({ errors }: Library): Refusals => ({
  usedBefore: () => new errors.InvalidGrant('used before; what it gave has ended'),
  ownerGone: () => new errors.UnauthorizedClient('the account it acts as cannot sign in'),
  unknownResource: () => new errors.InvalidTarget(),
  // Told as it is, and not as a failure of ours.
  notNow: (status) =>
    Object.assign(new errors.OIDCProviderError(status, 'temporarily_unavailable'), {
      expose: true,
    }),
});

/** The path of the authorization endpoint, where a flow begins. */
const beginning = /^\/oauth2\/authorize(\?|$)/;

const goneCookie =
  (isHttps: boolean) =>
  (name: string): string =>
    `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly; samesite=lax${isHttps ? '; secure' : ''}`;

/**
 * The library believes what the request says of where it came from: told here, since only the issuer
 * is true whatever is in between. A flow begins without the sign-in of another, so each asks who is
 * there.
 */
const prepare = ({ request, response }: Exchange, issuer: string) => {
  const incoming = request as IncomingMessage & { originalUrl?: string };
  const { host, protocol, pathname } = new URL(issuer);
  incoming.headers.host = host;
  incoming.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  delete incoming.headers['x-forwarded-host'];
  if (pathname !== '/') incoming.originalUrl = `${pathname.replace(/\/$/, '')}${incoming.url!}`;
  const outgoing = response as ServerResponse;
  if (beginning.test(incoming.url!)) {
    const isHttps = protocol === 'https:';
    const name = signInCookieOf(isHttps);
    if (incoming.headers.cookie?.includes(name))
      outgoing.appendHeader('set-cookie', [name, `${name}.sig`].map(goneCookie(isHttps)));
    delete incoming.headers.cookie;
  }
  return { incoming, outgoing };
};

const isInteractionGone = (error: unknown): boolean =>
  (error as Error | undefined)?.name === 'SessionNotFound';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const toPending = async ({ uid, prompt, params, session }: Interaction, provider: Provider) => {
  const client = await provider.Client.find(textOf(params['client_id']));
  const wanted = textOf(params['scope']).split(' ');
  return {
    uid,
    step: prompt.name === 'login' ? ('sign-in' as const) : ('consent' as const),
    clientId: textOf(params['client_id']),
    clientName: client?.clientName ?? '',
    redirectUri: textOf(params['redirect_uri']),
    scopes: allScopes.filter((scope) => wanted.includes(scope)),
    languages: textOf(params['ui_locales']).split(' ').filter(Boolean),
    nameHint: textOf(params['login_hint']),
    accountId: session?.accountId,
  };
};

/** RFC 7662 and RFC 7009 for access tokens, which the library does not store and so does not know. */
const answerForAccessTokens = (provider: Provider, { issuedTokens, grants }: Options): void => {
  provider.use(async (context: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    await next();
    const { body } = context as unknown as { body?: { error?: string } };
    if (body?.error !== 'unsupported_token_type') return;
    const { client, params, route } = context.oidc;
    const claims = await issuedTokens.check(textOf(params?.['token']), client!.clientId);
    if (route === 'introspection') {
      const isAllowed = claims && client!.clientAuthMethod !== 'none';
      context.body = isAllowed
        ? { active: true, token_type: 'Bearer', ...claims }
        : { active: false };
    } else {
      if (claims && claims.sid !== claims.client_id) await grants.end(claims.sid);
      context.body = '';
    }
    context.status = 200;
  });
};

const build = (library: Library, options: Options, issuer: string, ring: KeyRing): Provider => {
  const refusals = refusalsOf(library);
  const cookieKeys = options
    .deriveKeys('oauth-cookies')
    .map((key) => createHmac('sha256', key).update('plaza').digest('base64url'));
  const provider = new library.Provider(
    issuer,
    createConfiguration(
      {
        ...options,
        refusals,
        cookieKeys,
        adapter: createAdapterFactory({ ...options, refusals }),
      },
      issuer,
      ring,
    ),
  );
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = createSecretComparison(
    options.countWrongSecrets,
    refusals,
  );
  provider.use(async (context, next) => {
    await next();
    const seconds = { 429: tooManySecretsSeconds, 503: awayRetrySeconds }[context.status];
    if (seconds !== undefined) context.set('retry-after', String(seconds));
  });
  answerForAccessTokens(provider, options);
  provider.on('server_error', (_context, error) =>
    options.log.error({ err: error }, 'the provider failed'),
  );
  // A client that goes away while it is answered is no failure of ours.
  (provider as EventEmitter).on('error', (error: unknown) =>
    options.log.warn({ err: error }, 'an answer broke off'),
  );
  return provider;
};

/**
 * OpenID Connect by a certified library. When the keys rotate, the next request finds a provider with
 * the new ones; requests under way finish with the one they began with, whose key stays published.
 */
export const createOidcProvider = (options: Options): AuthorizationServer => {
  const { keyRing, issuer, log } = options;
  let loading: Promise<Library> | undefined;
  let built: Readonly<{ provider: Provider; issuer: string; kid: string }> | undefined;

  const current = async () => {
    loading ??= loadLibrary(log);
    const [library, ring] = await Promise.all([loading, keyRing()]);
    const name = issuer();
    if (built?.issuer !== name || built.kid !== ring.signingKid)
      built = { provider: build(library, options, name, ring), issuer: name, kid: ring.signingKid };
    return built;
  };

  const finish = async (
    exchange: Exchange,
    result: InteractionResults,
    isMerged: boolean,
  ): Promise<string> => {
    const { provider, issuer: name } = await current();
    const { incoming, outgoing } = prepare(exchange, name);
    return provider.interactionResult(incoming, outgoing, result, {
      mergeWithLastSubmission: isMerged,
    });
  };

  return {
    async handle(exchange) {
      const { provider, issuer: name } = await current();
      const { incoming, outgoing } = prepare(exchange, name);
      await provider.callback()(incoming, outgoing);
    },
    async pending(exchange) {
      const { provider, issuer: name } = await current();
      const { incoming, outgoing } = prepare(exchange, name);
      try {
        return await toPending(await provider.interactionDetails(incoming, outgoing), provider);
      } catch (error) {
        if (isInteractionGone(error)) return undefined;
        throw error;
      }
    },
    signedIn: (exchange, { accountId, epoch }) =>
      finish(exchange, { login: { accountId, epoch, remember: false } }, false),
    consented: (exchange) => finish(exchange, { consent: {} }, true),
    refused: (exchange) =>
      finish(exchange, { error: 'access_denied', error_description: 'the person refused' }, false),
  };
};
