import type { GuestAccessGrantedV1 } from '#contracts/orders/guest-access-granted.v1.ts';
import type { OutgoingMessage } from '#shared/messaging/message.ts';
import type { GuestContactGivenV1 } from '#contracts/orders/guest-contact-given.v1.ts';
import type { GuestOrder, OrderAccess } from '../application/guest-ports.ts';

/** Tells other contexts by what a guest is known to them; the token itself goes to nobody. */
export const accessGranted = (
  id: string,
  orderId: string,
  buyerId: string,
  { tokenHash, expiresAt }: OrderAccess,
): OutgoingMessage => {
  const data: GuestAccessGrantedV1 = {
    orderId,
    buyerId,
    tokenHash: tokenHash.toString('hex'),
    expiresAt: expiresAt.toISOString(),
  };
  return {
    id,
    type: 'orders.guest-access-granted.v1',
    subject: orderId,
    aggregateVersion: 1,
    data,
  };
};

/** Whom a guest's order is written about to, now that there is a reason to. */
export const contactGiven = (id: string, order: GuestOrder, now: Date): OutgoingMessage => {
  const { orderId, buyerId, email, fullName, language } = order;
  const data: GuestContactGivenV1 = {
    orderId,
    accountId: buyerId,
    email,
    fullName,
    language,
    givenAt: now.toISOString(),
  };
  return { id, type: 'orders.guest-contact-given.v1', subject: orderId, aggregateVersion: 1, data };
};
