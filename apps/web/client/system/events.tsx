import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { Controls } from './controls.tsx';
import { EventRow } from './event-row.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { NothingOf, ServiceChoice } from './service-choice.tsx';
import { useEvents } from './use-events.ts';
import { totalsOf, useShared } from './use-system.ts';

const shownMax = 200;

/** What has happened, the newest first, and what happens now. */
export const Component = (): ReactElement => {
  const say = useText();
  const [search, setSearch] = useSearchParams();
  const of = search.get('de') ?? '';
  const { system } = useShared();
  const { events, stored } = useEvents(of === '' ? undefined : `${of}.`);
  const failures = system.data ? totalsOf(system.data).failures : [];
  const choose = (name: string): void =>
    setSearch(name === '' ? {} : { de: name }, { replace: true });
  return (
    <SystemPage title={say('nav.events')} action={<Controls />}>
      <ServiceChoice label={say('events.of')} value={of} onChoose={choose} />
      <MissingParts of={stored.data?.missing} />
      {events.length > 0 ? (
        <Panel className="overflow-hidden">
          <ul>
            {events.slice(0, shownMax).map((event) => (
              <li key={event.id}>
                <EventRow
                  event={event}
                  failure={failures.find(({ message_id: id }) => id === event.id)}
                />
              </li>
            ))}
          </ul>
        </Panel>
      ) : (
        <Region of={stored} height="h-80">
          {() => <NothingOf service={of} onAll={() => choose('')} />}
        </Region>
      )}
    </SystemPage>
  );
};
