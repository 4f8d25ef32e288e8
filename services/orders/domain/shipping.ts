import { addMoney, money, multiplyMoney, type Money } from '#shared/kernel/money.ts';
import type { PostalAddress } from '#shared/kernel/postal-address.ts';

/** What a method costs in one currency. */
export type ShippingPrice = Readonly<{
  price: Money;
  /** From this sum of lines on it costs nothing; null: it always costs. */
  freeFrom: Money | null;
}>;

/** A way to get an order to its buyer, as the operator set it up. */
export type ShippingMethod = Readonly<{
  id: string;
  name: Readonly<Record<'es' | 'en', string>>;
  /** One a currency; an order in another currency cannot have the method. */
  prices: readonly ShippingPrice[];
  /** Working days until it arrives, from the day of the order. */
  daysMin: number;
  daysMax: number;
  /** ISO 3166-1; none: everywhere. */
  countries: readonly string[];
  /** Of the only country; none: all of it. */
  regions: readonly string[];
  /** Buyers come for it, to this place; null: it is brought to them. */
  pickupPlace: string | null;
  isActive: boolean;
  position: number;
}>;

/** The method of an order as it was when the order was placed. */
export type OrderShipping = Readonly<{
  methodId: string;
  name: Readonly<Record<'es' | 'en', string>>;
  price: Money;
  pickupPlace: string | null;
  /** The days between which it arrives, as `2026-01-31`. */
  from: string;
  to: string;
}>;

export type Destination = Readonly<{ country: string; region: string | null }>;

/** The line of a country's form that names its largest part. */
const regionKeys = ['department', 'state', 'province', 'region'] as const;

export const destinationOf = ({ country, fields }: PostalAddress): Destination => {
  const key = regionKeys.find((name) => fields[name] !== undefined);
  return { country, region: key === undefined ? null : fields[key]! };
};

/** As people write it: with accents or without, in any case. */
const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();

const reaches = (method: ShippingMethod, destination: Destination): boolean => {
  const { countries, regions } = method;
  if (countries.length > 0 && !countries.includes(destination.country)) return false;
  if (regions.length === 0) return true;
  const { region } = destination;
  return region !== null && regions.some((name) => fold(name) === fold(region));
};

const dayMs = 86_400_000;

// Making one costs a hundred times what using it does.
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day it is at `now` in a time zone, as `2026-01-31`. */
export const dayIn = (timeZone: string, now: Date): string => {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(now);
};

/** ISO 8601: Monday is 1. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Monday to Friday are worked; holidays are not known. */
export const addWorkingDays = (day: string, count: number): string => {
  let date = new Date(`${day}T00:00:00Z`);
  const isFree = (): boolean => date.getUTCDay() === 0 || date.getUTCDay() === 6;
  for (let left = count; left > 0 || isFree();) {
    date = new Date(date.getTime() + dayMs);
    if (left > 0 && !isFree()) left -= 1;
  }
  return date.toISOString().slice(0, 10);
};

/**
 * What `method` costs and promises for lines of this sum, ordered on this day; undefined where it does
 * not go, has no price in the currency or is switched off. Who picks it up needs no destination.
 */
export const quoteShipping = (
  method: ShippingMethod,
  order: Readonly<{ lineTotal: Money; destination: Destination | null; day: string }>,
): OrderShipping | undefined => {
  const { lineTotal, destination, day } = order;
  const { id: methodId, name, pickupPlace, daysMin, daysMax } = method;
  const known = method.prices.find(({ price }) => price.currency === lineTotal.currency);
  if (!known || !method.isActive) return undefined;
  if (destination === null ? pickupPlace === null : !reaches(method, destination)) return undefined;
  const isFree = known.freeFrom !== null && lineTotal.amountMinor >= known.freeFrom.amountMinor;
  return {
    methodId,
    name,
    price: isFree ? money(0n, lineTotal.currency) : known.price,
    pickupPlace,
    from: addWorkingDays(day, daysMin),
    to: addWorkingDays(day, daysMax),
  };
};

/** What lines come to that may be bought now; undefined when their currencies differ or there is none. */
export const totalOf = (
  lines: readonly Readonly<{ price: Money; quantity: number }>[],
): Money | undefined => {
  const [first, ...others] = lines.map(({ price, quantity }) => multiplyMoney(price, quantity));
  if (!first || others.some(({ currency }) => currency !== first.currency)) return undefined;
  return others.reduce(addMoney, first);
};
