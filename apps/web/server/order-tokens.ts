import type { Seal } from './seal.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** What opens each order that this browser placed without an account, the newest last. */
export type OrderTokens = ReadonlyMap<string, string>;

/** More than that is no shopping, and a cookie has no room for it. */
const ordersMax = 8;
/** As long as the longest of them opens anything. */
export const orderTokenSeconds = 7 * 24 * 3600;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const tokenPattern = /^[\w-]{43}$/;

export const openOrderTokens = (seal: Seal, sealed: string | undefined): OrderTokens => {
  const content = sealed === undefined ? undefined : seal.open(sealed);
  const known = content === undefined ? {} : (parseJson(content) as { orders?: unknown });
  return new Map(Array.isArray(known.orders) ? (known.orders as [string, string][]) : []);
};

export const sealOrderTokens = (seal: Seal, tokens: OrderTokens): string =>
  seal.close(JSON.stringify({ orders: [...tokens] }));

/** The same with one more; the oldest goes when there are too many. */
export const withOrderToken = (
  tokens: OrderTokens,
  orderId: string,
  token: string,
): OrderTokens => {
  const others = [...tokens].filter(([id]) => id !== orderId);
  return new Map([...others, [orderId, token] as const].slice(-ordersMax));
};

export const withoutOrder = (tokens: OrderTokens, orderId: string): OrderTokens =>
  new Map([...tokens].filter(([id]) => id !== orderId));

/** Whether both are what they say; what they open is orders' to know. */
export const isOrderToken = (orderId: unknown, token: unknown): boolean =>
  typeof orderId === 'string' &&
  uuid.test(orderId) &&
  typeof token === 'string' &&
  tokenPattern.test(token);

/** The order that a request is about: by its address, or as the page says it of a payment. */
export const orderOfRequest = (path: string, named: string | undefined): string | undefined => {
  const ofPath = /^\/api\/v1\/orders\/([0-9a-f-]{36})(?:[/?]|$)/.exec(path)?.[1];
  if (ofPath !== undefined) return ofPath;
  return /^\/api\/v1\/(?:payments|mercadopago)(?:[/?]|$)/.test(path) ? named : undefined;
};
