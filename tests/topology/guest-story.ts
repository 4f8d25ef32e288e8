import assert from 'node:assert/strict';
import { cards, type Reply, type Story } from './runners.ts';

type Json = Record<string, unknown>;

const address = {
  full_name: 'Ana Restrepo',
  country: 'CO',
  fields: { department: 'Antioquia', municipality: 'Medellín', street: 'Carrera 70 # 44-21' },
};

/** A cart, an order with shipping, a payment, all without an account. */
const createGuest = (story: Story, variantId: string, email: string) => {
  const opening = (token: string) => ({ headers: { 'x-order-token': token } });
  const order = async () => {
    const cart = await story.until('orders knows what is sold', async () => {
      const body = { variant_id: variantId, quantity: 2 };
      const reply = await story.call('POST', '/cart/add', { body });
      return reply.status === 200 ? reply.body : undefined;
    });
    const headers = { 'x-cart-token': String(cart['cart_token']) };
    const path = '/api/v1/shipping-options?country=CO&region=antioquia';
    const options = await story.must(200, story.call('GET', path, { headers }));
    const [option] = options['items'] as Json[];
    assert.equal(option?.['price'], '9000.00');
    const reply = await story.call('POST', '/orders', {
      headers,
      body: {
        contact: { email, full_name: 'Ana Restrepo', language: 'es' },
        shipping: { method_id: option['method_id'], address },
        expected_total: '106800.00',
      },
    });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    return {
      id: String(reply.body['id']),
      number: String(reply.body['number']),
      token: String(reply.headers['x-order-token']),
    };
  };
  const pay = async (id: string, token: string, number: string): Promise<Reply> => {
    await story.waitFor(id, 'awaiting_payment');
    const method = { type: 'card', number, expiry_month: 12, expiry_year: 2099 };
    const body = { order_id: id, payment_method: method };
    return story.until('payments knows the order and its guest', async () => {
      const reply = await story.call('POST', '/payments', { body, ...opening(token) });
      return reply.body['code'] === 'payments.order_not_payable' ? undefined : reply;
    });
  };
  return { order, pay, opening };
};

const linkedToken = (story: Story, email: string, subject: RegExp): Promise<string> =>
  story.until(`a link for ${email}`, async () => {
    const mail = story.mails.findLast((sent) => sent.to === email && subject.test(sent.subject));
    return /#([\w-]{43})/.exec(mail?.text ?? '')?.[1];
  });

/** Guest cart, declined card, a new order, approved, tracked, claimed by an account, refunded. */
export const tellGuestStory = async (story: Story): Promise<void> => {
  const { variantId } = await story.makeProduct('Cobija de lana virgen', 5);
  const { id: methodId } = await story.must(
    201,
    story.call('POST', '/api/v1/shipping-methods', {
      token: story.admin,
      body: {
        name: { es: 'Envío estándar', en: 'Standard shipping' },
        prices: [{ currency: 'COP', price: '9000.00', free_from: '200000.00' }],
        days_min: 2,
        days_max: 4,
        countries: ['CO'],
        regions: ['Antioquia'],
      },
    }),
  );
  const signed = await story.signUp();
  const { email } = signed;
  const guest = createGuest(story, variantId, email);
  const mailsAbout = (number: string) =>
    story.mails.filter((mail) => mail.to === email && mail.subject.includes(number));

  const first = await guest.order();
  assert.equal((await guest.pay(first.id, first.token, cards.declined)).status, 402);
  await story.waitFor(first.id, 'failed');
  await story.settle();
  assert.deepEqual(mailsAbout(first.number), [], 'nobody paid: nobody is written to');

  const second = await guest.order();
  const stolen = await story.call('POST', '/payments', {
    body: {
      order_id: second.id,
      payment_method: { type: 'card', number: cards.approved, expiry_month: 12, expiry_year: 2099 },
    },
    ...guest.opening(first.token),
  });
  assert.equal(stolen.body['code'], 'payments.order_not_payable');
  const paid = await guest.pay(second.id, second.token, cards.approved);
  assert.equal(paid.status, 201, JSON.stringify(paid.body));
  assert.equal(paid.body['amount'], '106800.00');
  await story.waitFor(second.id, 'paid');
  const paymentPath = `/payments/${String(paid.body['id'])}`;
  await story.must(200, story.call('GET', paymentPath, guest.opening(second.token)));
  await story.must(404, story.call('GET', paymentPath, guest.opening(first.token)));
  await story.must(401, story.call('GET', paymentPath));

  const mailed = await linkedToken(story, email, /pago recibido/);
  const orderPath = `/orders/${second.id}`;
  await story.must(200, story.call('GET', orderPath, guest.opening(mailed)));
  await story.must(
    202,
    story.call('POST', '/orders/track', { body: { number: second.number, email } }),
  );
  const tracked = await linkedToken(story, email, /tu enlace/);
  await story.must(200, story.call('GET', orderPath, guest.opening(tracked)));
  // Payments hears of the new token too.
  await story.until('payments opens to the new link', async () => {
    const reply = await story.call('GET', paymentPath, guest.opening(tracked));
    return reply.status === 200 ? true : undefined;
  });

  const { token } = signed;
  const claimable = await story.must(200, story.call('GET', '/orders/claimable', { token }));
  const ids = (claimable['items'] as Json[]).map((order) => order['id']);
  assert.deepEqual(ids.toSorted(), [first.id, second.id].toSorted());
  const thief = await story.signUp();
  // Until users has heard of an account, nobody can say what it has proven: 503.
  await story.settle();
  await story.must(404, story.call('POST', `${orderPath}/claim`, { token: thief.token }));
  await story.must(200, story.call('POST', `${orderPath}/claim`, { token }));
  for (const dead of [second.token, mailed, tracked])
    await story.must(404, story.call('GET', orderPath, guest.opening(dead)));
  await story.until('the payment is the account’s', async () => {
    const reply = await story.call('GET', paymentPath, { token });
    return reply.status === 200 ? true : undefined;
  });
  await story.must(404, story.call('GET', paymentPath, guest.opening(mailed)));

  // Shipping alone goes back, then the rest with the cancellation.
  await story.must(
    201,
    story.call('POST', `${paymentPath}/refunds`, {
      token: story.admin,
      body: { amount: '9000.00', reason: 'llegó tarde' },
    }),
  );
  await story.must(200, story.call('POST', `${orderPath}/cancel`, { token }));
  await story.waitFor(second.id, 'refunded');
  await story.settle();
  assert.deepEqual(await story.stockOf(variantId), { onHand: 5, reserved: 0 });
  const { rows } = await story
    .pool('notifications')
    .query('select from notifications where recipient_id = $1 and refused_at is null', [signed.id]);
  assert.ok(rows.length >= 2, 'what came after the claim is told to the account');
  await story.must(
    204,
    story.call('DELETE', `/api/v1/shipping-methods/${String(methodId)}`, { token: story.admin }),
  );
  await story.assertSound();
};
