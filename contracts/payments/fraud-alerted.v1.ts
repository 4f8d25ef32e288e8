import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** The provider suspects a fraud: what the payment paid must not be delivered, and is refunded. */
export const fraudAlertedV1 = Type.Object(
  {
    paymentId: id,
    orderId: id,
    alertedAt: instant,
  },
  { $id: 'payments.fraud-alerted.v1' },
);
export type FraudAlertedV1 = Static<typeof fraudAlertedV1>;
