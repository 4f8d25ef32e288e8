import { lowStockV1 } from '#contracts/catalog/low-stock.v1.ts';
import { orderPlacedV1 } from '#contracts/orders/order-placed.v1.ts';
import { refundFailedV1 } from '#contracts/payments/refund-failed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { ofOrder, ofRefund, ofStock } from '../live-events.ts';
import type { LiveLog } from '../live.ts';

/** What only those hear who look at a page now: no mail goes out for it. Told twice it is heard once. */
export const tellListeners = (live: Pick<LiveLog, 'tell'>): readonly Reaction[] => [
  reaction('tell-listeners-when-order-placed', orderPlacedV1, async (message) => {
    const sellers = new Set(message.data.lines.map(({ sellerId }) => sellerId));
    live.tell(ofOrder(message, message.data, [...sellers]));
  }),
  reaction('tell-listeners-when-stock-low', lowStockV1, async (message) =>
    live.tell(ofStock(message, message.data)),
  ),
  reaction('tell-listeners-when-refund-failed', refundFailedV1, async (message) =>
    live.tell(ofRefund(message, message.data)),
  ),
];
