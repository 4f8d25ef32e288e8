import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { hearUnread, showUnreadInTitle, tellUnread } from '../../kit/unread.ts';
import { useLive } from '../../kit/use-live.ts';

/** How many notifications nobody has read, as they come and are read; nothing where nobody can say. */
export const UnreadCount = (): ReactElement | null => {
  const say = useText();
  const { viewer } = useSetting();
  const [count, setCount] = useState(0);
  const id = viewer?.id;
  const ask = useCallback(async (): Promise<void> => {
    if (id === undefined) return;
    const answer = await browserApi()
      .GET('/api/v1/notifications', { params: { query: { limit: 1 } } })
      .catch(() => undefined);
    if (!answer?.data) return;
    setCount(answer.data.unread_count);
    tellUnread(id, answer.data.unread_count);
  }, [id]);
  useEffect(() => void ask(), [ask]);
  useEffect(() => (id === undefined ? undefined : hearUnread(id, setCount)), [id]);
  useEffect(() => showUnreadInTitle(count), [count]);
  useLive(
    id && `account:${id}`,
    () => void ask(),
    () => void ask(),
  );
  if (count === 0) return null;
  return (
    <>
      <span className="sr-only">{say('frame.unread', { count })}</span>
      <span
        aria-hidden="true"
        className="tabular absolute top-0.5 right-0 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-primary-fill px-1 text-micro leading-none text-on-primary"
      >
        {count > 99 ? '99+' : count}
      </span>
    </>
  );
};
