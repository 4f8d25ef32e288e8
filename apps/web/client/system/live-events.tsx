import { useRef, type ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { EventList } from './event-list.tsx';
import { Panel, Region } from './frame.tsx';
import { useEvents } from './use-events.ts';
import { useFigures } from './use-figures.ts';
import { totalsOf, useShared } from './use-system.ts';
import { useWindow } from './use-window.ts';

/** What happens at this moment; the list keeps its place and scrolls by itself. */
export const LiveEvents = (): ReactElement => {
  const say = useText();
  const { number } = useFigures();
  const { system } = useShared();
  const list = useRef<HTMLUListElement>(null);
  const seen = useWindow(list);
  const { events, stored, waiting } = useEvents(undefined, seen.isAway);
  const totals = system.data && totalsOf(system.data);
  return (
    <Panel className="flex max-h-112.5 flex-col overflow-hidden xl:h-112.5">
      <div className="flex h-11.5 shrink-0 items-center justify-between border-b border-line px-4">
        <h2 className="text-body font-semibold">{say('events.live')}</h2>
        {totals && (
          <span className="tabular text-caption text-text-3">
            {say('events.perMinute', { count: number(totals.perMinute) })}
          </span>
        )}
      </div>
      {events.length > 0 ? (
        <div className="overflow-y-auto" data-live-events data-scroller>
          <EventList {...{ events, waiting, seen, list }} failures={totals?.failures ?? []} />
        </div>
      ) : (
        <div className="px-4 py-3">
          <Region of={stored} lines={6}>
            {() => <p className="text-small text-text-2">{say('events.none')}</p>}
          </Region>
        </div>
      )}
    </Panel>
  );
};
