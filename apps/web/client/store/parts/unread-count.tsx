import { useEffect, useState, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { listenLive } from '../../kit/live.ts';

/** How many notifications nobody has read, as they come and are read; nothing where nobody can say. */
export const UnreadCount = (): ReactElement | null => {
  const say = useText();
  const { viewer } = useSetting();
  const [count, setCount] = useState(0);
  const id = viewer?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    let isGone = false;
    const ask = async (): Promise<void> => {
      const answer = await browserApi()
        .GET('/api/v1/notifications', { params: { query: { limit: 1 } } })
        .catch(() => undefined);
      if (!isGone && answer?.data) setCount(answer.data.unread_count);
    };
    void ask();
    const stop = listenLive(`account:${id}`, {
      onEvent: () => void ask(),
      onReset: () => void ask(),
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [id]);
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
