import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '#shared/testing/many-cases.ts';
import { money } from '#shared/kernel/money.ts';
import {
  allowedStatuses,
  changeStatus,
  confirmStock,
  expireUnpaid,
  recordPayment,
  recordRefund,
  refusePayment,
  refuseStock,
  sharesOf,
  suspectFraud,
  type Actor,
} from './order-process.ts';
import {
  evolve,
  newOrder,
  placeOrder,
  type Offer,
  type Order,
  type OrderEvent,
  type PlacedOrder,
  type PlaceOrder,
} from './order.ts';

const offerOf = (variantId: string, sellerId: string, price: bigint): Offer => ({
  variantId,
  productId: `p-${variantId}`,
  sellerId,
  sku: variantId.toUpperCase(),
  name: variantId,
  imageUrl: null,
  price: money(price, 'COP'),
  taxClass: 'standard',
  categoryIds: ['cups', 'home'],
  listPrice: null,
  issuerId: null,
  taxRate: null,
});
const offers = new Map([
  ['mug', offerOf('mug', 's1', 1_250n)],
  ['hat', offerOf('hat', 's2', 4_000n)],
]);
const at = '2026-01-02T03:04:05.000Z';
const facts = {
  offers,
  now: new Date(at),
  payWithinMinutes: 15,
  day: '2026-01-02',
  requiresShipping: false,
};
const command: PlaceOrder = {
  orderId: 'o1',
  buyerId: 'b1',
  items: [
    { variantId: 'mug', quantity: 2 },
    { variantId: 'hat', quantity: 1 },
  ],
};
const total = money(6_500n, 'COP');
const given = (...events: readonly (readonly OrderEvent[])[]): PlacedOrder =>
  events.flat().reduce(evolve, newOrder) as PlacedOrder;
const placed = placeOrder(newOrder, command, facts);
const confirmed = confirmStock(given(placed), at);
const payment = { paymentId: 'pay1', amount: total };
const paid = recordPayment(given(placed, confirmed), payment, at);
const admin: Actor = { is: 'admin' };
const types = (events: readonly OrderEvent[]): string[] => events.map((event) => event.type);

describe('placeOrder', () => {
  it('freezes prices, total and the time to pay', () => {
    assert.partialDeepStrictEqual(placed, [
      { type: 'OrderPlaced', total, payBy: '2026-01-02T03:19:05.000Z' },
    ]);
  });

  it('freezes what of each line is tax at the rate of today, and keeps the price', () => {
    const taxRate = { code: 'IVA-19', jurisdiction: 'CO', rateBasisPoints: 1_900 };
    const taxed = new Map([...offers, ['mug', { ...offers.get('mug')!, taxRate }]]);
    const [event] = placeOrder(newOrder, command, { ...facts, offers: taxed });
    assert.partialDeepStrictEqual(event, {
      total,
      lines: [
        {
          total: money(2_500n, 'COP'),
          tax: { net: money(2_101n, 'COP'), tax: money(399n, 'COP') },
        },
        { total: money(4_000n, 'COP') },
      ],
    });
    assert.ok(event?.type === 'OrderPlaced' && !('tax' in event.lines[1]!), 'no rate, no tax');
  });

  it('says nothing new when the same order is placed twice', () => {
    assert.deepEqual(placeOrder(given(placed), command, facts), []);
  });

  const changed = [{ variantId: 'mug', quantity: 2, seenPrice: money(1_000n, 'COP') }];
  for (const [why, order, change, code] of [
    ['it has no lines', newOrder, { items: [] }, 'order_empty'],
    [
      'a variant is not for sale',
      newOrder,
      { items: [{ variantId: 'x', quantity: 1 }] },
      'product_not_for_sale',
    ],
    ['its id is of another buyer', given(placed), { buyerId: 'b2' }, 'order_id_taken'],
    ['a price has changed', newOrder, { items: changed }, 'price_changed'],
    ['the total is not as expected', newOrder, { expectedTotalMinor: 1n }, 'price_changed'],
    [
      'the total cannot be booked',
      newOrder,
      { items: Array.from({ length: 100 }, () => ({ variantId: 'dear', quantity: 999 })) },
      'total_too_large',
    ],
  ] as const) {
    it(`is refused when ${why}`, () => {
      const all = new Map([...offers, ['dear', offerOf('dear', 's1', 9_000_000_000n)]]);
      const attempt = () => placeOrder(order, { ...command, ...change }, { ...facts, offers: all });
      assert.throws(attempt, { code: `orders.${code}` });
    });
  }

  it('takes a changed price that the buyer accepts by its total', () => {
    const accepted = { ...command, items: changed, expectedTotalMinor: 2_500n };
    assert.equal(placeOrder(newOrder, accepted, facts).length, 1);
  });
});

describe('the purchase', () => {
  it('asks for payment once the stock is set aside, and only once', () => {
    assert.deepEqual(types(confirmed), ['StockConfirmed', 'PaymentRequested']);
    assert.deepEqual(confirmStock(given(placed, confirmed), at), []);
    assert.deepEqual(sharesOf(given(placed)), [
      { sellerId: 's1', amount: money(2_500n, 'COP') },
      { sellerId: 's2', amount: money(4_000n, 'COP') },
    ]);
  });

  it('fails when stock or payment is refused', () => {
    const refused = refuseStock(given(placed), { reason: 'insufficient', shortages: [] }, at);
    assert.equal(given(placed, refused).status, 'failed');
    const declined = refusePayment(given(placed, confirmed), { paymentId: 'p', reason: 'no' }, at);
    assert.equal(given(placed, confirmed, declined).status, 'failed');
    assert.deepEqual(
      refusePayment(given(placed, confirmed, paid), { paymentId: 'p', reason: 'no' }, at),
      [],
    );
  });

  it('is paid once, by exactly its total', () => {
    assert.deepEqual(types(paid), ['OrderPaid']);
    assert.deepEqual(recordPayment(given(placed, confirmed, paid), payment, at), []);
    const less = { ...payment, amount: money(1n, 'COP') };
    assert.deepEqual(types(recordPayment(given(placed, confirmed), less, at)), ['RefundRequested']);
    const other = { ...payment, amount: money(6_500n, 'USD') };
    assert.deepEqual(types(recordPayment(given(placed, confirmed), other, at)), [
      'RefundRequested',
    ]);
  });

  it('gives back what is paid after the end, once for each payment', () => {
    const cancelled = changeStatus(given(placed, confirmed), 'cancelled', { is: 'buyer' }, at);
    const late = recordPayment(given(placed, confirmed, cancelled), payment, at);
    assert.partialDeepStrictEqual(late, [{ type: 'RefundRequested', reason: 'paid_after_end' }]);
    assert.deepEqual(recordPayment(given(placed, confirmed, cancelled, late), payment, at), []);
    const second = recordPayment(
      given(placed, confirmed, paid),
      { ...payment, paymentId: 'pay2' },
      at,
    );
    assert.partialDeepStrictEqual(second, [{ type: 'RefundRequested', paymentId: 'pay2' }]);
  });

  it('expires unpaid, not before its time and not when paid', () => {
    assert.deepEqual(expireUnpaid(given(placed, confirmed), at), []);
    const late = '2026-01-02T03:19:05.000Z';
    assert.partialDeepStrictEqual(expireUnpaid(given(placed, confirmed), late), [
      { reason: 'unpaid' },
    ]);
    assert.deepEqual(expireUnpaid(given(placed, confirmed, paid), late), []);
  });

  it('is cancelled with its refund when the stock of a paid order is gone', () => {
    const late = refuseStock(given(placed, confirmed, paid), { reason: 'late', shortages: [] }, at);
    assert.deepEqual(types(late), ['StockRefused', 'OrderCancelled', 'RefundRequested']);
  });

  it('refunds on cancellation what is left after a part was refunded', () => {
    const refund = { paymentId: 'pay1', refundId: 'r1', amount: money(500n, 'COP'), isFull: false };
    const part = recordRefund(given(placed, confirmed, paid), refund, at);
    const events = changeStatus(given(placed, confirmed, paid, part), 'cancelled', admin, at);
    assert.partialDeepStrictEqual(events[1], { amount: money(6_000n, 'COP') });
  });
});

describe('suspectFraud', () => {
  const fraud = { paymentId: 'pay1' };

  it('cancels what is not shipped, with its refund', () => {
    assert.partialDeepStrictEqual(suspectFraud(given(placed, confirmed, paid), fraud, at), [
      { type: 'OrderCancelled', reason: 'fraud' },
      { type: 'RefundRequested', paymentId: 'pay1', amount: total },
    ]);
  });

  it('told before the payment cancels, and the money that comes then goes back', () => {
    const events = suspectFraud(given(placed, confirmed), fraud, at);
    assert.deepEqual(types(events), ['OrderCancelled']);
    assert.deepEqual(types(recordPayment(given(placed, confirmed, events), payment, at)), [
      'RefundRequested',
    ]);
  });

  it('does nothing to what was shipped, in part or whole, has ended, or was paid by another', () => {
    const order = given(placed, confirmed, paid);
    for (const actor of [admin, { is: 'seller', sellerId: 's1' } as const]) {
      const shipped = changeStatus(order, 'shipped', actor, at);
      assert.deepEqual(suspectFraud(given(placed, confirmed, paid, shipped), fraud, at), []);
    }
    const cancelled = changeStatus(order, 'cancelled', admin, at);
    assert.deepEqual(suspectFraud(given(placed, confirmed, paid, cancelled), fraud, at), []);
    assert.deepEqual(suspectFraud(order, { paymentId: 'pay2' }, at), []);
  });
});

describe('changeStatus', () => {
  const seller = (sellerId: string): Actor => ({ is: 'seller', sellerId });

  it('ships and delivers each seller’s lines; the order follows when all did', () => {
    let order = given(placed, confirmed, paid);
    const step = (status: 'shipped' | 'delivered', actor: Actor): string => {
      order = changeStatus(order, status, actor, at).reduce(evolve, order as Order) as PlacedOrder;
      return order.status;
    };
    assert.equal(step('shipped', seller('s1')), 'paid');
    assert.equal(step('delivered', seller('s1')), 'paid');
    assert.equal(step('shipped', seller('s2')), 'shipped');
    assert.equal(step('delivered', admin), 'delivered');
    assert.deepEqual(changeStatus(order, 'delivered', admin, at), [], 'again is no error');
    assert.throws(() => changeStatus(order, 'cancelled', admin, at), {
      code: 'orders.not_allowed_now',
      details: { extra: { current_status: 'delivered', allowed: [] } },
    });
  });

  it('lets a seller cancel only an order that is all its own', () => {
    const order = given(placed, confirmed, paid);
    assert.throws(() => changeStatus(order, 'cancelled', seller('s1'), at), {
      code: 'orders.other_sellers_lines',
    });
    assert.deepEqual(allowedStatuses(order, seller('s1')), ['shipped']);
  });

  it('lets a buyer cancel until something is shipped', () => {
    const order = given(placed, confirmed, paid);
    assert.deepEqual(types(changeStatus(order, 'cancelled', { is: 'buyer' }, at)), [
      'OrderCancelled',
      'RefundRequested',
    ]);
    const shipped = changeStatus(order, 'shipped', seller('s1'), at);
    assert.throws(
      () => changeStatus(given(placed, confirmed, paid, shipped), 'cancelled', { is: 'buyer' }, at),
      {
        code: 'orders.not_allowed_now',
      },
    );
  });
});

describe('any history', () => {
  const actions: readonly ((order: Order, n: number) => readonly OrderEvent[])[] = [
    (order) => confirmStock(order, at),
    (order) => refuseStock(order, { reason: 'insufficient', shortages: [] }, at),
    (order) => refuseStock(order, { reason: 'late', shortages: [] }, at),
    (order, n) => recordPayment(order, { paymentId: `pay${n % 3}`, amount: total }, at),
    (order, n) => refusePayment(order, { paymentId: `pay${n % 3}`, reason: 'no' }, at),
    (order) => expireUnpaid(order, '2027-01-01T00:00:00.000Z'),
    (order) => changeStatus(order, 'cancelled', { is: 'buyer' }, at),
    (order, n) => suspectFraud(order, { paymentId: `pay${n % 3}` }, at),
    (order) => changeStatus(order, 'shipped', admin, at),
    (order) => changeStatus(order, 'delivered', admin, at),
  ];

  it('never keeps money of an order that has ended, and never refunds twice', () => {
    manyCases((draw) => {
      const history: OrderEvent[] = [...placed];
      let order = placed.reduce(evolve, newOrder);
      const received = new Set<string>();
      for (let left = draw.below(26); left > 0; left--) {
        const [action, n] = [draw.below(actions.length), draw.below(3)];
        if (action === 3) received.add(`pay${n}`);
        try {
          const events = actions[action]!(order, n);
          history.push(...events);
          order = events.reduce(evolve, order);
        } catch (error) {
          if (!(error as { code: string }).code.startsWith('orders.')) throw error;
        }
      }
      const asked = history.flatMap((event) =>
        event.type === 'RefundRequested' ? [event.paymentId] : [],
      );
      assert.equal(new Set(asked).size, asked.length, 'each payment is refunded once');
      const hasEnded = order.status === 'cancelled' || order.status === 'failed';
      const { paymentId } = order as PlacedOrder;
      for (const id of received) {
        const isKept = paymentId === id && !hasEnded;
        assert.equal(asked.includes(id), !isKept, `${id} of an order that is ${order.status}`);
      }
      const isShipped = history.some((event) => event.type === 'OrderShipped');
      assert.ok(!isShipped || history.some((event) => event.type === 'OrderPaid'));
    });
  });
});
