import { notificationsError } from '../../domain/causes.ts';
import type { LiveLog } from '../live.ts';
import type { Inbox, Listed } from '../ports.ts';

type Ports = Readonly<{
  inbox: Pick<Inbox, 'markRead' | 'markAllRead'>;
  live: Pick<LiveLog, 'tell'>;
  newId: () => string;
  clock: () => Date;
}>;

/** What somebody has seen is new no more, on any of their screens. */
export const createMarkRead = ({ inbox, live, newId, clock }: Ports) => {
  const tell = (accountId: string): void =>
    live.tell([
      {
        topic: `account:${accountId}`,
        messageId: newId(),
        event: 'notifications.read',
        data: {},
        happenedAt: clock().toISOString(),
      },
    ]);
  return {
    async one(accountId: string, id: string): Promise<Listed> {
      const read = await inbox.markRead(accountId, id);
      if (!read) throw notificationsError('not_found');
      tell(accountId);
      return read;
    },
    async all(accountId: string, upTo: string | undefined): Promise<void> {
      await inbox.markAllRead(accountId, upTo);
      tell(accountId);
    },
  };
};

export type MarkRead = ReturnType<typeof createMarkRead>;
