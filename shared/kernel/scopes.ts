/**
 * What an application or a key can be given. Every route that they may call names one of these in
 * `config.scope`; a route that names none is closed to them. A scope never gives more than the roles
 * of its account do.
 */
export const scopes = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'account:read',
  'products:read',
  'products:write',
  'stock:write',
  'orders:read',
  'orders:write',
  'payments:read',
  'payments:write',
  'ledger:read',
] as const;

export type Scope = (typeof scopes)[number];

/** Of a token by which somebody may add a second factor and do nothing else; given to no application. */
export const enrolmentScope = 'second_factors:enrol';

/** Those of OpenID Connect itself: about who signs in, and no right to act. */
const openIdScopes: ReadonlySet<Scope> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What may be done with the API; keys and applications without a person have only these. */
export const apiScopes: readonly Scope[] = scopes.filter((scope) => !openIdScopes.has(scope));

/** Where no account without one of these roles could use a scope; the others are anybody's. */
const rolesOfScope: Readonly<Partial<Record<Scope, readonly string[]>>> = {
  'products:write': ['seller', 'admin'],
  'stock:write': ['seller', 'admin'],
  'ledger:read': ['admin'],
};

/** Those of `wanted` that an account with these roles could use. */
export const scopesWithin = (
  wanted: readonly string[],
  roles: readonly string[],
): readonly Scope[] =>
  scopes.filter(
    (scope) =>
      wanted.includes(scope) && (rolesOfScope[scope]?.some((role) => roles.includes(role)) ?? true),
  );
