import type { Caller } from '../commands/change-order-status.ts';
import type { Guests, OrderContact } from '../guest-ports.ts';
import type { ReadOrders } from './read-orders.ts';

const nobody: OrderContact = {
  email: null,
  fullName: null,
  phoneNumber: null,
  language: 'es',
  address: null,
  document: null,
};

/**
 * Who gets an order, and where: to its buyer and staff all of it, to a seller what a parcel needs, and
 * that only when the order was paid.
 */
export const createReadContact =
  (ports: Readonly<{ readOrders: Pick<ReadOrders, 'read'>; guests: Pick<Guests, 'contactOf'> }>) =>
  async (orderId: string, caller: Caller): Promise<OrderContact> => {
    const { order } = await ports.readOrders.read(orderId, caller);
    const isWhole = caller.isAdmin || order.buyerId === caller.id;
    if (!isWhole && order.paymentId === null) return nobody;
    const contact = (await ports.guests.contactOf(orderId)) ?? nobody;
    return isWhole ? contact : { ...contact, email: null };
  };

export type ReadContact = ReturnType<typeof createReadContact>;
