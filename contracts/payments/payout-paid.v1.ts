import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** The money has arrived, as the bank confirms; it may still come back. */
export const payoutPaidV1 = Type.Object(
  {
    payoutId: id,
    sellerId: id,
    amount: money,
    paidAt: instant,
  },
  { $id: 'payments.payout-paid.v1' },
);
export type PayoutPaidV1 = Static<typeof payoutPaidV1>;
