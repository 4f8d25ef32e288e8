import type { Money } from '#shared/kernel/money.ts';
import { orderError } from '../../domain/errors.ts';
import { sharesOf, shippingSharesOf } from '../../domain/order-process.ts';
import type { PlacedOrder } from '../../domain/order.ts';
import { taxOf, taxTotalsOf, type TaxTotal } from '../../domain/tax.ts';
import type { Caller } from '../commands/change-order-status.ts';
import type { HistoryEntry, OrderReader, Orders, StoredOrder } from '../ports.ts';

export type { TaxTotal };

/** What the lines of an order hold at each rate. */
export const taxTotals = (order: PlacedOrder): readonly TaxTotal[] => taxTotalsOf(order.lines);

/** How much of an order's total is tax. */
export const taxOfOrder = ({ lines, total }: PlacedOrder): Money => taxOf(lines, total.currency);

/** A seller sees of a shared order what it sold itself, and nothing of the others. */
const onlyLinesOf = (order: PlacedOrder, sellerId: string): PlacedOrder => {
  const lines = order.lines.filter((line) => line.sellerId === sellerId);
  const shipments = (order.shipments ?? []).flatMap((shipment) =>
    shipment.sellerIds.includes(sellerId) ? [{ ...shipment, sellerIds: [sellerId] }] : [],
  );
  const isIts = (part: Readonly<{ sellerId: string }>): boolean => part.sellerId === sellerId;
  const total = sharesOf(order).find(isIts)!.amount;
  if (!order.shipping) return { ...order, lines, shipments, total };
  const price = shippingSharesOf(order).find(isIts)!.amount;
  return { ...order, lines, shipments, shipping: { ...order.shipping, price }, total };
};

export const createReadOrders = (ports: Readonly<{ orders: Orders; reader: OrderReader }>) => {
  /** The order as `caller` may see it; a stranger gets the same answer as for no order. */
  const read = async (orderId: string, caller: Caller): Promise<StoredOrder> => {
    const stored = await ports.orders.find(orderId);
    if (!stored) throw orderError('not_found');
    const { order } = stored;
    if (caller.isAdmin || order.buyerId === caller.id) return stored;
    const isSeller = caller.isSeller && order.lines.some((line) => line.sellerId === caller.id);
    if (!isSeller) throw orderError('not_found');
    return { ...stored, order: onlyLinesOf(order, caller.id) };
  };

  return {
    read,
    /** The order's events, oldest first, for its buyer and administrators. */
    history: async (orderId: string, caller: Caller): Promise<readonly HistoryEntry[]> => {
      const { order } = await read(orderId, caller);
      if (!caller.isAdmin && order.buyerId !== caller.id) throw orderError('not_found');
      return ports.reader.history(orderId);
    },
    list: ports.reader.list.bind(ports.reader),
  };
};

export type ReadOrders = ReturnType<typeof createReadOrders>;
