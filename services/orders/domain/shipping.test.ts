import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { money } from '#shared/kernel/money.ts';
import { sharesOf, shippingSharesOf } from './order-process.ts';
import { evolve, newOrder, placeOrder, type Offer, type PlacedOrder } from './order.ts';
import {
  addWorkingDays,
  dayIn,
  destinationOf,
  quoteShipping,
  totalOf,
  weekdayOf,
  type ShippingMethod,
} from './shipping.ts';

const method: ShippingMethod = {
  id: 'm1',
  name: { es: 'Envío estándar', en: 'Standard shipping' },
  prices: [
    { price: money(900n, 'COP'), freeFrom: money(10_000n, 'COP') },
    { price: money(5n, 'USD'), freeFrom: null },
  ],
  daysMin: 1,
  daysMax: 3,
  countries: ['CO'],
  regions: ['Bogotá'],
  pickupPlace: null,
  isActive: true,
  position: 0,
};
const order = {
  lineTotal: money(9_999n, 'COP'),
  destination: { country: 'CO', region: 'BOGOTA' },
  day: '2026-01-02',
};

describe('a way of sending', () => {
  it('reaches where it goes, however the region is written', () => {
    assert.equal(quoteShipping(method, order)?.price.amountMinor, 900n);
    const to = (country: string, region: string | null) =>
      quoteShipping(method, { ...order, destination: { country, region } });
    assert.equal(to('CO', 'Antioquia'), undefined);
    assert.equal(to('CO', null), undefined);
    assert.equal(to('AR', 'Bogotá'), undefined);
    assert.equal(quoteShipping(method, { ...order, destination: null }), undefined);
    const everywhere = { ...method, countries: [], regions: [] };
    const anywhere = { ...order, destination: { country: 'JP', region: null } };
    assert.ok(quoteShipping(everywhere, anywhere));
    assert.equal(quoteShipping({ ...everywhere, isActive: false }, anywhere), undefined);
  });

  it('is free from its amount on, and has a price for the currency or is not there', () => {
    const of = (amountMinor: bigint, currency: string) =>
      quoteShipping(method, { ...order, lineTotal: money(amountMinor, currency) })?.price;
    assert.deepEqual(of(10_000n, 'COP'), money(0n, 'COP'));
    assert.deepEqual(of(9_999n, 'COP'), money(900n, 'COP'));
    assert.deepEqual(of(1_000_000n, 'USD'), money(5n, 'USD'));
    assert.equal(of(1n, 'EUR'), undefined);
  });

  it('needs no address when it is picked up', () => {
    const pickup = { ...method, pickupPlace: 'Calle 10 # 5-20' };
    const quote = quoteShipping(pickup, { ...order, destination: null });
    assert.equal(quote?.pickupPlace, 'Calle 10 # 5-20');
  });

  it('promises working days: from a Friday one day is Monday', () => {
    assert.partialDeepStrictEqual(quoteShipping(method, order), {
      from: '2026-01-05',
      to: '2026-01-07',
    });
    assert.equal(addWorkingDays('2026-01-03', 0), '2026-01-05', 'a Saturday is no day of delivery');
    assert.equal(addWorkingDays('2026-01-05', 0), '2026-01-05');
    assert.equal(addWorkingDays('2026-01-05', 5), '2026-01-12');
    assert.deepEqual(['2026-01-04', '2026-01-05'].map(weekdayOf), [7, 1]);
  });

  it('counts from the day that it is where the shop is', () => {
    const now = new Date('2026-01-02T03:00:00Z');
    assert.equal(dayIn('America/Bogota', now), '2026-01-01');
    assert.equal(dayIn('UTC', now), '2026-01-02');
  });

  it('reads the largest part of a country from its form', () => {
    const to = (country: string, fields: Record<string, string>) =>
      destinationOf({ recipient: 'Ana', phoneNumber: null, country, fields, document: null });
    assert.deepEqual(to('PE', { department: 'Cusco', province: 'Calca', district: 'Pisac' }), {
      country: 'PE',
      region: 'Cusco',
    });
    assert.equal(to('CL', { region: 'Valparaíso' }).region, 'Valparaíso');
    assert.equal(to('JP', { city: 'Osaka' }).region, null);
  });

  it('knows no total of lines in two currencies, nor of none', () => {
    assert.equal(totalOf([]), undefined);
    const lines = [
      { price: money(1n, 'COP'), quantity: 2 },
      { price: money(1n, 'USD'), quantity: 1 },
    ];
    assert.equal(totalOf(lines), undefined);
    assert.deepEqual(totalOf(lines.slice(0, 1)), money(2n, 'COP'));
  });
});

describe('the shipping of an order', () => {
  const offerOf = (sellerId: string, price: bigint): Offer => ({
    variantId: `v-${sellerId}`,
    productId: `p-${sellerId}`,
    sellerId,
    sku: sellerId,
    name: sellerId,
    imageUrl: null,
    price: money(price, 'COP'),
    taxClass: 'standard',
    categoryIds: [],
    listPrice: null,
    issuerId: null,
    taxRate: null,
  });
  const place = (prices: readonly bigint[], more: object = {}, facts: object = {}) => {
    const offers = prices.map((price, i) => offerOf(`s${i}`, price));
    const events = placeOrder(
      newOrder,
      {
        orderId: 'o1',
        buyerId: 'b1',
        items: offers.map(({ variantId }) => ({ variantId, quantity: 1 })),
        shipping: { methodId: 'm1', destination: order.destination },
        ...more,
      },
      {
        offers: new Map(offers.map((offer) => [offer.variantId, offer])),
        now: new Date('2026-01-02T12:00:00Z'),
        payWithinMinutes: 15,
        day: '2026-01-02',
        requiresShipping: false,
        method,
        ...facts,
      },
    );
    return events.reduce(evolve, newOrder) as PlacedOrder;
  };

  it('is part of the total, and what the buyer accepts', () => {
    assert.deepEqual(place([1_000n]).total, money(1_900n, 'COP'));
    assert.deepEqual(place([1_000n], { expectedTotalMinor: 1_900n }).total.amountMinor, 1_900n);
    assert.throws(() => place([1_000n], { expectedTotalMinor: 1_000n }), {
      code: 'orders.price_changed',
    });
  });

  it('is refused when it cannot be had, and may be asked of every order', () => {
    assert.throws(() => place([1n], {}, { method: undefined }), {
      code: 'orders.shipping_not_available',
    });
    const none = { shipping: undefined };
    assert.equal(place([1n], none).shipping, undefined);
    assert.throws(() => place([1n], none, { requiresShipping: true }), {
      code: 'orders.shipping_required',
    });
  });

  it('goes to who sells, in proportion and to the last cent', () => {
    assert.deepEqual(
      sharesOf(place([1_000n, 2_000n])).map(({ amount }) => amount.amountMinor),
      [1_300n, 2_600n],
    );
    assert.deepEqual(
      shippingSharesOf(place([0n, 0n])).map(({ amount }) => amount.amountMinor),
      [450n, 450n],
    );
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 3_000n), { minLength: 1, maxLength: 5 }), (prices) => {
        const placed = place(prices);
        const sum = sharesOf(placed).reduce((total, { amount }) => total + amount.amountMinor, 0n);
        assert.equal(sum, placed.total.amountMinor);
      }),
    );
  });
});
