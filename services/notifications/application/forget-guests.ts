import type { Clock } from '#shared/platform/module.ts';
import type { Notifications } from './ports.ts';

const dayMs = 86_400_000;
/** As long as orders keeps the contact of a guest (ADR 0029). */
const keptMs = 400 * dayMs;

/** Once a day: guests whose order nobody claimed in their time are forgotten, and mails that were kept. */
export const createForgetGuests =
  ({
    notifications,
    forgetMails,
    clock,
  }: Readonly<{
    notifications: Pick<Notifications, 'forgetGuests'>;
    forgetMails: (address: string) => Promise<void>;
    clock: Clock;
  }>) =>
  async (): Promise<void> => {
    const now = clock().getTime();
    const next = new Date(now + dayMs);
    for (const address of await notifications.forgetGuests(new Date(now - keptMs), next))
      await forgetMails(address);
  };
