import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';
import { claimOrder } from '../../domain/order-process.ts';
import type { GuestSecrets, Guests, ProvenEmails } from '../guest-ports.ts';
import type { Cause, Orders, StoredOrder } from '../ports.ts';

/**
 * Makes a guest's order an account's: of who shows its token, or has proven the e-mail that the guest
 * gave. An equal e-mail that nobody has proven is not enough, since it may be another person's.
 */
export const createClaimOrder = (
  ports: Readonly<{
    orders: Orders;
    guests: Guests;
    secrets: GuestSecrets;
    provenEmails: ProvenEmails;
    clock: Clock;
  }>,
) => {
  const { orders, guests, secrets, provenEmails } = ports;

  const mayClaim = async (orderId: string, accountId: string, token: string | undefined) => {
    if (token !== undefined && (await guests.buyerOf(orderId, secrets.hashOf(token)))) return true;
    const email = await provenEmails.of(accountId);
    return email !== undefined && (await guests.hasEmail(orderId, email));
  };

  return async (
    request: Readonly<{
      orderId: string;
      accountId: string;
      token: string | undefined;
      cause: Cause;
    }>,
  ): Promise<StoredOrder> => {
    const { orderId, accountId, token, cause } = request;
    const known = await orders.find(orderId);
    // The same again is no error: the account has it already.
    if (known?.order.buyerId === accountId) return known;
    if (!known?.order.isGuest || !(await mayClaim(orderId, accountId, token)))
      throw orderError('not_found');
    const claimed = await orders.update(orderId, cause, (order) =>
      claimOrder(order, accountId, ports.clock().toISOString()),
    );
    if (!claimed) throw orderError('not_found');
    return claimed;
  };
};

export type ClaimOrderHandler = ReturnType<typeof createClaimOrder>;
