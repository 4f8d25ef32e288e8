import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** The seller handed an order over for delivery. */
export const orderShippedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    shippedAt: instant,
    /** What went with a carrier that gave it a number; absent where none did. */
    parcels: Type.Optional(
      Type.Array(Type.Object({ carrier: Type.String(), number: Type.String() }), { minItems: 1 }),
    ),
  },
  { $id: 'orders.order-shipped.v1' },
);
export type OrderShippedV1 = Static<typeof orderShippedV1>;
