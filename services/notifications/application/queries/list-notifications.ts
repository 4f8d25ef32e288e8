import type { Language } from '#shared/kernel/preferred-language.ts';
import { causeOf, type Cause } from '../../domain/causes.ts';
import { listNotice, type Notice } from '../../domain/notice.ts';
import type { Inbox, Listed } from '../ports.ts';

/** A notice as its reader sees it in a list. */
export type Worded = Readonly<{
  id: string;
  kind: Notice['kind'];
  cause: Cause;
  title: string;
  text: string;
  orderId: string | null;
  createdAt: string;
  readAt: string | null;
}>;

/** In the language that the reader asks for now, whatever their mails are in. */
export const createWordListed =
  (shopCurrency: string) =>
  ({ id, notice, createdAt, readAt }: Listed, language: Language): Worded => ({
    id,
    kind: notice.kind,
    cause: causeOf(notice),
    ...listNotice(notice, language, shopCurrency),
    orderId: ('orderId' in notice && notice.orderId) || null,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  });

export type WordListed = ReturnType<typeof createWordListed>;

export const createListNotifications =
  (ports: Readonly<{ inbox: Pick<Inbox, 'list'>; word: WordListed }>) =>
  async (
    accountId: string,
    page: Parameters<Inbox['list']>[1],
    language: Language,
  ): Promise<Readonly<{ items: readonly Worded[]; unreadCount: number }>> => {
    const { items, unreadCount } = await ports.inbox.list(accountId, page);
    return { items: items.map((item) => ports.word(item, language)), unreadCount };
  };

export type ListNotifications = ReturnType<typeof createListNotifications>;
