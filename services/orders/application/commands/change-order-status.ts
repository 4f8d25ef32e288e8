import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';
import { changeStatus, type Actor, type ManualStatus } from '../../domain/order-process.ts';
import type { Order, Tracking } from '../../domain/order.ts';
import type { Cause, Orders, StoredOrder } from '../ports.ts';

/** The caller as orders sees it. */
export type Caller = Readonly<{ id: string; isAdmin: boolean; isSeller: boolean }>;

export type ChangeOrderStatusHandler = (
  request: Readonly<{
    orderId: string;
    status: ManualStatus;
    /** Of what is handed over now; only with `shipped`. */
    tracking?: Tracking;
    caller: Caller;
    cause: Cause;
    /** Raises when the version that is there is not the one that the caller has seen. */
    checkVersion?: (version: number) => void;
  }>,
) => Promise<StoredOrder>;

/**
 * What the caller is to this order; undefined for a stranger, who must not even learn that it
 * exists. A buyer may only cancel, so a seller who buys from itself acts as the seller.
 */
export const actorOf = (order: Order, caller: Caller, status: ManualStatus): Actor | undefined => {
  if (order.status === 'new') return undefined;
  if (caller.isAdmin) return { is: 'admin' };
  const isSeller = caller.isSeller && order.lines.some((line) => line.sellerId === caller.id);
  const isBuyer = order.buyerId === caller.id;
  if (isBuyer && (status === 'cancelled' || !isSeller)) return { is: 'buyer' };
  return isSeller ? { is: 'seller', sellerId: caller.id } : undefined;
};

export const createChangeOrderStatus =
  (ports: Readonly<{ orders: Orders; clock: Clock }>): ChangeOrderStatusHandler =>
  async ({ orderId, status, tracking, caller, cause, checkVersion }) => {
    const stored = await ports.orders.update(orderId, cause, (order, version) => {
      const actor = actorOf(order, caller, status);
      if (!actor) throw orderError('not_found');
      checkVersion?.(version);
      return changeStatus(order, status, actor, ports.clock().toISOString(), tracking);
    });
    if (!stored) throw orderError('not_found');
    return stored;
  };
