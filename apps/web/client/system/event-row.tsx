import { memo, type ReactElement } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { useFigures } from './use-figures.ts';
import type { ShownEvent } from './event-rows.ts';
import { useShared, type Delivery } from './use-system.ts';

/** `order-paid` of `orders.order-paid.v1`: whose it is stands below. */
export const shortName = (type: string): string =>
  type.replace(/^[\w-]+\./, '').replace(/\.v\d+$/, '');

/** From whom to whom, on one line. */
export const useRoute = (): ((source: string, type: string) => string) => {
  const say = useText();
  const { takersOf } = useShared();
  return (source, type) => {
    const takers = takersOf(type);
    return takers.length === 0
      ? say('events.routeToNobody', { from: source })
      : `${source} → ${takers.join(', ')}`;
  };
};

/** An event: what, when, from whom to whom, and how long until all had it. */
export const EventRow = memo(function EventRow({
  event,
  failure,
}: Readonly<{ event: ShownEvent; failure?: Delivery | undefined }>): ReactElement {
  const say = useText();
  const route = useRoute();
  const { instant, duration } = useFigures();
  const tone = failure ? 'text-warning' : 'text-text-1';
  return (
    <Link
      to={`/sistema/eventos/${event.correlationId}#${event.id}`}
      className="flex h-14.25 flex-col justify-center gap-0.5 border-b border-line px-4 hover:bg-sunken"
    >
      <span className="flex items-baseline justify-between gap-3 font-mono text-caption">
        <span className={`truncate font-medium ${tone}`}>{shortName(event.type)}</span>
        <time dateTime={event.time} className="tabular text-text-3">
          {instant(event.time)}
        </time>
      </span>
      <span className="flex items-baseline justify-between gap-3 text-caption text-text-3">
        <span className="truncate">
          {route(event.source, event.type)}
          {failure && ` · ${say('events.attempt', { attempt: failure.attempts })}`}
        </span>
        <span className="tabular">
          {event.tookMs === null ? say('events.underWay') : duration(event.tookMs)}
        </span>
      </span>
    </Link>
  );
});
