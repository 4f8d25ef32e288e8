import { Type, type Static } from 'typebox';
import { id, instant, quantity } from '../common.ts';

/**
 * A completed refund of lines says which of the pieces go back on the shelf: at most those that it paid
 * back, which are at most those that were sold. Told once a refund, and only when there are any.
 */
export const restockRequestedV1 = Type.Object(
  {
    refundId: id,
    paymentId: id,
    orderId: id,
    lines: Type.Array(Type.Object({ variantId: id, quantity }), { minItems: 1 }),
    reason: Type.String(),
    requestedBy: id,
    requestedAt: instant,
  },
  { $id: 'payments.restock-requested.v1' },
);
export type RestockRequestedV1 = Static<typeof restockRequestedV1>;
