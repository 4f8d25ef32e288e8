import type { FastifyRequest } from 'fastify';
import type { enrolmentScope, Scope } from '../kernel/scopes.ts';
import { authError } from './errors.ts';

export type Role = 'customer' | 'seller' | 'professional' | 'support' | 'admin' | 'service';

/** The authenticated caller, read from a verified token and never from a body or a header. */
export type Principal = Readonly<{
  id: string;
  roles: readonly Role[];
  isEmailVerified: boolean;
  /** The session the token belongs to; absent for service tokens. */
  sessionId?: string;
  /** The account's epoch when the token was signed; a later one has ended it. */
  epoch?: number;
  /** What an application or a key may do in the account's name; absent: our own sign-in, all. */
  scopes?: readonly string[];
  /** Seconds since the epoch when the holder last proved all that the account asks for. */
  authenticatedAt?: number;
  /** Seconds since the epoch. */
  expiresAt: number;
}>;

/** Who may call a route. Every route says so; one that does not keeps the process from starting. */
export type Access =
  | 'public'
  /** Another context of the platform, by a token of its own; for all others there is nothing here. */
  | 'service'
  | 'account'
  /** As `account`, and the e-mail address is proven: for money and for what others will read. */
  | 'verified'
  | Readonly<{ roles: readonly Role[] }>
  /**
   * An account, or whoever has none and shows this token instead. What the token opens is the route's
   * to tell: here it is only there or not.
   */
  | Readonly<{ account: 'account' | 'verified'; orHeader: GuestHeader }>;

/** Where somebody without an account shows the token that was given to them. */
export type GuestHeader = 'x-cart-token' | 'x-order-token';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
    /** The context that asks, by a token of its own; it has no account, so `principal` is null. */
    service: string | null;
    readonly correlationId: string;
  }
  interface FastifyContextConfig {
    access?: Access;
    /** What a token of an application or a key must have been given; without it none passes. */
    scope?: Scope | typeof enrolmentScope;
    /** Only for who proved it lately who they are: for what hurts in the hands of a thief. */
    isStepUp?: boolean;
    /** Another process answers, which knows what it asks for. */
    isPassedOn?: boolean;
    /** Staff may do this for others though it is open to all: such an act goes into the audit log. */
    isForOthers?: boolean;
    /** What it changes keeps its own history, so that the audit log need not say what was before. */
    hasHistory?: boolean;
    /** `Authorization` says which application asks, and the route reads it itself (RFC 6749, 2.3.1). */
    readsAuthorization?: boolean;
    /** Counted against the small limit of sign-in tries. */
    isSignIn?: boolean;
    /** Path prefix that this route leaves out of `/api/v1` documents. */
    isHidden?: boolean;
  }
}

export const requirePrincipal = (request: FastifyRequest): Principal => {
  if (!request.principal) throw authError('required');
  return request.principal;
};

export const hasRole = (principal: Principal | null, ...roles: readonly Role[]): boolean =>
  principal !== null && roles.some((role) => principal.roles.includes(role));

/** How long a proof of who one is counts as fresh. */
export const stepUpSeconds = 600;

const checkRoles = (access: Access, principal: Principal | null): void => {
  if (access === 'public') return;
  if (typeof access === 'object' && 'orHeader' in access)
    return checkRoles(access.account, principal);
  if (!principal || access === 'service') throw authError('required');
  if (access === 'account') return;
  if (access === 'verified') {
    if (!principal.isEmailVerified) throw authError('email_not_verified');
    return;
  }
  if (!hasRole(principal, ...access.roles))
    throw authError('insufficient_role', { extra: { roles: access.roles } });
};

type Guarded = Readonly<{
  access?: Access;
  scope?: Scope | typeof enrolmentScope;
  isStepUp?: boolean;
  isPassedOn?: boolean;
}>;

/** Throws unless `principal` may pass; called before the body is read. A route says at least `access`. */
export const checkAccess = (
  { access = 'public', scope, isStepUp = false, isPassedOn = false }: Guarded,
  principal: Principal | null,
  nowSeconds: number,
): void => {
  checkRoles(access, principal);
  if (isPassedOn) return;
  if (principal?.scopes && (scope === undefined || !principal.scopes.includes(scope)))
    throw authError('insufficient_scope', { extra: scope === undefined ? {} : { scope } });
  const provenAt = principal?.authenticatedAt ?? -Infinity;
  // The operator's own tools hold a token that is theirs alone: there is nobody to ask.
  const isTool = principal?.scopes === undefined && hasRole(principal, 'service');
  if (isStepUp && !isTool && nowSeconds - provenAt > stepUpSeconds)
    throw authError('step_up_required', { extra: { max_age: stepUpSeconds } });
};

/** Routes of money and of staff: a session that ended loses them at once, not within minutes. */
export const isGuarded = ({ access, isStepUp }: Guarded): boolean => {
  const asked = typeof access === 'object' && 'orHeader' in access ? access.account : access;
  return typeof asked === 'object' || asked === 'verified' || isStepUp === true;
};

/** Whether somebody who is not signed in shows what `access` takes instead. */
export const isGuest = (
  access: Access | undefined,
  request: Pick<FastifyRequest, 'principal' | 'headers'>,
): boolean =>
  request.principal === null &&
  typeof access === 'object' &&
  'orHeader' in access &&
  typeof request.headers[access.orHeader] === 'string';
