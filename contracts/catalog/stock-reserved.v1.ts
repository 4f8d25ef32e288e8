import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** All lines of an order are set aside for it until `expiresAt`. */
export const stockReservedV1 = Type.Object(
  {
    orderId: id,
    expiresAt: instant,
  },
  { $id: 'catalog.stock-reserved.v1' },
);
export type StockReservedV1 = Static<typeof stockReservedV1>;
