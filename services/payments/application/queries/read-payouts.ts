import { paymentError } from '../../domain/errors.ts';
import type { Payout } from '../../domain/payout.ts';
import type { PaidTransfer, PayoutFilter, Payouts } from '../payout-ports.ts';

export type PayoutView = Payout;

/** Staff see every payout, others their own; a stranger's answer is that of no payout. */
export const createReadPayouts = (payouts: Payouts) => ({
  /** Another's money is, to whoever is no staff, that of nobody. */
  async balances(accountId: string, caller: Readonly<{ id: string; isStaff: boolean }>) {
    if (!caller.isStaff && accountId !== caller.id) throw paymentError('payout_not_found');
    return payouts.balances(accountId);
  },
  /** Staff may ask for one seller's; everybody else has its own alone. */
  whose(
    sellerId: string | undefined,
    caller: Readonly<{ id: string; isStaff: boolean }>,
  ): Readonly<{ sellerId?: string }> {
    if (caller.isStaff) return sellerId === undefined ? {} : { sellerId };
    if (sellerId !== undefined && sellerId !== caller.id) throw paymentError('payout_not_found');
    return { sellerId: caller.id };
  },
  async read(
    id: string,
    caller: Readonly<{ id: string; isStaff: boolean }>,
  ): Promise<Readonly<{ payout: PayoutView; transfers: readonly PaidTransfer[] }>> {
    const payout = await payouts.find(id);
    if (!payout || (!caller.isStaff && payout.sellerId !== caller.id))
      throw paymentError('payout_not_found');
    return { payout, transfers: await payouts.transfersOf(id) };
  },
  list: (filter: PayoutFilter): Promise<readonly PayoutView[]> => payouts.list(filter),
});

export type ReadPayouts = ReturnType<typeof createReadPayouts>;
