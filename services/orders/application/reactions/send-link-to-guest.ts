import { orderPaidV1 } from '#contracts/orders/order-paid.v1.ts';
import { reaction, type Message, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Mail } from '#shared/platform/mail.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { GuestSecrets, Guests } from '../guest-ports.ts';
import { composeLetter, mailedAccessMs } from '../letters.ts';
import { linkRequestedV1 } from '../link-requested.v1.ts';

type Ports = Readonly<{
  guests: Guests;
  secrets: GuestSecrets;
  mail: Mail;
  clock: Clock;
  /** Where people reach this installation; known once it listens. */
  publicUrl: () => string;
  /** Told of a mail that was refused for good. */
  onRefused: (orderId: string, error: unknown) => void;
}>;

const whenPaid = 'send-link-when-guest-paid';
const whenRequested = 'send-link-when-requested';

/**
 * Mails a guest the link to their order. Nothing is written to an address that nobody has proven before
 * somebody paid, or knew both the order's number and the address. The message's id is that of the access
 * and of the mail, so that the same message again is the same link and the same mail.
 */
export const sendLinkToGuest = (ports: Ports): readonly Reaction[] => {
  const { guests, secrets, mail } = ports;

  const send = async (
    kind: 'paid' | 'asked',
    message: Message,
    orderId: string,
    consumer: string,
  ) => {
    const order = await guests.find(orderId);
    if (!order) return;
    const { id } = message;
    const token = secrets.tokenOf(id);
    const expiresAt = new Date(ports.clock().getTime() + mailedAccessMs);
    const access = { id, tokenHash: secrets.hashOf(token), expiresAt };
    if (!(await guests.grant(order, access, deliveryOf(consumer, message).trace))) return;
    const letter = composeLetter(kind, order, { id, token, publicUrl: ports.publicUrl() });
    await mail.send(letter).catch((error: unknown) => {
      if ((error as { isPermanent?: unknown }).isPermanent !== true) throw error;
      ports.onRefused(orderId, error);
    });
  };

  return [
    reaction(whenPaid, orderPaidV1, async (message) => {
      const { orderId, isGuest } = message.data;
      if (isGuest) await send('paid', message, orderId, whenPaid);
    }),
    reaction(whenRequested, linkRequestedV1, (message) =>
      send('asked', message, message.data.orderId, whenRequested),
    ),
  ];
};
