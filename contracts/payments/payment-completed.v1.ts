import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** The money of a payment is captured. At most once a payment, and one payment an order. */
export const paymentCompletedV1 = Type.Object(
  {
    paymentId: id,
    orderId: id,
    buyerId: id,
    amount: money,
    provider: Type.String(),
    /** What of a card a receipt may say; not there where the provider alone knows how it was paid. */
    card: Type.Optional(
      Type.Object({ brand: Type.String(), last4: Type.String({ pattern: '^\\d{4}$' }) }),
    ),
    completedAt: instant,
  },
  { $id: 'payments.payment-completed.v1' },
);
export type PaymentCompletedV1 = Static<typeof paymentCompletedV1>;
