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

/** What was sold on a day, or of a product. */
export type SalesPart = Readonly<{
  /** The day, or the id of the product. */
  key: string;
  name: string | null;
  sales: Money;
  orders: number;
  quantity: number;
}>;

/**
 * What was sold: orders that were paid and not cancelled, by the day they were placed on in the shop's
 * time zone, in one currency. What was
 * refunded later is not taken off.
 */
export interface SalesFigures {
  ofDays(days: readonly number[], currency: string, now: Date): Promise<readonly SalesOfDays[]>;
  /** Every order by its state now. */
  byStatus(): Promise<ReadonlyMap<string, number>>;
  /** Each day of the range, those without sales too. */
  byDay(range: DayRange, currency: string): Promise<readonly SalesPart[]>;
  /** The products that sold most, by amount. */
  byProduct(range: DayRange, currency: string, limit: number): Promise<readonly SalesPart[]>;
}
