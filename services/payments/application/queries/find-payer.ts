import { paymentError } from '../../domain/errors.ts';
import type { Guests } from '../guest-ports.ts';

/**
 * Who pays or looks: the guest whose token this is, else the account. A token that opens nothing is
 * answered as an order that is not there.
 */
export const createFindPayer = (guests: Pick<Guests, 'find'>) => ({
  /** Of an order that is to be paid, or of a job (undefined), which only accounts have. */
  async of(
    orderId: string | undefined,
    token: string | undefined,
    accountId?: string,
  ): Promise<string> {
    const guest = token === undefined ? undefined : await guests.find(token);
    if (guest && guest.orderId === orderId) return guest.buyerId;
    if (accountId === undefined) throw paymentError('order_not_payable', { retryAfterSeconds: 1 });
    return accountId;
  },
  /** Of payments that are there. */
  async anyOf(token: string): Promise<string | undefined> {
    return (await guests.find(token))?.buyerId;
  },
});

export type FindPayer = ReturnType<typeof createFindPayer>;
