import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { evolve, newOrder, type OrderEvent, type PlacedOrder } from '../domain/order.ts';
import { toPublished } from './published-events.ts';

const at = '2026-01-02T03:04:05.000Z';
const lineOf = (variantId: string, sellerId: string) => ({
  variantId,
  productId: `p-${variantId}`,
  sellerId,
  sku: variantId,
  name: variantId,
  imageUrl: null,
  quantity: 2,
  unitPrice: money(500n, 'COP'),
  total: money(1_000n, 'COP'),
});
/** As the first releases stored it: lines without tax and categories. */
const old: readonly OrderEvent[] = [
  {
    type: 'OrderPlaced',
    orderId: 'o1',
    number: 'PZ-000001',
    buyerId: 'b1',
    lines: [lineOf('mug', 's1'), lineOf('hat', 's2')],
    total: money(2_000n, 'COP'),
    payBy: at,
    at,
  },
  { type: 'StockConfirmed', at },
  { type: 'PaymentRequested', total: money(2_000n, 'COP'), at },
  { type: 'OrderPaid', paymentId: 'pay1', at },
  { type: 'OrderShipped', sellerIds: ['s1', 's2'], at },
  { type: 'OrderDelivered', sellerIds: ['s2'], at },
  { type: 'OrderDelivered', sellerIds: ['s1'], at },
];
const publish = (events: readonly OrderEvent[]) => {
  let order = newOrder;
  return events.flatMap((event) => {
    order = evolve(order, event);
    return toPublished(event, order as PlacedOrder);
  });
};

describe('what orders publishes', () => {
  it('of an order of an older release has no tax and no categories', () => {
    const [placed, requested] = publish(old);
    assert.partialDeepStrictEqual(placed, { type: 'orders.order-placed.v1', data: { taxes: [] } });
    assert.ok(!JSON.stringify(placed!.data).includes('"tax"'));
    assert.partialDeepStrictEqual(requested, {
      type: 'orders.payment-requested.v1',
      data: {
        lines: [
          {
            variantId: 'mug',
            categoryIds: [],
            quantity: 2,
            gross: { amountMinor: '1000', currency: 'COP' },
            tax: { amountMinor: '0', currency: 'COP' },
          },
          { variantId: 'hat' },
        ],
      },
    });
  });

  it('tells each delivery: of some sellers by their lines, of the last one by the order', () => {
    assert.deepEqual(
      publish(old)
        .slice(-3)
        .map(({ type, data }) => [type, 'sellerIds' in data ? data.sellerIds : null]),
      [
        ['orders.order-shipped.v1', null],
        ['orders.lines-delivered.v1', ['s2']],
        ['orders.order-delivered.v1', null],
      ],
    );
  });
});
