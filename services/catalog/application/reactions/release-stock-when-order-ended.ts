import { orderCancelledV1 } from '#contracts/orders/order-cancelled.v1.ts';
import { orderFailedV1 } from '#contracts/orders/order-failed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Reservations } from '../ports.ts';
import { orderMessage } from './order-message.ts';

type Ports = Readonly<{ reservations: Reservations; clock: Clock }>;

export const releaseStockWhenOrderCancelled = ({ reservations, clock }: Ports): Reaction =>
  reaction('release-stock-when-order-cancelled', orderCancelledV1, (message) =>
    reservations.release(orderMessage('release-stock-when-order-cancelled', message, clock())),
  );

export const releaseStockWhenOrderFailed = ({ reservations, clock }: Ports): Reaction =>
  reaction('release-stock-when-order-failed', orderFailedV1, (message) =>
    reservations.release(orderMessage('release-stock-when-order-failed', message, clock())),
  );
