import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** The provider refused a refund for good; an operator must act. */
export const refundFailedV1 = Type.Object(
  {
    refundId: id,
    paymentId: id,
    orderId: id,
    reason: Type.String(),
    failedAt: instant,
  },
  { $id: 'payments.refund-failed.v1' },
);
export type RefundFailedV1 = Static<typeof refundFailedV1>;
