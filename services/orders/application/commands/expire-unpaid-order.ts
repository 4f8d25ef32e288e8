import type { Clock } from '#shared/platform/module.ts';
import { expireUnpaid } from '../../domain/order-process.ts';
import type { Orders } from '../ports.ts';

/** The timer of an unpaid order is due: cancels it unless it was paid or ended meanwhile. */
export const createExpireUnpaidOrder =
  (ports: Readonly<{ orders: Orders; clock: Clock }>) =>
  async (orderId: string): Promise<void> => {
    const cause = { trace: { correlationId: orderId } };
    await ports.orders.update(orderId, cause, (order) =>
      expireUnpaid(order, ports.clock().toISOString()),
    );
  };
