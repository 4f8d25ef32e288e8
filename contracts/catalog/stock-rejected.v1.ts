import { Type, type Static } from 'typebox';
import { id, quantity } from '../common.ts';

/**
 * Not all lines of an order could be set aside, so none is. `late`: the order was paid after its
 * reservation had ended and the stock was sold meanwhile.
 */
export const stockRejectedV1 = Type.Object(
  {
    orderId: id,
    reason: Type.Union([Type.Literal('insufficient'), Type.Literal('late')]),
    shortages: Type.Array(
      Type.Object({ variantId: id, requested: quantity, available: Type.Integer({ minimum: 0 }) }),
    ),
  },
  { $id: 'catalog.stock-rejected.v1' },
);
export type StockRejectedV1 = Static<typeof stockRejectedV1>;
