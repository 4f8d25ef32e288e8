import type { Scope } from '#shared/kernel/scopes.ts';
import { identityError } from '../../domain/account.ts';
import type { Consents } from '../oauth-ports.ts';
import type { Circumstances } from '../ports.ts';

export type NarrowConsentHandler = (
  command: Readonly<{ accountId: string; clientId: string; scopes: readonly Scope[] }>,
  circumstances: Circumstances,
) => Promise<void>;

/** An application may less for this account from now on; what it was given beyond that ends. */
export const createNarrowConsent =
  (consents: Consents): NarrowConsentHandler =>
  async (command, circumstances) => {
    const outcome = await consents.narrow(command, circumstances);
    if (outcome === 'none') throw identityError('consent_not_found');
    if (outcome === 'wider')
      throw identityError('consent_wider', {
        errors: [{ pointer: '#/scopes', code: 'not_given', detail: 'has more than was given' }],
      });
  };
