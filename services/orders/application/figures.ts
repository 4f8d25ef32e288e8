import type { Money } from '#shared/kernel/money.ts';
import { orderError } from '../domain/errors.ts';

/** Sales of some days that end today, beside those of as many days before. */
export type SalesOfDays = Readonly<{
  days: number;
  sales: Money;
  orders: number;
  previousSales: Money;
  previousOrders: number;
}>;

/** Days as the shop's calendar has them: `from` and `to` are both part of it. */
export type DayRange = Readonly<{ from: string; to: string }>;

const daysMax = 366;
const dayMs = 86_400_000;

/** A range has one day at least, and a year of them at most. */
export const checkRange = ({ from, to }: DayRange): void => {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (!(days >= 1 && days <= daysMax)) throw orderError('range_invalid');
};

/** What is counted: sold orders, steps to an order, who bought, or what was taken back. */
export const metrics = ['sales', 'funnel', 'buyers', 'reversals'] as const;
export type Metric = (typeof metrics)[number];
/** How sales are cut. `hour` is an hour of a weekday. */
export const cuts = ['day', 'product', 'region', 'hour'] as const;
export type Cut = (typeof cuts)[number];
/** How long a stretch of `day` is. */
export const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

/** A part of what is counted, beside the same part of as many days before. */
export type FigurePart = Readonly<{
  /** A day, the id of a product, a region, `weekday-hour` (1 is Monday), a step or a reason. */
  key: string;
  name: string | null;
  amount: Money;
  orders: number;
  /** Pieces, people, or what a step of the funnel counts. */
  quantity: number;
  previousAmount: Money;
  previousOrders: number;
  previousQuantity: number;
}>;

/**
 * What was sold: orders that were paid and not cancelled, by the day they were placed on in the shop's
 * time zone, in one currency. What was refunded later is not taken off.
 */
export interface SalesFigures {
  ofDays(days: readonly number[], currency: string, now: Date): Promise<readonly SalesOfDays[]>;
  /** Every order by its state now. */
  byStatus(): Promise<ReadonlyMap<string, number>>;
}

/** Figures of a range and of as many days before, one round trip each. Times are the shop's. */
export interface Analytics {
  /** Each stretch of the range, those without sales too; of the rest those that sold most. */
  sales(
    range: DayRange,
    currency: string,
    cut: Readonly<{ by: Cut; interval: Interval; limit: number }>,
  ): Promise<readonly FigurePart[]>;
  /**
   * Carts in which something was put, orders placed, orders sold. A cart that still has something counts
   * in the range in which it was touched last, one that became an order with that order.
   */
  funnel(range: DayRange, currency: string): Promise<readonly FigurePart[]>;
  /** People who bought for the first time, and people who had bought before; guests by their e-mail. */
  buyers(range: DayRange, currency: string): Promise<readonly FigurePart[]>;
  /** Orders placed in the range that were cancelled, failed or refunded, each with its reason. */
  reversals(range: DayRange, currency: string): Promise<readonly FigurePart[]>;
}
