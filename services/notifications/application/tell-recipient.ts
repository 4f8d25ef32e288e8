import type { Delivery } from '#shared/kernel/trace.ts';
import type { Notice } from '../domain/notice.ts';
import type { LiveEvent, LiveLog } from './live.ts';
import type { Notifications } from './ports.ts';
import type { SendNotice } from './send-notice.ts';

/** Stores and mails a notice, where there is one, once a delivery; whoever looks on hears `heard`. */
export type TellRecipient = (
  recipientId: string,
  notice: Notice | undefined,
  delivery: Delivery,
  heard: readonly LiveEvent[],
) => Promise<void>;

export const createTellRecipient =
  (
    ports: Readonly<{
      notifications: Pick<Notifications, 'record'>;
      send: SendNotice;
      live: Pick<LiveLog, 'tell'>;
    }>,
  ): TellRecipient =>
  async (recipientId, notice, delivery, heard) => {
    const outgoing = notice && (await ports.notifications.record(recipientId, notice, delivery));
    // Whoever hears it looks at their list: it is there by now.
    ports.live.tell(heard);
    // What goes wrong from here is the timer's: the notice is stored.
    if (outgoing) await ports.send(outgoing).catch(() => {});
  };
