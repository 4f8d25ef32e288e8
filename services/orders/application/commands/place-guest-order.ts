import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';
import type { GuestSecrets, Guests, OrderContact } from '../guest-ports.ts';
import type { Guest, StoredOrder } from '../ports.ts';
import type { PlaceOrderHandler, PlaceOrderRequest } from './place-order.ts';

/** Of one network address (behind which many may live) and of one e-mail, within an hour. */
export const guestOrdersMax = { address: 30, email: 5 } as const;
/** The token of the page that follows the order; mails bring others. */
const accessMs = 24 * 3_600_000;

type GuestRequest = Omit<PlaceOrderRequest, 'buyerId' | 'isGuest' | 'beside'> &
  Readonly<{
    guest: Guest;
    contact: OrderContact & Readonly<{ email: string }>;
    /** What limits count a client by. */
    clientAddress: string;
  }>;

/**
 * Places an order for somebody without an account. Tries are counted before anything is looked up: an
 * order sets stock aside, and later a mail goes to an address that nobody has proven.
 */
export const createPlaceGuestOrder = (
  ports: Readonly<{
    placeOrder: PlaceOrderHandler;
    guests: Pick<Guests, 'count'>;
    secrets: GuestSecrets;
    clock: Clock;
  }>,
) => {
  const { guests, secrets } = ports;
  const countTries = async (clientAddress: string, email: string): Promise<void> => {
    const [ofAddress, ofEmail] = await Promise.all([
      guests.count([secrets.countKeyOf('order-address', clientAddress)]),
      guests.count([secrets.countKeyOf('order-email', email)]),
    ]);
    if (ofAddress > guestOrdersMax.address || ofEmail > guestOrdersMax.email)
      throw orderError('too_many_guest_orders', { retryAfterSeconds: 3_600 });
  };

  return async ({ clientAddress, contact, ...request }: GuestRequest): Promise<StoredOrder> => {
    await countTries(clientAddress, contact.email);
    const { orderId } = request;
    const access = {
      id: orderId,
      tokenHash: secrets.hashOf(secrets.tokenOf(orderId)),
      expiresAt: new Date(ports.clock().getTime() + accessMs),
    };
    const beside = { contact, access };
    const buyerId = secrets.buyerOf(orderId);
    return ports.placeOrder({ ...request, buyerId, isGuest: true, beside });
  };
};

export type PlaceGuestOrderHandler = ReturnType<typeof createPlaceGuestOrder>;
