import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** What a seller or professional has earned is on its way to their bank. */
export const payoutRequestedV1 = Type.Object(
  {
    payoutId: id,
    sellerId: id,
    amount: money,
    requestedAt: instant,
  },
  { $id: 'payments.payout-requested.v1' },
);
export type PayoutRequestedV1 = Static<typeof payoutRequestedV1>;
