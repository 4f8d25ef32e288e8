import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** The money did not arrive, or came back (`isReturned`): it is available again. */
export const payoutFailedV1 = Type.Object(
  {
    payoutId: id,
    sellerId: id,
    amount: money,
    reason: Type.String(),
    isReturned: Type.Boolean(),
    failedAt: instant,
  },
  { $id: 'payments.payout-failed.v1' },
);
export type PayoutFailedV1 = Static<typeof payoutFailedV1>;
