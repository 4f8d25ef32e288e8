import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { EventRow } from './event-row.tsx';
import { Panel, Region } from './frame.tsx';
import { useEvents } from './use-events.ts';
import { useFigures } from './use-figures.ts';
import { totalsOf, useShared } from './use-system.ts';

const shownMax = 30;

/** What happens at this moment; the list keeps its place and scrolls by itself. */
export const LiveEvents = (): ReactElement => {
  const say = useText();
  const { number } = useFigures();
  const { system } = useShared();
  const { events, stored } = useEvents(undefined);
  const totals = system.data && totalsOf(system.data);
  const failureOf = (id: string) =>
    totals?.failures.find(({ message_id: messageId }) => messageId === id);
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
        <ul className="overflow-y-auto" data-live-events>
          {events.slice(0, shownMax).map((event) => (
            <li key={event.id}>
              <EventRow event={event} failure={failureOf(event.id)} />
            </li>
          ))}
        </ul>
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
