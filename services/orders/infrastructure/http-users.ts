import { httpError } from '#shared/http/errors.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { ProvenEmails } from '../application/guest-ports.ts';

type Told = Readonly<{ email: string; is_proven: boolean }>;

/**
 * Asks users when somebody wants to claim an order: a copy kept by events would cost every registration
 * a statement for a question that few ever ask (as in ADR 0023).
 */
export const createHttpProvenEmails = (ask: Platform['ask']): ProvenEmails => ({
  async of(accountId) {
    const path = `/users/accounts/${accountId}/email`;
    const { status, body } = await ask('users', 'GET', path).catch((cause: unknown) => {
      throw httpError('unavailable', { retryAfterSeconds: 2, cause });
    });
    if (status === 404) return undefined;
    if (status !== 200) throw httpError('unavailable', { retryAfterSeconds: 2 });
    const { email, is_proven: isProven } = body as Told;
    return isProven ? email : undefined;
  },
});
