import type { FastifyRequest } from 'fastify';
import { authError, httpError } from './errors.ts';

export type Role = 'customer' | 'seller' | 'professional' | 'support' | 'admin' | 'service';

/** The authenticated caller, read from a verified token and never from a body or a header. */
export type Principal = Readonly<{
  id: string;
  roles: readonly Role[];
  isEmailVerified: boolean;
  /** The session the token belongs to; absent for service tokens. */
  sessionId?: string;
  /** Seconds since the epoch. */
  expiresAt: number;
}>;

/** Who may call a route. Every route says so; one that does not keeps the process from starting. */
export type Access =
  | 'public'
  | 'account'
  /** As `account`, and the e-mail address is proven: for money and for what others will read. */
  | 'verified'
  | Readonly<{ roles: readonly Role[] }>
  /** Another context of the platform, by a token of its own; for all others there is nothing here. */
  | 'service';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
    /** The context that asks, by a token of its own; it has no account, so `principal` is null. */
    service: string | null;
    readonly correlationId: string;
  }
  interface FastifyContextConfig {
    access?: Access;
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

/** Throws unless `principal` may pass; called before the body is read. */
export const checkAccess = (
  access: Access,
  principal: Principal | null,
  service: string | null = null,
): void => {
  if (access === 'public') return;
  if (access === 'service') {
    if (service === null) throw httpError('not_found');
    return;
  }
  if (!principal) throw authError('required');
  if (access === 'account') return;
  if (access === 'verified') {
    if (!principal.isEmailVerified) throw authError('email_not_verified');
    return;
  }
  if (!hasRole(principal, ...access.roles)) throw authError('insufficient_role');
};
