import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** The provider refused a payment for good; `reason` is a stable code such as `card_declined`. */
export const paymentFailedV1 = Type.Object(
  {
    paymentId: id,
    orderId: id,
    reason: Type.String(),
    failedAt: instant,
  },
  { $id: 'payments.payment-failed.v1' },
);
export type PaymentFailedV1 = Static<typeof paymentFailedV1>;
