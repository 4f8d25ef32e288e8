import { Type, type Static } from 'typebox';
import { id, money } from '../common.ts';

/**
 * What other contexts may know of a product, whole, after each change: later versions replace
 * earlier ones. A variant is for sale only while its product is active; `listPrice` is what it costs
 * otherwise, where the seller says. `categoryIds` are its category
 * and those above it, the nearest first; `taxClass` is the operator's name of how it is taxed.
 */
export const productChangedV1 = Type.Object(
  {
    productId: id,
    version: Type.Integer({ minimum: 1 }),
    status: Type.Union([
      Type.Literal('draft'),
      Type.Literal('active'),
      Type.Literal('inactive'),
      Type.Literal('archived'),
    ]),
    sellerId: id,
    handle: Type.String(),
    title: Type.String(),
    imageUrl: Type.Union([Type.String(), Type.Null()]),
    categoryIds: Type.Optional(Type.Array(id)),
    taxClass: Type.Optional(Type.String()),
    variants: Type.Array(
      Type.Object({
        variantId: id,
        sku: Type.String(),
        name: Type.String({ description: 'product and options, as a buyer reads it' }),
        price: money,
        listPrice: Type.Optional(money),
      }),
    ),
  },
  { $id: 'catalog.product-changed.v1' },
);
export type ProductChangedV1 = Static<typeof productChangedV1>;
