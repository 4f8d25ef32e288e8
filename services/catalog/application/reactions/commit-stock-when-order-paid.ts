import { orderPaidV1 } from '#contracts/orders/order-paid.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Reservations } from '../ports.ts';
import { orderMessage } from './order-message.ts';

export const commitStockWhenOrderPaid = (
  ports: Readonly<{ reservations: Reservations; clock: Clock }>,
): Reaction =>
  reaction('commit-stock-when-order-paid', orderPaidV1, (message) =>
    ports.reservations.commit(orderMessage('commit-stock-when-order-paid', message, ports.clock())),
  );
