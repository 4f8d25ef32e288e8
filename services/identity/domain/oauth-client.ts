import { apiScopes, scopes as allScopes, type Scope } from '#shared/kernel/scopes.ts';
import { identityError } from './account.ts';

export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
export type GrantType = (typeof grantTypes)[number];
export const authMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;
export type AuthMethod = (typeof authMethods)[number];

/** What an administrator says of an application. */
export type ClientDetails = Readonly<{
  name: string;
  /** A native one may take any port of the machine it runs on, and is asked for consent each time. */
  applicationType: 'web' | 'native';
  authMethod: AuthMethod;
  grantTypes: readonly GrantType[];
  redirectUris: readonly string[];
  scopes: readonly string[];
  /** The account that it acts as without a person, hence only with client credentials. */
  ownerId: string | null;
}>;

export type OAuthClient = ClientDetails &
  Readonly<{
    id: string;
    /** Grows by one a change; a writer that saw an older one is refused. */
    version: number;
    scopes: readonly Scope[];
    createdAt: Date;
    updatedAt: Date;
  }>;

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** A private scheme is a domain read backwards (RFC 8252, 7.1), so that no two are alike. */
const privateScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

/** Why nobody may be sent to this address with a code, if so (RFC 9700, 2.1; RFC 8252, 7). */
const faultOfRedirect = (
  uri: string,
  applicationType: ClientDetails['applicationType'],
): string | undefined => {
  if (!URL.canParse(uri)) return 'is no absolute address';
  const { protocol, hostname, hash, username, password } = new URL(uri);
  if (hash !== '' || uri.includes('#')) return 'must have no fragment';
  if (username !== '' || password !== '') return 'must have no user information';
  if (uri.includes('*')) return 'is compared character by character, so * means nothing';
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:')
    return loopback.test(hostname) ? undefined : 'must be https, but for this machine';
  return applicationType === 'native' && privateScheme.test(protocol)
    ? undefined
    : 'must be https, or for native applications a private scheme with a dot';
};

type Fault = readonly [pointer: string, detail: string];

const faultsOf = (client: ClientDetails): readonly Fault[] => {
  const has = (type: GrantType): boolean => client.grantTypes.includes(type);
  const faults: Fault[] = [];
  for (const [i, uri] of client.redirectUris.entries()) {
    const fault = faultOfRedirect(uri, client.applicationType);
    if (fault !== undefined) faults.push([`#/redirect_uris/${i}`, fault]);
  }
  if (has('authorization_code') && client.redirectUris.length === 0)
    faults.push(['#/redirect_uris', 'needs an address to come back to']);
  if (!has('authorization_code') && client.redirectUris.length > 0)
    faults.push(['#/redirect_uris', 'is for authorization_code only']);
  if (has('refresh_token') && !has('authorization_code'))
    faults.push(['#/grant_types', 'refresh_token comes with authorization_code']);
  if (!has('authorization_code') && !has('client_credentials'))
    faults.push(['#/grant_types', 'needs a way to get a token']);
  if (has('client_credentials') && client.authMethod === 'none')
    faults.push(['#/token_endpoint_auth_method', 'client_credentials needs a secret']);
  if (has('client_credentials') !== (client.ownerId !== null))
    faults.push(['#/account_id', 'says whom client_credentials act for, and only with them']);
  const known: readonly string[] = has('authorization_code') ? allScopes : apiScopes;
  for (const [i, scope] of client.scopes.entries())
    if (!known.includes(scope)) faults.push([`#/scopes/${i}`, 'is no scope of these grants']);
  return faults;
};

/** The details as they are stored; refuses what no application may be. */
export const readClient = (
  details: ClientDetails,
): Omit<OAuthClient, 'id' | 'version' | 'createdAt' | 'updatedAt'> => {
  const faults = faultsOf(details);
  if (faults.length > 0)
    throw identityError('client_invalid', {
      errors: faults.map(([pointer, detail]) => ({ pointer, code: 'not_allowed', detail })),
    });
  const scopes = allScopes.filter((scope) => details.scopes.includes(scope));
  return { ...details, name: details.name.trim(), scopes };
};

/**
 * Of one application, wherever they come from. Nobody guesses 256 bits; it keeps whoever tries from
 * filling the log, and is more than one address may try, so that nobody alone keeps the application out.
 */
export const wrongSecretsAMinute = 100;
