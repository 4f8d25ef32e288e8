import type { ReactElement } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Empty, RequestId } from '../kit/feedback.tsx';
import { Breadcrumb } from '../kit/layout.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { shortName, useRoute } from './event-row.tsx';
import { MissingParts, Panel, Region, SystemPage } from './frame.tsx';
import { useFigures } from './use-figures.ts';
import { useShared } from './use-system.ts';

type Link_ = AnswerOf<'/api/v1/admin/events', 'get'>['items'][number];
type Node = Readonly<{ event: Link_; depth: number }>;

const depthMax = 6;

/** What caused what, each below its cause; what has no cause in the chain begins it. */
export const orderByCause = (events: readonly Link_[]): readonly Node[] => {
  const ids = new Set(events.map(({ id }) => id));
  const byCause = Map.groupBy(events, ({ causation_id: cause }) =>
    cause !== null && ids.has(cause) ? cause : '',
  );
  const below = (cause: string, depth: number, seen: ReadonlySet<string>): readonly Node[] =>
    (byCause.get(cause) ?? []).flatMap((event) =>
      seen.has(event.id)
        ? []
        : [{ event, depth }, ...below(event.id, depth + 1, new Set([...seen, event.id]))],
    );
  return below('', 0, new Set());
};

const Step = ({ node, start }: Readonly<{ node: Node; start: number }>): ReactElement => {
  const say = useText();
  const route = useRoute();
  const { instant, duration } = useFigures();
  const { hash } = useLocation();
  const { event, depth } = node;
  const isMarked = hash === `#${event.id}`;
  const after = new Date(event.time).getTime() - start;
  return (
    <li
      id={event.id}
      className={`border-b border-line last:border-0 ${isMarked ? 'bg-primary-soft' : ''}`}
    >
      <details className="group">
        <summary
          className="flex flex-col gap-0.5 px-4 py-2.5 hover:bg-sunken"
          style={{ paddingLeft: `${16 + Math.min(depth, depthMax) * 16}px` }}
        >
          <span className="flex flex-wrap items-baseline justify-between gap-x-3 font-mono text-caption">
            <span className="font-medium text-text-1">
              {depth > 0 && (
                <span aria-hidden="true" className="text-text-3">
                  ↳{' '}
                </span>
              )}
              {shortName(event.type)}
            </span>
            <span className="tabular text-text-2">
              <time dateTime={event.time}>{instant(event.time)}</time> · +{duration(after)}
            </span>
          </span>
          <span className="text-caption text-text-2">
            {route(event.source.slice(1), event.type)} ·{' '}
            {event.sent_at === null ? say('chain.waiting') : say('chain.taken')}
          </span>
        </summary>
        <div className="flex flex-col gap-2 px-4 pb-4">
          <p className="text-caption text-text-2">
            {event.type} · {say('chain.version', { version: event.aggregate_version })}
          </p>
          <RequestId id={event.id} />
          <pre
            tabIndex={0}
            aria-label={say('chain.data')}
            className="overflow-x-auto rounded-control-small bg-sunken p-3 font-mono text-caption"
          >
            {JSON.stringify(event.data, null, 2)}
          </pre>
        </div>
      </details>
    </li>
  );
};

/** Everything that one request has set going, in the order of cause and effect. */
export const Component = (): ReactElement => {
  const say = useText();
  const { isPaused } = useShared();
  const { dateTime } = useFormats();
  const { duration } = useFigures();
  const { id = '' } = useParams();
  const query = { correlation_id: id, limit: 500 };
  const chain = useLoaded(
    ['events', 'chain', id],
    (signal) => browserApi().GET('/api/v1/admin/events', { params: { query }, signal }),
    { everyMs: isPaused ? false : 3_000 },
  );
  return (
    <SystemPage
      title={say('chain.title')}
      action={
        <>
          <ButtonLink size={36} to={`/sistema/trazas/${id}`}>
            {say('chain.trace')}
          </ButtonLink>
          <ButtonLink size={36} to={`/sistema/registros?proceso=${id}`}>
            {say('chain.logs')}
          </ButtonLink>
        </>
      }
    >
      <Breadcrumb
        crumbs={[{ name: say('nav.events'), to: '/sistema/eventos' }, { name: say('chain.title') }]}
      />
      <RequestId id={id} />
      <Region of={chain} height="h-80">
        {({ items, missing }) => {
          if (items.length === 0)
            return (
              <Empty
                title={say('chain.none')}
                action={
                  <Link
                    to="/sistema/eventos"
                    className="inline-flex min-h-6 items-center text-small text-primary underline"
                  >
                    {say('chain.back')}
                  </Link>
                }
              >
                {say('chain.noneText')}
              </Empty>
            );
          const start = new Date(items[0]!.time).getTime();
          const end = Math.max(...items.map(({ time }) => new Date(time).getTime()));
          return (
            <>
              <MissingParts of={missing} />
              <p className="text-small text-text-2">
                {say('chain.summary', {
                  count: items.length,
                  services: new Set(items.map(({ source }) => source)).size,
                  time: duration(end - start),
                })}{' '}
                · {dateTime(items[0]!.time)}
              </p>
              <Panel className="overflow-hidden">
                <ol data-chain>
                  {orderByCause(items).map((node) => (
                    <Step key={node.event.id} node={node} start={start} />
                  ))}
                </ol>
              </Panel>
            </>
          );
        }}
      </Region>
    </SystemPage>
  );
};
