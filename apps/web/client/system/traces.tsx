import { Search } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { browserApi } from '../api/client.ts';
import { Moment, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Tag } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { Table } from '../kit/layout.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { useIsNarrow } from '../office/use-is-narrow.ts';
import { Controls } from './controls.tsx';
import { shortName } from './event-row.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { NothingOf, ServiceChoice } from './service-choice.tsx';
import { summariesOf, type TraceSummary } from './spans.ts';
import { useFigures } from './use-figures.ts';
import { totalsOf, useServiceName, useShared } from './use-system.ts';

const eventsMost = 500;
const shownMost = 60;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tones = { done: 'success', waiting: 'info', failed: 'warning' } as const;

/** Opens the trace of an id that support was told, or that stands in an answer. */
const FindById = (): ReactElement => {
  const say = useText();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = id.trim().toLowerCase();
        setWrong(!uuid.test(wanted));
        if (uuid.test(wanted)) void navigate(`/sistema/trazas/${wanted}`);
      }}
      className="flex min-w-0 flex-1 basis-full flex-wrap items-start gap-2 md:basis-96"
    >
      <span className="relative flex min-w-0 flex-1 basis-64 flex-col gap-1 md:max-w-md">
        <Icon
          of={Search}
          className="pointer-events-none absolute top-2.5 left-2.5 text-text-3 max-lg:top-3.5"
        />
        <input
          data-page-search
          aria-label={say('traces.id')}
          aria-invalid={isWrong}
          {...(isWrong ? { 'aria-describedby': 'trace-id-error' } : {})}
          placeholder={say('traces.id')}
          autoComplete="off"
          value={id}
          onChange={({ target }) => setId(target.value)}
          className="h-10 w-full rounded-control-small border border-control bg-surface pr-3 pl-9 font-mono text-caption max-lg:h-11 max-lg:text-input"
        />
        {isWrong && (
          <span id="trace-id-error" role="alert" className="text-caption text-danger">
            {say('logs.wrongProcess')}
          </span>
        )}
      </span>
      <Button type="submit" size={40}>
        {say('traces.open')}
      </Button>
    </form>
  );
};

/** Two lines each, on a phone. */
const NarrowRows = ({ rows }: Readonly<{ rows: readonly TraceSummary[] }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { duration } = useFigures();
  return (
    <Panel className="overflow-hidden">
      <ul aria-label={say('nav.traces')}>
        {rows.map(({ id, first, state, services, ms }) => (
          <li key={id} className="border-b border-line last:border-0">
            <Link
              to={`/sistema/trazas/${id}`}
              data-trace
              className="flex flex-col gap-1 px-4 py-2.5 hover:bg-sunken"
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-mono text-caption font-medium">
                  {shortName(first.type)}
                </span>
                <span className="shrink-0 text-caption text-text-3">
                  <Moment at={first.time} />
                </span>
              </span>
              <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-caption text-text-2">
                <span className="min-w-0">{services.map(nameOf).join(' → ')}</span>
                <span className="tabular inline-flex items-center gap-2">
                  <Tag tone={tones[state]}>{say(`traces.${state}`)}</Tag>
                  {duration(ms)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Rows = ({ rows }: Readonly<{ rows: readonly TraceSummary[] }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { duration, number } = useFigures();
  return (
    <Panel>
      <Table
        caption={say('nav.traces')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'what',
            title: say('traces.what'),
            cell: ({ id, first }) => (
              <Link
                to={`/sistema/trazas/${id}`}
                data-trace
                className="inline-flex min-h-6 items-center font-mono text-caption font-medium hover:underline"
              >
                {shortName(first.type)}
              </Link>
            ),
          },
          {
            key: 'state',
            title: say('services.state'),
            cell: ({ state }) => <Tag tone={tones[state]}>{say(`traces.${state}`)}</Tag>,
          },
          {
            key: 'services',
            title: say('traces.through'),
            cell: ({ services }) => services.map(nameOf).join(' → '),
          },
          {
            key: 'count',
            title: say('traces.events'),
            isNumber: true,
            cell: ({ count }) => number(count),
          },
          {
            key: 'time',
            title: say('traces.took'),
            isNumber: true,
            cell: ({ ms }) => duration(ms),
          },
          {
            key: 'at',
            title: say('traces.began'),
            isNumber: true,
            cell: ({ first }) => <Moment at={first.time} />,
          },
        ]}
      />
    </Panel>
  );
};

/** What requests have set going lately, one line each, the newest first. */
export const Component = (): ReactElement => {
  const say = useText();
  const [search, setSearch] = useSearchParams();
  const { system, isPaused } = useShared();
  const List = useIsNarrow() ? NarrowRows : Rows;
  const of = search.get('de') ?? '';
  const query = { limit: eventsMost };
  const events = useLoaded(
    ['events', 'traces'],
    (signal) => browserApi().GET('/api/v1/admin/events', { params: { query }, signal }),
    { everyMs: isPaused ? false : 5_000 },
  );
  const failures = system.data ? totalsOf(system.data).failures : [];
  const failed = new Set(failures.map(({ correlation_id: id }) => id));
  const choose = (name: string): void =>
    setSearch(name === '' ? {} : { de: name }, { replace: true });
  return (
    <SystemPage title={say('nav.traces')} action={<Controls />}>
      <p className="max-w-2xl text-small text-text-2">{say('traces.text')}</p>
      <div className="flex flex-wrap items-start gap-3">
        <ServiceChoice label={say('traces.of')} value={of} onChoose={choose} />
        <FindById />
      </div>
      <Region of={events} height="h-80">
        {({ items, missing }) => {
          const all = summariesOf(items, failed);
          const rows = all
            .filter(({ services }) => of === '' || services.includes(of))
            .slice(0, shownMost);
          return (
            <>
              <MissingParts of={missing} />
              {rows.length > 0 ? (
                <List rows={rows} />
              ) : (
                <NothingOf service={of} onAll={() => choose('')} />
              )}
            </>
          );
        }}
      </Region>
    </SystemPage>
  );
};
