import type { Guests, ProvenEmails } from '../guest-ports.ts';
import type { Orders, StoredOrder } from '../ports.ts';

/** Guests' orders that carry the e-mail which the account has proven: it may claim them. */
export const createReadClaimable =
  (
    ports: Readonly<{
      orders: Pick<Orders, 'find'>;
      guests: Pick<Guests, 'withEmail'>;
      provenEmails: ProvenEmails;
    }>,
  ) =>
  async (accountId: string): Promise<readonly StoredOrder[]> => {
    const email = await ports.provenEmails.of(accountId);
    const ids = email === undefined ? [] : await ports.guests.withEmail(email);
    const found = await Promise.all(ids.map((id) => ports.orders.find(id)));
    return found.flatMap((stored) => stored ?? []);
  };

export type ReadClaimable = ReturnType<typeof createReadClaimable>;
