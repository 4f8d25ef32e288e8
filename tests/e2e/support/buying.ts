import { setTimeout as sleep } from 'node:timers/promises';
import { cards, payBody, send, type Reply, type Request } from './http.ts';
import type { AcknowledgedStatus, Journal } from './journal.ts';
import type { Seats } from './seats.ts';

/** What one purchase will do; drawn before it starts, so that a seed repeats it. */
export type Plan = Readonly<{
  n: number;
  buyer: number;
  items: readonly Readonly<{ variant_id: string; quantity: number }>[];
  card: string | undefined;
  cancel: 'never' | 'before_payment' | 'with_payment' | 'after_payment';
  goesTo: 'paid' | 'shipped' | 'delivered';
}>;

const weighted = <Value>(random: () => number, choices: readonly (readonly [number, Value])[]) => {
  let point = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  return (choices.find(([weight]) => (point -= weight) < 0) ?? choices.at(-1)!)[1];
};

export const drawPlan = (
  n: number,
  random: () => number,
  shop: Readonly<{ variants: readonly string[]; buyers: number }>,
): Plan => {
  const pick = (): number => Math.floor(random() * shop.variants.length);
  const first = pick();
  const second = random() < 0.3 ? pick() : first;
  const quantity = (): number => 1 + Math.floor(random() * 3);
  return {
    n,
    buyer: Math.floor(random() * shop.buyers),
    items: [...new Set([first, second])].map((i) => ({
      variant_id: shop.variants[i]!,
      quantity: quantity(),
    })),
    card: weighted(random, [
      [45, cards.approved],
      [12, cards.declined],
      [10, cards.answerLost],
      [5, cards.requestLost],
      [12, cards.toldTwice],
      [11, cards.late],
      [5, undefined],
    ]),
    cancel: weighted(random, [
      [78, 'never'],
      [6, 'before_payment'],
      [7, 'with_payment'],
      [9, 'after_payment'],
    ]),
    goesTo: weighted(random, [
      [40, 'paid'],
      [25, 'shipped'],
      [35, 'delivered'],
    ]),
  };
};

const surpriseMax = 50;
const tryForMs = 150_000;

type Shop = Readonly<{
  /** The running server; waits while it is down. */
  server: () => Promise<Readonly<{ url: string; token: () => string }>>;
  tokenOf: (buyer: number) => string;
  journal: Journal;
  seats: Seats;
  /** A part may be away: 503 with Retry-After is an answer to wait for, not a surprise. */
  mayRefuse?: boolean;
}>;

/** Purchases as patient clients make them: what got no answer is asked again with its key. */
export const createBuying = ({ server, tokenOf, journal, seats, mayRefuse = false }: Shop) => {
  const figures = { cutOff: 0, keptWaiting: 0, refused: 0 };
  const surprise = (what: string): void => {
    if (journal.surprises.length < surpriseMax) journal.surprises.push(what);
  };

  const ask = async (make: (operator: string) => Request): Promise<Reply> => {
    const end = performance.now() + tryForMs;
    for (; performance.now() < end; await sleep(50)) {
      const { url, token } = await server();
      const request = make(token());
      let reply: Reply;
      try {
        reply = await send(url, request);
      } catch {
        figures.cutOff += 1;
        continue;
      }
      if (mayRefuse && reply.status === 503 && reply.headers.has('retry-after')) {
        figures.refused += 1;
        await sleep(150);
        continue;
      }
      if (reply.status >= 500) {
        surprise(`${request.method} ${request.path}: ${reply.status} ${reply.text.slice(0, 300)}`);
        continue;
      }
      if (reply.body['code'] !== 'http.idempotency_in_progress') return reply;
      // The try that died with the process keeps its key for half a minute.
      figures.keptWaiting += 1;
      await seats.away(() => sleep(1_000));
    }
    throw new Error('no answer for too long');
  };

  const statusOf = async (id: string): Promise<string> =>
    String(
      (await ask((token) => ({ method: 'GET', path: `/orders/${id}`, token }))).body['status'],
    );
  const leaves = async (id: string, from: string): Promise<string> => {
    const end = performance.now() + tryForMs;
    for (;;) {
      const status = await statusOf(id);
      if (status !== from) return status;
      if (performance.now() > end) throw new Error(`order ${id} stays ${from}`);
      await sleep(25);
    }
  };

  const place = async ({ n, buyer, items }: Plan): Promise<string | undefined> => {
    const reply = await ask(() => ({
      method: 'POST',
      path: '/orders',
      token: tokenOf(buyer),
      body: { items },
      headers: { 'idempotency-key': `order-${n}` },
    }));
    const { id, total } = reply.body as { id: string; total: string };
    if (reply.status === 201) journal.orders.push({ n, id, total, text: reply.text });
    else surprise(`order ${n}: ${reply.status} ${reply.text}`);
    return reply.status === 201 ? id : undefined;
  };

  const change = async (
    orderId: string,
    status: AcknowledgedStatus['status'],
    request: (operator: string) => Request,
  ): Promise<void> => {
    const reply = await ask(request);
    if (reply.status === 200) journal.statuses.push({ orderId, status });
    // Something else was faster: a refused card, the end of the time to pay, a late refusal of stock.
    else if (reply.body['code'] !== 'orders.not_allowed_now')
      surprise(`${status} ${orderId}: ${reply.status} ${reply.text}`);
  };
  const cancel = (id: string, buyer: number): Promise<void> =>
    change(id, 'cancelled', () => ({
      method: 'POST',
      path: `/orders/${id}/cancel`,
      token: tokenOf(buyer),
    }));
  const handOver = (id: string, status: 'shipped' | 'delivered'): Promise<void> =>
    change(id, status, (token) => ({
      method: 'PUT',
      path: `/orders/${id}/status`,
      token,
      body: { status },
    }));

  const pay = async (orderId: string, { n, buyer }: Plan, card: string): Promise<void> => {
    for (;;) {
      const reply = await ask(() => ({
        method: 'POST',
        path: '/payments',
        token: tokenOf(buyer),
        body: payBody(orderId, card),
        headers: { 'idempotency-key': `pay-${n}` },
      }));
      const { status: httpStatus, body, text } = reply;
      const head = { n, orderId, card, httpStatus, text };
      if (httpStatus === 201)
        journal.payments.push({ ...head, id: String(body['id']), status: String(body['status']) });
      else if (httpStatus === 402)
        journal.payments.push({ ...head, id: String(body['payment_id']), status: 'failed' });
      else if (body['code'] !== 'payments.order_not_payable')
        surprise(`payment ${n}: ${httpStatus} ${text}`);
      else if ((await statusOf(orderId)) === 'awaiting_payment') {
        // Payments hears of the order a moment after its buyer.
        await sleep(15);
        continue;
      }
      return;
    }
  };

  /** One purchase, from the order to where its plan leads. */
  const buy = async (plan: Plan): Promise<void> => {
    const id = await place(plan);
    if (id === undefined || (await leaves(id, 'pending')) !== 'awaiting_payment') return;
    const { card, buyer } = plan;
    if (plan.cancel === 'before_payment') return cancel(id, buyer);
    if (card === undefined) return;
    const together = plan.cancel === 'with_payment' ? cancel(id, buyer) : undefined;
    await Promise.all([pay(id, plan, card), together]);
    const status = await seats.away(() => leaves(id, 'awaiting_payment'));
    if (status !== 'paid') return;
    if (plan.cancel === 'after_payment') return cancel(id, buyer);
    if (plan.goesTo !== 'paid') await handOver(id, 'shipped');
    if (plan.goesTo === 'delivered') await handOver(id, 'delivered');
  };

  return { buy, ask, figures };
};

export type Buying = ReturnType<typeof createBuying>;
