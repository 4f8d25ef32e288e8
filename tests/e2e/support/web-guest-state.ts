import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { WebShop } from './web-shop.ts';

/** A browser that has bought without an account, or left before paying, and fills its next cart, as far as pages show it. */
export const guestWithOrder = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
  name = 'marta',
  { isPaid = true }: Readonly<{ isPaid?: boolean }> = {},
) => {
  const email = `${name}@example.com`;
  const context = await browser.newContext({ locale: 'es-CO' });
  const ask = async (
    path: string,
    data: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, unknown>> => {
    const answer = await context.request.post(`${origin}/web/api/v1${path}`, {
      data,
      headers: { origin, ...headers },
    });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const addToCart = () => ask('/cart/add', { variant_id: shop.product.variantId, quantity: 1 });
  await addToCart();
  const options = await context.request.get(`${origin}/web/api/v1/shipping-options?country=CO`);
  const { items } = (await options.json()) as { items: { method_id: string }[] };
  const address = {
    full_name: 'Marta Gil',
    country: 'CO',
    fields: { department: 'Caldas', municipality: 'Manizales', street: 'Calle 9 # 8-7' },
  };
  const order = await ask(
    '/orders',
    {
      contact: { email, full_name: 'Marta Gil' },
      shipping: { method_id: items[0]!.method_id, address },
    },
    { 'idempotency-key': `${name}-1` },
  );
  const orderId = String(order['id']);
  const pay = () =>
    ask(
      '/payments',
      {
        order_id: orderId,
        payment_method: {
          type: 'card',
          number: '4242424242424242',
          expiry_month: 12,
          expiry_year: 2099,
        },
      },
      { 'idempotency-key': `${name}-2`, 'x-order-id': orderId },
    );
  const end = performance.now() + 10_000;
  // Payments hears of the order a moment after its buyer.
  while (
    isPaid &&
    !(await pay().then(
      () => true,
      () => false,
    ))
  )
    assert.ok(performance.now() < end, 'not paid');
  await addToCart();
  const state = await context.storageState();
  await context.close();
  const draft = {
    email,
    fullName: 'Marta Gil',
    address: { full_name: 'Marta Gil', ...address.fields },
    option: items[0],
  };
  return { state, orderId, draft };
};
