import { defineErrors } from '#shared/kernel/errors.ts';

export const orderError = defineErrors('orders', {
  cart_empty: ['invalid', 'There is nothing in the cart.'],
  order_empty: ['invalid', 'An order needs at least one line.'],
  too_many_lines: ['invalid', 'An order has at most 100 lines.'],
  variant_needed: ['invalid', 'This product comes in several variants; choose one.'],
  product_not_for_sale: ['conflict', 'A product is not for sale.'],
  currencies_mixed: ['conflict', 'All lines of an order must have one currency.'],
  cart_changed: ['conflict', 'The cart changed while the order was placed.'],
  price_changed: ['conflict', 'A price has changed; accept the new total to go on.'],
  total_too_large: ['invalid', 'The total is larger than any amount that is booked.'],
  order_id_taken: ['conflict', 'This order already exists with other lines.'],
  not_allowed_now: ['conflict', 'The order cannot do this in its present state.'],
  other_sellers_lines: ['conflict', 'The order also has lines of other sellers.'],
  not_found: ['not_found', 'There is no such order.'],
  tax_rate_not_found: ['not_found', 'There is no such tax rate.'],
  tax_rate_taken: ['conflict', 'A rate for this class from the same time is there already.'],
  line_not_found: ['not_found', 'There is no such line in the cart.'],
});
