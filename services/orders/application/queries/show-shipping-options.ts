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
import type { CartOwner, Carts, ShippingMethods } from '../ports.ts';

export type { OrderShipping };
export { weekdayOf };

/** The ways to get what is in a cart to a place, with prices and promises of today. */
export const createShowShippingOptions =
  (
    ports: Readonly<{
      methods: Pick<ShippingMethods, 'list'>;
      carts: Pick<Carts, 'find'>;
      clock: Clock;
      timeZone: string;
      currency: string;
    }>,
  ) =>
  async (
    owner: CartOwner | undefined,
    destination: Destination,
  ): Promise<readonly OrderShipping[]> => {
    const [methods, cart] = await Promise.all([
      ports.methods.list(),
      owner ? ports.carts.find(owner) : undefined,
    ]);
    const lines = (cart?.lines ?? []).flatMap(({ offer, quantity }) =>
      offer ? [{ price: offer.price, quantity }] : [],
    );
    const lineTotal = totalOf(lines) ?? money(0n, ports.currency);
    const day = dayIn(ports.timeZone, ports.clock());
    return methods.flatMap(
      (method) => quoteShipping(method, { lineTotal, destination, day }) ?? [],
    );
  };

export type ShowShippingOptions = ReturnType<typeof createShowShippingOptions>;
