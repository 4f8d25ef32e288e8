import { readEmailAddress } from '#shared/kernel/email-address.ts';
import type { Trace } from '#shared/kernel/trace.ts';
import type { GuestSecrets, Guests } from '../guest-ports.ts';

/** Links that one e-mail is asked for within an hour. */
export const linksMax = 5;

/**
 * Asks for a link to a guest's order. Nothing of the answer, its time among it, tells whether there is
 * such an order; a mail does, to who reads that address.
 */
export const createRequestLink =
  (ports: Readonly<{ guests: Pick<Guests, 'requestLink'>; secrets: GuestSecrets }>) =>
  async (request: Readonly<{ number: string; email: string; trace: Trace }>): Promise<void> => {
    // What is no address is nobody's: it is looked for as everything else is.
    const email = readEmailAddress(request.email) ?? '';
    await ports.guests.requestLink({
      number: request.number.trim().toUpperCase(),
      email,
      key: ports.secrets.countKeyOf('track-email', email),
      max: linksMax,
      trace: request.trace,
    });
  };

export type RequestLink = ReturnType<typeof createRequestLink>;
