import type { ReactElement } from 'react';
import { useParams } from 'react-router';
import { browserApi } from '../api/client.ts';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { classes } from '../kit/classes.ts';
import { Empty, RequestId } from '../kit/feedback.tsx';
import { Breadcrumb } from '../kit/layout.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { LogList } from './log-list.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { extentOf, spansOf, type Span } from './spans.ts';
import { useFigures } from './use-figures.ts';
import { totalsOf, useServiceName, useShared } from './use-system.ts';

const depthMax = 5;
/** A bar is seen, however short. */
const narrowest = 0.6;

const Line = ({
  span,
  from,
  ms,
}: Readonly<{ span: Span; from: number; ms: number }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const { duration } = useFigures();
  const { kind, service, what, startsAt, endsAt, isWrong, depth } = span;
  const left = ((startsAt - from) / ms) * 100;
  const width = Math.max(narrowest, (((endsAt ?? from + ms) - startsAt) / ms) * 100);
  const fill = isWrong ? 'fill-warning' : kind === 'request' ? 'fill-primary' : 'fill-chart-4';
  return (
    <li className="grid gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-caption last:border-0 md:grid-cols-[minmax(0,20rem)_minmax(0,1fr)_9rem] md:items-center">
      <span
        className="flex min-w-0 flex-col"
        style={{ paddingLeft: `${Math.min(depth, depthMax) * 16}px` }}
      >
        <span className={classes('font-mono font-medium break-words', isWrong && 'text-warning')}>
          {depth > 0 && (
            <span aria-hidden="true" className="text-text-3">
              ↳{' '}
            </span>
          )}
          {what}
        </span>
        <span className="text-text-2">
          {nameOf(service)} · {say(`trace.${kind}`)}
        </span>
      </span>
      <svg
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-2.5 w-full rounded-tag bg-sunken"
      >
        <rect
          x={Math.min(100 - narrowest, left)}
          y="0"
          width={Math.min(width, 100 - Math.min(100 - narrowest, left))}
          height="10"
          className={fill}
        />
      </svg>
      <span className="tabular flex justify-between gap-3 text-text-2 md:justify-end">
        <span>+{duration(startsAt - from)}</span>
        <span className="font-medium text-text-1 md:min-w-16 md:text-right">
          {endsAt === undefined
            ? say('events.underWay')
            : kind === 'record'
              ? '–'
              : duration(endsAt - startsAt)}
        </span>
      </span>
    </li>
  );
};

/** One request and all that it has set going, over all services, on one scale of time. */
export const Component = (): ReactElement => {
  const say = useText();
  const { id = '' } = useParams();
  const { system, isPaused } = useShared();
  const { dateTime } = useFormats();
  const { duration } = useFigures();
  const often = { everyMs: isPaused ? (false as const) : 3_000 };
  const query = { correlation_id: id, limit: 500 };
  const events = useLoaded(
    ['events', 'chain', id],
    (signal) => browserApi().GET('/api/v1/admin/events', { params: { query }, signal }),
    often,
  );
  const asked = { correlation_id: id, limit: 200, level: 'debug' as const };
  const logs = useLoaded(
    ['logs', 'of-process', id],
    (signal) => browserApi().GET('/api/v1/admin/logs', { params: { query: asked }, signal }),
    often,
  );
  const failures = system.data ? totalsOf(system.data).failures : [];
  const failed = new Set(failures.map(({ message_id: message }) => message));
  return (
    <SystemPage
      title={say('trace.title')}
      action={
        <ButtonLink size={36} to={`/sistema/eventos/${id}`}>
          {say('trace.chain')}
        </ButtonLink>
      }
    >
      <Breadcrumb
        crumbs={[{ name: say('nav.traces'), to: '/sistema/trazas' }, { name: say('trace.title') }]}
      />
      <RequestId id={id} />
      <Region of={events} height="h-80">
        {({ items, missing }) => {
          const spans = spansOf(items, logs.data?.items ?? [], failed);
          if (spans.length === 0)
            return (
              <Empty
                title={say('chain.none')}
                action={
                  <ButtonLink size={40} to="/sistema/trazas">
                    {say('trace.back')}
                  </ButtonLink>
                }
              >
                {say('chain.noneText')}
              </Empty>
            );
          const { from, ms } = extentOf(spans);
          return (
            <>
              <MissingParts of={missing} />
              <p className="text-small text-text-2">
                {say('trace.summary', {
                  count: spans.length,
                  services: new Set(spans.map(({ service }) => service)).size,
                  time: duration(ms),
                })}{' '}
                · {dateTime(new Date(from).toISOString())}
              </p>
              <Panel className="overflow-hidden">
                <ol data-trace-spans aria-label={say('trace.title')}>
                  {spans.map((span) => (
                    <Line key={span.key} span={span} from={from} ms={ms} />
                  ))}
                </ol>
              </Panel>
            </>
          );
        }}
      </Region>
      <h2 className="text-h2">{say('trace.logs')}</h2>
      <Region of={logs}>
        {({ items, missing }) => (
          <>
            <MissingParts of={missing} />
            <Panel className="overflow-hidden">
              <LogList items={items} />
            </Panel>
          </>
        )}
      </Region>
    </SystemPage>
  );
};
