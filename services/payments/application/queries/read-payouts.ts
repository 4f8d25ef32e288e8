import { paymentError } from '../../domain/errors.ts';
import type { Payout } from '../../domain/payout.ts';
import type { PaidTransfer, PayoutFilter, Payouts } from '../payout-ports.ts';

export type PayoutView = Payout;

/** Staff see every payout, others their own; a stranger's answer is that of no payout. */
export const createReadPayouts = (payouts: Payouts) => ({
  balances: (accountId: string) => payouts.balances(accountId),
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
