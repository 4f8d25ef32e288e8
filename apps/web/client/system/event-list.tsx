import type { ReactElement, RefObject } from 'react';
import { useText } from '../i18n/use-text.tsx';
import type { ShownEvent } from './event-rows.ts';
import { EventRow } from './event-row.tsx';
import { useShared, type Delivery } from './use-system.ts';
import type { useWindow } from './use-window.ts';

/** What came while the list stands still, and the way to it. */
const Waiting = ({
  count,
  onShow,
}: Readonly<{ count: number; onShow: () => void }>): ReactElement => {
  const say = useText();
  return (
    <div role="status" className="sticky top-0 z-10 flex justify-center empty:hidden">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          data-waiting={count}
          className="tabular my-1.5 min-h-8 rounded-control-small border border-line-2 bg-surface px-3 text-small font-medium text-text-1 hover:border-control max-lg:min-h-11"
        >
          {say('events.waiting', { count })}
        </button>
      )}
    </div>
  );
};

/** Events as rows of one height, of which only those that are seen are drawn. */
export const EventList = ({
  events,
  failures,
  waiting,
  seen,
  list,
}: Readonly<{
  events: readonly ShownEvent[];
  failures: readonly Delivery[];
  waiting: number;
  seen: ReturnType<typeof useWindow>;
  list: RefObject<HTMLUListElement | null>;
}>): ReactElement => {
  const { setPaused } = useShared();
  const { from, to, rowPx } = seen;
  const drawn = events.slice(from, to);
  const show = (): void => {
    setPaused(false);
    list.current?.parentElement?.scrollIntoView({ block: 'nearest' });
    list.current?.parentElement?.closest('[data-scroller]')?.scrollTo({ top: 0 });
    list.current?.querySelector('a')?.focus();
  };
  return (
    <>
      <Waiting count={waiting} onShow={show} />
      <ul
        ref={list}
        data-events={events.length}
        style={{
          paddingTop: from * rowPx,
          paddingBottom: Math.max(0, events.length - from - drawn.length) * rowPx,
        }}
      >
        {drawn.map((event, i) => (
          <li key={event.id} aria-setsize={events.length} aria-posinset={from + i + 1}>
            <EventRow
              event={event}
              failure={failures.find(({ message_id: messageId }) => messageId === event.id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
};
