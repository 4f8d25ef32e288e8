import { useRef, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { Controls } from './controls.tsx';
import { EventList } from './event-list.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { NothingOf, ServiceChoice } from './service-choice.tsx';
import { useEvents } from './use-events.ts';
import { useFigures } from './use-figures.ts';
import { totalsOf, useShared } from './use-system.ts';
import { useWindow } from './use-window.ts';

/** What has happened, the newest first, and what happens now. */
export const Component = (): ReactElement => {
  const say = useText();
  const [search, setSearch] = useSearchParams();
  const of = search.get('de') ?? '';
  const { system } = useShared();
  const { number } = useFigures();
  const list = useRef<HTMLUListElement>(null);
  const seen = useWindow(list);
  const { events, stored, arrived, waiting } = useEvents(
    of === '' ? undefined : `${of}.`,
    seen.isAway,
  );
  const failures = system.data ? totalsOf(system.data).failures : [];
  const choose = (name: string): void =>
    setSearch(name === '' ? {} : { de: name }, { replace: true });
  return (
    <SystemPage title={say('nav.events')} action={<Controls />}>
      <ServiceChoice label={say('events.of')} value={of} onChoose={choose} />
      <MissingParts of={stored.data?.missing} />
      {events.length > 0 ? (
        <>
          {arrived > 0 && (
            <p className="tabular -mb-2 text-caption text-text-3" data-arrived={arrived}>
              {say('events.arrived', { count: arrived, shown: number(arrived) })}
            </p>
          )}
          <Panel className="overflow-clip">
            <EventList {...{ events, failures, waiting, seen, list }} />
          </Panel>
        </>
      ) : (
        <Region of={stored} height="h-80">
          {() => <NothingOf service={of} onAll={() => choose('')} />}
        </Region>
      )}
    </SystemPage>
  );
};
