import { money, type MoneyJson } from '#shared/kernel/money.ts';

const isMoneyJson = (value: object): value is MoneyJson =>
  'amountMinor' in value && 'currency' in value && typeof value.amountMinor === 'string';

/** Events and state as they are stored: amounts are digits, since JSON has no bigint. */
export const toStored = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));

/** What was stored, with its amounts as money again. */
export const fromStored = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromStored);
  if (typeof value !== 'object' || value === null) return value;
  if (isMoneyJson(value)) return money(BigInt(value.amountMinor), value.currency);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromStored(item)]));
};
