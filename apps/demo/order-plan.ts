import type { DemoProduct } from './catalogue.ts';

/** What happens to a demo order after it is placed. */
export type Step =
  | 'pay'
  | 'be_declined'
  | 'cancel'
  | 'expire'
  | 'ship'
  | 'deliver'
  | 'refund'
  | 'refund_part';

export type Story = Readonly<{
  /** Index in the list of buyers. */
  buyer: number;
  lines: readonly Readonly<{ sku: string; quantity: number }>[];
  placedAt: Date;
  /** In the order of their times, all of them before now. */
  steps: readonly Readonly<{ does: Step; at: Date }>[];
}>;

type Random = () => number;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const historyDays = 30;

/** mulberry32: the same shop for everybody. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const between = (random: Random, least: number, most: number): number =>
  least + random() * (most - least);
const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!;

/**
 * How far the clocks of a zone are ahead of UTC at `at`. The month of the example is lived by the hour of
 * its end: where summer time began in it, some of its days begin an hour late, which nobody minds.
 */
export const zoneMsOf = (timeZone: string, at: Date): number => {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')!.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const ahead = Number(hours ?? 0) * hourMs + Number(minutes ?? 0) * minuteMs;
  return sign === '-' ? -ahead : ahead;
};

/** The midnight before `at`, where clocks are so far ahead of UTC. */
export const startOfDay = (at: Date, zoneMs: number): Date =>
  new Date(Math.floor((at.getTime() + zoneMs) / dayMs) * dayMs - zoneMs);

/** People buy at noon and in the evening, and nobody at four in the morning. */
const timeOfDay = (random: Random): number =>
  (random() < 0.4 ? between(random, 11, 14.5) : between(random, 8, 22.5)) * hourMs;

/** Shops hand parcels over in working hours. */
const inWorkingHours = (random: Random, at: Date, zoneMs: number): Date =>
  new Date(startOfDay(at, zoneMs).getTime() + between(random, 8.5, 17.5) * hourMs);

/** Orders of a day: more on Fridays and weekends, and a few more each week. */
const countOf = (random: Random, day: Date, age: number, zoneMs: number): number => {
  const weekday = new Date(day.getTime() + zoneMs).getUTCDay();
  const busy = [1.2, 0.8, 0.85, 0.9, 1, 1.25, 1.3][weekday]!;
  const growth = 1.25 - (age / historyDays) * 0.5;
  return Math.max(2, Math.round(busy * growth * between(random, 3.5, 6.5)));
};

type Sku = Readonly<{ sku: string; price: number; stock: number }>;

/** So little is left at the end that nobody may have held a piece of it in vain. */
const isScarce = (stock: number): boolean => stock < 4;

/** Few products sell much and many sell little; the last third is hardly ever bought. */
const createChoice = (random: Random, products: readonly DemoProduct[]) => {
  const ranked = products
    .map((product) => ({ product, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ product }) => product);
  return (isScarceAllowed: boolean): Sku => {
    for (;;) {
      const { variants } = ranked[Math.floor(ranked.length * random() ** 1.7)]!;
      const { sku, price, stock } = pick(random, variants);
      if (isScarceAllowed || !isScarce(stock)) return { sku, price: Number(price), stock };
    }
  };
};

/** `mayCancel`: what is cancelled was on the shelf, so none of it may be what sells out. */
const paidSteps = (
  random: Random,
  after: (ms: number) => Date,
  mayCancel: boolean,
  zoneMs: number,
): Story['steps'] => {
  const pay = { does: 'pay', at: after(between(random, 1, 9) * minuteMs) } as const;
  const fate = random();
  if (fate < 0.03 && mayCancel)
    return [pay, { does: 'cancel', at: after(between(random, 0.6, 3) * hourMs) } as const];
  const shippedAt = inWorkingHours(random, after(between(random, 0.7, 1.9) * dayMs), zoneMs);
  const deliveredAt = inWorkingHours(
    random,
    new Date(shippedAt.getTime() + between(random, 1.2, 4.5) * dayMs),
    zoneMs,
  );
  const goes = [
    pay,
    { does: 'ship', at: shippedAt },
    { does: 'deliver', at: deliveredAt },
  ] as const;
  if (fate > 0.06) return goes;
  const at = new Date(deliveredAt.getTime() + between(random, 1, 4) * dayMs);
  return [...goes, { does: fate < 0.04 ? 'refund' : 'refund_part', at }];
};

const storyAt = (
  random: Random,
  choose: ReturnType<typeof createChoice>,
  placedAt: Date,
  { buyerCount, now, zoneMs }: Readonly<{ buyerCount: number; now: Date; zoneMs: number }>,
): readonly Story[] => {
  const after = (ms: number): Date => new Date(placedAt.getTime() + ms);
  const isRecent = now.getTime() - placedAt.getTime() < 20 * minuteMs;
  const fate = isRecent ? 1 : random();
  const isPaid = fate >= 0.1;
  const lines = new Map<string, number>();
  let hasScarce = false;
  const wanted = pick(random, [1, 1, 1, 2, 2, 3]);
  while (lines.size < wanted) {
    const { sku, price, stock } = choose(isPaid);
    hasScarce ||= isScarce(stock);
    lines.set(sku, price < 60_000 ? pick(random, [1, 1, 2, 2, 3]) : 1);
  }
  const story = {
    // Some come often.
    buyer: Math.floor(buyerCount * random() ** 1.4),
    lines: [...lines].map(([sku, quantity]) => ({ sku, quantity })),
    placedAt,
  };
  const until = (steps: Story['steps']): Story['steps'] =>
    steps.filter(({ at }) => at.getTime() < now.getTime() - minuteMs);
  if (isPaid) return [{ ...story, steps: until(paidSteps(random, after, !hasScarce, zoneMs)) }];
  if (fate < 0.03)
    return [{ ...story, steps: until([{ does: 'expire', at: after(15.3 * minuteMs) }]) }];
  const declined = until([{ does: 'be_declined', at: after(between(random, 1, 4) * minuteMs) }]);
  if (fate < 0.055) return [{ ...story, steps: declined }];
  // Most who are refused try again with another card.
  const again = after(between(random, 5, 9) * minuteMs);
  const laterOf = (ms: number): Date => new Date(again.getTime() + ms);
  return [
    { ...story, steps: declined },
    { ...story, placedAt: again, steps: until(paidSteps(random, laterOf, !hasScarce, zoneMs)) },
  ];
};

/**
 * A month of a small shop, seen from `now`: the same orders for the same seed, moved along with the
 * calendar. Oldest first.
 */
export const planOrders = (
  options: Readonly<{
    products: readonly DemoProduct[];
    buyerCount: number;
    now: Date;
    /** How far the clocks of the shop are ahead of UTC. */
    zoneMs: number;
    seed?: number;
  }>,
): readonly Story[] => {
  const { products, now, zoneMs, seed = 20_260 } = options;
  const random = createRandom(seed);
  const choose = createChoice(random, products);
  const today = startOfDay(now, zoneMs).getTime();
  const stories: Story[] = [];
  for (let age = historyDays; age >= 0; age--) {
    const day = new Date(today - age * dayMs);
    for (let i = countOf(random, day, age, zoneMs); i > 0; i--) {
      const placedAt = new Date(day.getTime() + timeOfDay(random));
      const story = storyAt(random, choose, placedAt, options);
      stories.push(...story.filter((one) => one.placedAt.getTime() < now.getTime() - 2 * minuteMs));
    }
  }
  return stories.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
};

/** Units of each SKU that the stories take for good: what the shelf had more a month ago. */
export const unitsSold = (stories: readonly Story[]): ReadonlyMap<string, number> => {
  const sold = new Map<string, number>();
  for (const { lines, steps } of stories) {
    const gaveBack = steps.some(({ does }) => ['be_declined', 'expire', 'cancel'].includes(does));
    if (gaveBack) continue;
    for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
  }
  return sold;
};
