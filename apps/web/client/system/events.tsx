import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { Empty, Notice, RegionError } from '../kit/feedback.tsx';
import { Controls } from './controls.tsx';
import { EventRow } from './event-row.tsx';
import { Panel, SystemPage } from './frame.tsx';
import { useEvents } from './use-events.ts';
import { totalsOf, useServiceName, useShared } from './use-system.ts';

const shownMax = 200;

export const selectClasses =
  'h-10 rounded-control-small border border-control bg-surface px-3 text-small text-text-1 max-lg:h-11';

/** What has happened, the newest first, and what happens now. */
export const Component = (): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const [search, setSearch] = useSearchParams();
  const of = search.get('de') ?? '';
  const { system } = useShared();
  const { events, stored } = useEvents(of === '' ? undefined : `${of}.`);
  const failures = system.data ? totalsOf(system.data).failures : [];
  const contexts = (system.data?.services ?? [])
    .map(({ name }) => name)
    .filter((name) => name !== 'gateway' && name !== 'web');
  const missing = stored.data?.missing ?? [];
  return (
    <SystemPage title={say('nav.events')} action={<Controls />}>
      <label className="flex flex-wrap items-center gap-2 text-small text-text-2">
        {say('events.of')}
        <select
          value={of}
          onChange={(event) =>
            setSearch(event.target.value === '' ? {} : { de: event.target.value }, {
              replace: true,
            })
          }
          className={selectClasses}
        >
          <option value="">{say('events.ofAll')}</option>
          {contexts.map((name) => (
            <option key={name} value={name}>
              {nameOf(name)}
            </option>
          ))}
        </select>
      </label>
      {missing.length > 0 && (
        <Notice
          tone="warning"
          title={say('frame.missing', { names: missing.map(nameOf).join(', ') })}
        />
      )}
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
      ) : stored.failure ? (
        <RegionError failure={stored.failure} onRetry={stored.retry} />
      ) : (
        !stored.isLoading && <Empty title={say('events.none')}>{say('events.noneText')}</Empty>
      )}
    </SystemPage>
  );
};
