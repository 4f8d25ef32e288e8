import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** Somebody's money goes to another account from `usableAt` on; its holder is told and may object. */
export const payoutDestinationChangedV1 = Type.Object(
  {
    accountId: id,
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    last4: Type.String({ pattern: '^[0-9A-Z]{4}$' }),
    changedAt: instant,
    usableAt: instant,
  },
  { $id: 'payments.payout-destination-changed.v1' },
);
export type PayoutDestinationChangedV1 = Static<typeof payoutDestinationChangedV1>;
