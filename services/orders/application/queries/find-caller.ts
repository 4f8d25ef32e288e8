import { orderError } from '../../domain/errors.ts';
import type { Caller } from '../commands/change-order-status.ts';
import type { GuestSecrets, Guests } from '../guest-ports.ts';

/**
 * Who asks for an order: the guest whose token opens it, else the account. A token that opens nothing is
 * answered as an order that is not there.
 */
export const createFindCaller =
  (ports: Readonly<{ guests: Pick<Guests, 'buyerOf'>; secrets: Pick<GuestSecrets, 'hashOf'> }>) =>
  async (
    orderId: string,
    token: string | undefined,
    account: Caller | undefined,
  ): Promise<Caller> => {
    const guestId =
      token === undefined
        ? undefined
        : await ports.guests.buyerOf(orderId, ports.secrets.hashOf(token));
    if (guestId !== undefined) return { id: guestId, isAdmin: false, isSeller: false };
    if (!account) throw orderError('not_found');
    return account;
  };

export type FindCaller = ReturnType<typeof createFindCaller>;
