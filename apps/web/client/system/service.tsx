import type { ReactElement, ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { browserApi } from '../api/client.ts';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { Empty } from '../kit/feedback.tsx';
import { Breadcrumb } from '../kit/layout.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { Controls } from './controls.tsx';
import { EventRow } from './event-row.tsx';
import { Panel, Region, SystemPage } from './frame.tsx';
import { LogList } from './log-list.tsx';
import { Sparkline } from './sparkline.tsx';
import { StateTag } from './state-tag.tsx';
import { useEvents } from './use-events.ts';
import { useFigures } from './use-figures.ts';
import { useServiceName, useShared, type Service } from './use-system.ts';
import { useAlertWords } from './verdict.tsx';

const Cell = ({
  label,
  children,
}: Readonly<{ label: string; children: ReactNode }>): ReactElement => (
  <div className="flex flex-col gap-0.5">
    <dt className="text-caption text-text-3">{label}</dt>
    <dd className="tabular text-h2">{children}</dd>
  </div>
);

const Figures = ({ service }: Readonly<{ service: Service }>): ReactElement => {
  const say = useText();
  const { duration, percent, rate, number, seconds } = useFigures();
  const { dateTime } = useFormats();
  const ms = (value: number | null): string => (value === null ? '—' : duration(value));
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
      <Cell label="p50">{ms(service.p50_ms)}</Cell>
      <Cell label="p95">{ms(service.p95_ms)}</Cell>
      <Cell label="p99">{ms(service.p99_ms)}</Cell>
      <Cell label={say('services.errors')}>{percent(service.error_rate)}</Cell>
      <Cell label={say('services.requests')}>{number(service.requests)}</Cell>
      <Cell label={say('services.rate')}>{rate(service.requests_per_second)}</Cell>
      <Cell label={say('flow.pending')}>{number(service.outbox_pending)}</Cell>
      <Cell label={say('queues.oldest')}>{seconds(service.outbox_age_seconds)}</Cell>
      <Cell label={say('flow.dead')}>{number(service.dead_letters)}</Cell>
      {service.last_seen_at !== null && (
        <div className="col-span-2 flex flex-col gap-0.5">
          <dt className="text-caption text-text-3">{say('services.seen')}</dt>
          <dd className="text-small">{dateTime(service.last_seen_at)}</dd>
        </div>
      )}
    </dl>
  );
};

const Series = ({
  title,
  values,
  isWarning,
}: Readonly<{
  title: string;
  values: readonly (number | null)[];
  isWarning?: boolean;
}>): ReactElement => (
  <Panel className="flex min-w-0 flex-col gap-2 overflow-hidden p-4">
    <h2 className="text-small font-semibold">{title}</h2>
    <Sparkline values={values} width={300} height={56} {...(isWarning ? { isWarning } : {})} />
  </Panel>
);

const Happened = ({ name }: Readonly<{ name: string }>): ReactElement => {
  const say = useText();
  const { events } = useEvents(`${name}.`);
  return (
    <Panel className="overflow-hidden">
      <h2 className="border-b border-line px-4 py-3 text-body font-semibold">
        {say('service.events')}
      </h2>
      {events.length === 0 ? (
        <p className="p-4 text-small text-text-2">{say('events.none')}</p>
      ) : (
        <ul>
          {events.slice(0, 8).map((event) => (
            <li key={event.id}>
              <EventRow event={event} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

const Logged = ({ name }: Readonly<{ name: string }>): ReactElement => {
  const say = useText();
  const query = { service: name, limit: 8 };
  const logs = useLoaded(['logs', 'of', name], (signal) =>
    browserApi().GET('/api/v1/admin/logs', { params: { query }, signal }),
  );
  return (
    <Panel className="overflow-hidden">
      <div className="flex items-baseline justify-between gap-4 border-b border-line px-4 py-3">
        <h2 className="text-body font-semibold">{say('service.logs')}</h2>
        <Link
          to={`/sistema/registros?servicio=${name}`}
          className="inline-flex min-h-6 items-center text-caption font-medium text-primary hover:underline"
        >
          {say('service.allLogs')}
        </Link>
      </div>
      <Region of={logs}>{({ items }) => <LogList items={items} />}</Region>
    </Panel>
  );
};

/** One service: its figures, their shape over time, its alerts, events and records. */
export const Component = (): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const wordsOf = useAlertWords();
  const { id = '' } = useParams();
  const { system, minutes } = useShared();
  return (
    <SystemPage title={nameOf(id)} action={<Controls />}>
      <Breadcrumb crumbs={[{ name: say('nav.system'), to: '/sistema' }, { name: nameOf(id) }]} />
      <Region of={system} height="h-60">
        {({ services, alerts }) => {
          const service = services.find(({ name }) => name === id);
          if (!service)
            return <Empty title={say('service.unknown')}>{say('service.unknownText')}</Empty>;
          const own = alerts.filter(({ name }) => name === id);
          return (
            <>
              <Panel className="flex flex-col gap-4 p-4">
                <div className="flex flex-wrap items-center gap-3">
                  <StateTag status={service.status} />
                  {own.map((alert) => (
                    <span key={alert.kind} className="text-small text-text-2">
                      {wordsOf(alert)}
                    </span>
                  ))}
                </div>
                <Figures service={service} />
              </Panel>
              <div className="grid gap-4 md:grid-cols-3">
                <Series
                  title={say('service.p95Series', { minutes })}
                  values={service.p95_series}
                  isWarning={service.status !== 'healthy'}
                />
                <Series
                  title={say('service.requestSeries', { minutes })}
                  values={service.request_series}
                />
                <Series
                  title={say('service.errorSeries', { minutes })}
                  values={service.error_series}
                  isWarning={service.error_rate > 0}
                />
              </div>
              <div className="grid gap-4 xl:grid-cols-2">
                {id !== 'gateway' && id !== 'web' && <Happened name={id} />}
                <Logged name={id} />
              </div>
            </>
          );
        }}
      </Region>
    </SystemPage>
  );
};
