import { orderPlacedV1 } from '#contracts/orders/order-placed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Reservations } from '../ports.ts';
import { orderMessage } from './order-message.ts';

/**
 * Units stay set aside a little longer than the order may be paid: the order's own deadline ends it
 * first, and this one is the net below it.
 */
const graceMs = 5 * 60_000;

export const reserveStockWhenOrderPlaced = (
  ports: Readonly<{ reservations: Reservations; clock: Clock }>,
): Reaction =>
  reaction('reserve-stock-when-order-placed', orderPlacedV1, (message) =>
    ports.reservations.reserve({
      ...orderMessage('reserve-stock-when-order-placed', message, ports.clock()),
      lines: message.data.lines,
      expiresAt: new Date(Date.parse(message.data.payBy) + graceMs),
    }),
  );
