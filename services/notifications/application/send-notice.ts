import type { DeadlineHandler } from '#shared/messaging/deadlines.ts';
import type { Mail } from '#shared/platform/mail.ts';
import { wordNotice } from '../domain/notice.ts';
import type { Notifications, Outgoing } from './ports.ts';

type Ports = Readonly<{
  notifications: Notifications;
  mail: Mail;
  shopCurrency: string;
  /** Where people find the shop, once it listens. */
  publicUrl: () => string;
  /** Told of a mail that did not go out; it is tried again unless it is refused for good. */
  onUnsent: (id: string, error: unknown) => void;
}>;

export type SendNotice = (outgoing: Outgoing) => Promise<void>;

/** Mails a stored notice. Throws when it may be tried again, and then its timer does. */
export const createSendNotice =
  ({ notifications, mail, shopCurrency, publicUrl, onUnsent }: Ports): SendNotice =>
  async ({ id, notice, recipient }) => {
    try {
      const words = wordNotice(notice, recipient, shopCurrency, publicUrl());
      await mail.send({ id, to: recipient.email, ...words });
    } catch (error) {
      onUnsent(id, error);
      if ((error as { isPermanent?: unknown }).isPermanent !== true) throw error;
      return notifications.done(id, 'refused');
    }
    return notifications.done(id, 'sent');
  };

/** Sends what was stored and, for whatever reason, did not go out within a minute. */
export const createSendLater = (
  kind: string,
  ports: Readonly<{ notifications: Notifications; send: SendNotice }>,
): DeadlineHandler => ({
  kind,
  handle: async ({ key }) => {
    const outgoing = await ports.notifications.find(key);
    if (outgoing) await ports.send(outgoing);
  },
});
