import type { Platform } from '#shared/platform/module.ts';
import type { AuthorizationServer } from '../application/oauth-ports.ts';
import type { Accounts } from '../application/ports.ts';
import type { ConfigurationPorts } from './oidc-configuration.ts';
import { createIssuedTokens } from './issued-tokens.ts';
import { createOidcProvider } from './oidc-provider.ts';
import { createPgOAuthClients } from './pg-oauth-clients.ts';
import { createPgOAuthGrants } from './pg-oauth-grants.ts';
import type { KeyRing } from './pg-signing-keys.ts';

type Parts = Readonly<{
  accounts: Pick<Accounts, 'find'>;
  accessTokens: Readonly<{
    keyRing: () => Promise<KeyRing>;
    publicKeys: () => Promise<Readonly<{ keys: readonly object[] }>>;
  }>;
  errorPage: ConfigurationPorts['errorPage'];
}>;

/** The OpenID Connect provider on identity's tables and keys. */
export const createAuthorizationServer = (
  platform: Platform,
  { accounts, accessTokens, errorPage }: Parts,
): AuthorizationServer => {
  const { config, publicUrl: issuer } = platform;
  const grants = createPgOAuthGrants(platform);
  const { findWithSecret: findClient } = createPgOAuthClients(platform);
  const { keyRing, publicKeys } = accessTokens;
  return createOidcProvider({
    ...platform,
    accounts,
    grants,
    findClient,
    keyRing,
    issuer,
    accessTokenSeconds: config.accessTokenMinutes * 60,
    issuedTokens: createIssuedTokens({ ...platform, publicKeys, issuer, grants, accounts }),
    errorPage,
    countWrongSecrets: platform.countsOf('client-secret'),
  });
};
