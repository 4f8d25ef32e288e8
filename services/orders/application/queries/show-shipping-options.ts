import type { Clock } from '#shared/platform/module.ts';
import { money } from '#shared/kernel/money.ts';
import {
  dayIn,
  quoteShipping,
  totalOf,
  weekdayOf,
  type Destination,
  type OrderShipping,
} from '../../domain/shipping.ts';
import type { CartOwner, Carts, Offers, ShippingMethods } from '../ports.ts';

export type { OrderShipping };
export { weekdayOf };

/** What is to be sent: what is in a cart, or pieces of one variant, which somebody only looks at. */
export type ToSend =
  | Readonly<{ owner: CartOwner | undefined }>
  | Readonly<{ variantId: string; quantity: number }>;

/**
 * The ways to get it to a place, with prices and promises of today. There is none for a variant that
 * is not for sale.
 */
export const createShowShippingOptions = (
  ports: Readonly<{
    methods: Pick<ShippingMethods, 'list'>;
    carts: Pick<Carts, 'find'>;
    offers: Pick<Offers, 'find'>;
    clock: Clock;
    timeZone: string;
    currency: string;
  }>,
) => {
  const linesOf = async (toSend: ToSend) => {
    if ('variantId' in toSend) {
      const { variantId, quantity } = toSend;
      const offer = (await ports.offers.find([variantId])).get(variantId);
      return offer && [{ price: offer.price, quantity }];
    }
    const cart = toSend.owner && (await ports.carts.find(toSend.owner));
    return (cart?.lines ?? []).flatMap(({ offer, quantity }) =>
      offer ? [{ price: offer.price, quantity }] : [],
    );
  };
  return async (toSend: ToSend, destination: Destination): Promise<readonly OrderShipping[]> => {
    const [methods, lines] = await Promise.all([ports.methods.list(), linesOf(toSend)]);
    if (!lines) return [];
    const lineTotal = totalOf(lines) ?? money(0n, ports.currency);
    const day = dayIn(ports.timeZone, ports.clock());
    return methods.flatMap(
      (method) => quoteShipping(method, { lineTotal, destination, day }) ?? [],
    );
  };
};

export type ShowShippingOptions = ReturnType<typeof createShowShippingOptions>;
