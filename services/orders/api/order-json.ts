import { Type } from 'typebox';
import { amount, currency, instant, uuid } from '#shared/http/schemas.ts';
import { formatAmount, type Money } from '#shared/kernel/money.ts';
import { weekdayOf, type OrderShipping } from '../application/queries/show-shipping-options.ts';
import type { OrderSummary, StoredOrder } from '../application/ports.ts';
import { taxOfOrder, taxTotals, type TaxTotal } from '../application/queries/read-orders.ts';

export const formatMoney = ({ amountMinor, currency }: Money): string =>
  formatAmount(amountMinor, currency);

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const rateFields = {
  code: Type.String({ examples: ['IVA-19'] }),
  jurisdiction: Type.String({ examples: ['CO'] }),
  rate_basis_points: Type.Integer({ description: 'hundredths of a per cent' }),
} as const;

const rateJson = (rate: Pick<TaxTotal, 'code' | 'jurisdiction' | 'rateBasisPoints'>) => ({
  code: rate.code,
  jurisdiction: rate.jurisdiction,
  rate_basis_points: rate.rateBasisPoints,
});

/** In both languages: what it was called when it was chosen. */
export const names = Type.Object({ es: Type.String(), en: Type.String() });
const day = Type.Object({
  date: Type.String({ format: 'date' }),
  weekday: Type.Integer({ description: 'ISO 8601: Monday is 1' }),
});

export const shippingSchema = Type.Object({
  method_id: uuid,
  name: names,
  price: amount,
  currency,
  pickup_place: nullable(Type.String()),
  earliest: day,
  latest: day,
});

const toDayJson = (date: string) => ({ date, weekday: weekdayOf(date) });

export const toShippingJson = (shipping: OrderShipping) => ({
  method_id: shipping.methodId,
  name: shipping.name,
  price: formatMoney(shipping.price),
  currency: shipping.price.currency,
  pickup_place: shipping.pickupPlace,
  earliest: toDayJson(shipping.from),
  latest: toDayJson(shipping.to),
});

export const orderSchema = Type.Object({
  id: uuid,
  number: Type.String({ examples: ['PZ-000123'] }),
  status: Type.String(),
  buyer_id: uuid,
  is_guest: Type.Boolean({ description: 'nobody has claimed it' }),
  lines: Type.Array(
    Type.Object({
      variant_id: uuid,
      product_id: uuid,
      seller_id: uuid,
      sku: Type.String(),
      name: Type.String(),
      image_url: nullable(Type.String()),
      quantity: Type.Integer(),
      unit_price: amount,
      total: amount,
      tax: nullable(
        Type.Object(
          { ...rateFields, net: amount, tax: amount },
          { description: 'what of the total is tax, as it was when the order was placed' },
        ),
      ),
      is_shipped: Type.Boolean(),
      is_delivered: Type.Boolean(),
    }),
  ),
  shipping: Type.Union([shippingSchema, Type.Null()]),
  shipments: Type.Array(
    Type.Object({
      seller_ids: Type.Array(uuid),
      tracking: Type.Union([
        Type.Object({ carrier: Type.String(), number: Type.String() }),
        Type.Null(),
      ]),
      shipped_at: instant,
    }),
    { description: 'what was handed over at once; none for orders that older releases shipped' },
  ),
  total: amount,
  taxes: Type.Array(Type.Object({ ...rateFields, net: amount, tax: amount, gross: amount }), {
    description: 'what the total holds at each rate, sums of the lines',
  }),
  tax_total: amount,
  refunded_total: amount,
  currency,
  payment_id: nullable(uuid),
  cancel_reason: nullable(Type.String()),
  failure: nullable(Type.String()),
  pay_by: instant,
  placed_at: instant,
  updated_at: instant,
  version: Type.Integer(),
});

/** That a fraud is suspected is the operator's to know: to others the seller cancelled. */
export const toldReason = <Reason extends string | null>(
  reason: Reason,
  isOperator: boolean,
): Reason | 'seller' => (reason === 'fraud' && !isOperator ? 'seller' : reason);

export const toOrderJson = (
  { order, version, updatedAt }: StoredOrder,
  { isOperator }: Readonly<{ isOperator: boolean }>,
) => ({
  id: order.orderId,
  number: order.number,
  status: order.status,
  buyer_id: order.buyerId,
  is_guest: order.isGuest ?? false,
  lines: order.lines.map((line) => ({
    variant_id: line.variantId,
    product_id: line.productId,
    seller_id: line.sellerId,
    sku: line.sku,
    name: line.name,
    image_url: line.imageUrl,
    quantity: line.quantity,
    unit_price: formatMoney(line.unitPrice),
    total: formatMoney(line.total),
    tax: line.tax
      ? { ...rateJson(line.tax), net: formatMoney(line.tax.net), tax: formatMoney(line.tax.tax) }
      : null,
    is_shipped: order.shippedSellerIds.includes(line.sellerId),
    is_delivered: order.deliveredSellerIds.includes(line.sellerId),
  })),
  shipping: order.shipping ? toShippingJson(order.shipping) : null,
  shipments: (order.shipments ?? []).map(({ sellerIds, tracking, at }) => ({
    seller_ids: [...sellerIds],
    tracking: tracking ?? null,
    shipped_at: at,
  })),
  total: formatMoney(order.total),
  taxes: taxTotals(order).map((total) => ({
    ...rateJson(total),
    net: formatMoney(total.net),
    tax: formatMoney(total.tax),
    gross: formatMoney(total.gross),
  })),
  tax_total: formatMoney(taxOfOrder(order)),
  refunded_total: formatMoney(order.refunded),
  currency: order.total.currency,
  payment_id: order.paymentId,
  cancel_reason: toldReason(order.cancelReason, isOperator),
  failure: order.failure,
  pay_by: order.payBy,
  placed_at: order.placedAt,
  updated_at: updatedAt,
  version,
});

export const summarySchema = Type.Object({
  id: uuid,
  number: Type.String(),
  status: Type.String(),
  buyer_id: uuid,
  buyer_name: Type.Union([Type.String(), Type.Null()]),
  total: amount,
  currency,
  line_count: Type.Integer(),
  placed_at: instant,
  updated_at: instant,
});

export const toSummaryJson = (summary: OrderSummary) => ({
  id: summary.id,
  number: summary.number,
  status: summary.status,
  buyer_id: summary.buyerId,
  buyer_name: summary.buyerName,
  total: formatMoney(summary.total),
  currency: summary.total.currency,
  line_count: summary.lineCount,
  placed_at: summary.placedAt,
  updated_at: summary.updatedAt,
});
