import { restockRequestedV1 } from '#contracts/payments/restock-requested.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Reservations } from '../ports.ts';

export const restockWhenRequested = (
  ports: Readonly<{ reservations: Reservations; clock: Clock }>,
): Reaction =>
  reaction('restock-when-requested', restockRequestedV1, (message) =>
    ports.reservations.restock({
      orderId: message.data.orderId,
      lines: message.data.lines,
      reason: message.data.reason,
      requestedBy: message.data.requestedBy,
      delivery: deliveryOf('restock-when-requested', message),
      now: ports.clock(),
    }),
  );
