import type { Account, Progress } from './seed-shop.ts';
import { expectStatus, forEachOf, signInOperator } from './seed-shop.ts';
import { minuteMs, startOfDay, type Step, type Story } from './order-plan.ts';
import { regionIn } from './addresses.ts';
import type { PastPlaza } from './past-plaza.ts';
import type { Sending } from './seed-terms.ts';

const storiesAtOnce = 4;
const waitMaxMs = 15_000;

/** Cards of the sandbox provider; see the README of payments. */
const goodCard = '4242424242424242';
const refusedCards = ['4000000000000002', '4000000000009995', '4000000000000069'];

type Order = Readonly<{
  id: string;
  status: string;
  total: string;
  payment_id: string | null;
  lines: readonly Readonly<{ seller_id: string; variant_id: string; quantity: number }>[];
}>;
/** Answers true when it is time to ask again. */
type Cast = Readonly<{
  plaza: PastPlaza;
  operator: string;
  buyers: readonly (Account | undefined)[];
  sellers: ReadonlyMap<string, Account>;
  /** Variant ids by SKU. */
  variants: ReadonlyMap<string, string>;
  sending: Sending;
  /** How far the clocks of the shop are ahead of UTC. */
  zoneMs: number;
}>;
type Scene = Readonly<{ story: Story; does: Step | 'place'; at: Date }>;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const readOrder = async (
  { plaza, operator }: Cast,
  at: Date,
  id: string,
  isReady: (order: Order) => boolean = () => true,
): Promise<Order> => {
  const end = performance.now() + waitMaxMs;
  for (;;) {
    const answer = await plaza.call(at, 'GET', `/orders/${id}`, { token: operator });
    const order = expectStatus<Order>(answer, 200, `order ${id}`);
    if (isReady(order)) return order;
    if (performance.now() > end) throw new Error(`order ${id} stays ${order.status}`);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
};

/** Some of those who may have it the next day want it so. */
const shippingOf = ({ sending }: Cast, home: Account['home'], nth: number) => {
  const isFast = regionIn(home) === sending.fastRegion && nth % 3 === 0;
  return { method_id: isFast ? sending.fast : sending.standard, address: home };
};

const place = async (cast: Cast, { story, at }: Scene, nth: number): Promise<string> => {
  const { plaza, buyers, variants } = cast;
  const items = story.lines.map(({ sku, quantity }) => ({
    variant_id: variants.get(sku)!,
    quantity,
  }));
  const { token, home } = buyers[story.buyer]!;
  const body = { items, shipping: shippingOf(cast, home, nth) };
  const answer = await plaza.call(at, 'POST', '/orders', { token, body });
  return expectStatus<Order>(answer, 201, 'place an order').id;
};

const pay = async (cast: Cast, { story, at, does }: Scene, id: string): Promise<void> => {
  const { plaza, buyers } = cast;
  await readOrder(cast, at, id, ({ status }) => status === 'awaiting_payment');
  const number =
    does === 'pay' ? goodCard : refusedCards[Math.trunc(at.getTime() / 1000) % refusedCards.length];
  const body = {
    order_id: id,
    payment_method: {
      type: 'card',
      number,
      expiry_month: 12,
      expiry_year: new Date().getUTCFullYear() + 2,
    },
  };
  const { token } = buyers[story.buyer]!;
  const end = performance.now() + waitMaxMs;
  for (;;) {
    const answer = await plaza.call(at, 'POST', '/payments', { token, body });
    // Payments hears a moment after orders that the order may be paid.
    const isEarly = answer.status === 409 && performance.now() < end;
    if (!isEarly) {
      expectStatus(answer, does === 'pay' ? 201 : 402, 'pay');
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  await readOrder(cast, at, id, ({ status }) => status !== 'awaiting_payment');
};

/** Every seller of the order moves its own lines, one some minutes after the other. */
const moveOn = async (
  cast: Cast,
  at: Date,
  id: string,
  status: 'shipped' | 'delivered',
): Promise<void> => {
  const { lines } = await readOrder(cast, at, id);
  const sellers = [...cast.sellers.values()].filter((seller) =>
    lines.some((line) => line.seller_id === seller.id),
  );
  for (const [index, { token }] of sellers.entries()) {
    const path = `/orders/${id}/status`;
    const when = later(at, index * 25 * minuteMs);
    const answer = await cast.plaza.call(when, 'PUT', path, { token, body: { status } });
    expectStatus(answer, 200, status);
  }
};

const refund = async (cast: Cast, { at, does }: Scene, id: string): Promise<void> => {
  const { payment_id: paymentId, lines } = await readOrder(cast, at, id);
  const { variant_id, quantity } = lines[0]!;
  const body =
    does === 'refund' || lines.length === 1
      ? { reason: 'El comprador devolvió el pedido' }
      : { reason: 'Un artículo llegó dañado', lines: [{ variant_id, quantity }] };
  const path = `/payments/${paymentId}/refunds`;
  const answer = await cast.plaza.call(at, 'POST', path, { token: cast.operator, body });
  expectStatus(answer, 201, 'refund');
  await readOrder(cast, at, id, ({ status }) => status.endsWith('refunded'));
};

const play = async (cast: Cast, scene: Scene, id: string): Promise<void> => {
  const { does, at, story } = scene;
  const { plaza, buyers } = cast;
  switch (does) {
    case 'place':
      return;
    case 'pay':
    case 'be_declined':
      return pay(cast, scene, id);
    case 'ship':
      return moveOn(cast, at, id, 'shipped');
    case 'deliver':
      return moveOn(cast, at, id, 'delivered');
    case 'refund':
    case 'refund_part':
      return refund(cast, scene, id);
    case 'cancel': {
      const { token } = buyers[story.buyer]!;
      expectStatus(await plaza.call(at, 'POST', `/orders/${id}/cancel`, { token }), 200, 'cancel');
      return;
    }
    case 'expire':
      await readOrder(cast, at, id, ({ status }) => status === 'awaiting_payment');
      await plaza.fireDeadlines(at);
      return;
  }
};

/**
 * Lives the stories day after day: a day's orders are placed one by one, in the order of their
 * times, and what else happens that day goes on side by side. The next day begins when the last
 * message of this one was taken.
 */
export const seedOrders = async (
  given: Omit<Cast, 'operator'>,
  stories: readonly Story[],
  progress: Progress,
): Promise<void> => {
  const cast = { ...given, operator: signInOperator(given.plaza) };
  const ids = new Map<Story, string>();
  const scenes = stories.flatMap((story): readonly Scene[] => [
    { story, does: 'place', at: story.placedAt },
    ...story.steps.map((step) => ({ story, ...step })),
  ]);
  const days = Map.groupBy(scenes, ({ at }) => startOfDay(at, cast.zoneMs).getTime());
  for (const day of [...days.keys()].toSorted((a, b) => a - b)) {
    const ofDay = days.get(day)!.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    cast.plaza.setBaseline(new Date(day));
    for (const scene of ofDay) {
      if (scene.does !== 'place') continue;
      ids.set(scene.story, await place(cast, scene, ids.size));
      progress(1);
    }
    const byStory = [...Map.groupBy(ofDay, ({ story }) => story).values()];
    const ending = byStory.filter((own) => own.some(({ does }) => does === 'expire'));
    const others = byStory.filter((own) => !ending.includes(own));
    // What is due is due for all: an order whose turn to pay has not come yet would expire with another.
    for (const some of [others, ending])
      await forEachOf(some, storiesAtOnce, async (own) => {
        for (const scene of own) await play(cast, scene, ids.get(scene.story)!);
      });
    await cast.plaza.settle();
  }
};
