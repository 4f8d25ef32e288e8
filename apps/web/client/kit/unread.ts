/**
 * How much is new, the same in every tab of a browser: one asks or reads, and tells the others. Tabs of
 * another account hear nothing, since the channel has its name.
 */
const channels = new Map<string, BroadcastChannel>();

const channelOf = (accountId: string): BroadcastChannel | undefined => {
  if (typeof BroadcastChannel === 'undefined') return undefined;
  const known = channels.get(accountId);
  if (known) return known;
  const made = new BroadcastChannel(`plaza-unread:${accountId}`);
  channels.set(accountId, made);
  return made;
};

export const tellUnread = (accountId: string, count: number): void =>
  channelOf(accountId)?.postMessage(count);

/** Answers how to stop hearing. */
export const hearUnread = (accountId: string, hear: (count: number) => void): (() => void) => {
  const channel = channelOf(accountId);
  const listen = ({ data }: MessageEvent<unknown>): void => {
    if (typeof data === 'number') hear(data);
  };
  channel?.addEventListener('message', listen);
  return () => channel?.removeEventListener('message', listen);
};

const mark = /^\(\d+\+?\) /;

/** A title that begins with how much is new, as tabs are read; without it when there is nothing. */
export const titleWithUnread = (title: string, count: number): string => {
  const bare = title.replace(mark, '');
  return count === 0 ? bare : `(${count > 99 ? '99+' : count}) ${bare}`;
};

let shown = 0;
let watcher: MutationObserver | undefined;

const write = (): void => {
  const wanted = titleWithUnread(document.title, shown);
  if (document.title !== wanted) document.title = wanted;
};

/** Says it in the window's title, and in that of each page that is opened later. */
export const showUnreadInTitle = (count: number): void => {
  shown = count;
  write();
  if (watcher || !document.head) return;
  watcher = new MutationObserver(write);
  watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
};
