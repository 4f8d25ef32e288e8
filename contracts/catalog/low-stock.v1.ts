import { Type, type Static } from 'typebox';
import { id } from '../common.ts';

/** What is left of a variant has fallen to its threshold; once for each time it falls. */
export const lowStockV1 = Type.Object(
  {
    variantId: id,
    productId: id,
    sellerId: id,
    sku: Type.String(),
    available: Type.Integer({ minimum: 0 }),
    threshold: Type.Integer({ minimum: 0 }),
  },
  { $id: 'catalog.low-stock.v1' },
);
export type LowStockV1 = Static<typeof lowStockV1>;
