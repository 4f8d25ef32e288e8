import type { ReactElement, ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Panel } from './frame.tsx';
import { useFigures } from './use-figures.ts';
import { totalsOf, type System } from './use-system.ts';

type Side = ReturnType<typeof totalsOf>['publishers'];

const width = 930;
const height = 206;
const boxLeft = 402;
const boxWidth = 121;
const boxTop = 58;
const boxHeight = 81;
const lineMax = 6;
const thickest = 11;

const placesOf = (items: Side, most: number) => {
  const step = items.length === 1 ? 0 : Math.min(40, 162 / (items.length - 1));
  const first = boxTop + boxHeight / 2 - (step * (items.length - 1)) / 2;
  return items.map((item, i) => ({
    ...item,
    y: first + i * step,
    thickness: item.perMinute === 0 ? 1 : Math.max(1.5, (item.perMinute / most) * thickest),
  }));
};

const colour = (failed: number): string => (failed > 0 ? 'text-warning' : 'text-chart-1');

/** Publishers, the bus, and consumers; as wide as there are messages. */
const Ribbons = ({
  publishers,
  consumers,
  title,
  waiting,
}: Readonly<{
  publishers: Side;
  consumers: Side;
  title: string;
  waiting: string;
}>): ReactElement => {
  const { number } = useFigures();
  const all = [...publishers, ...consumers];
  const most = Math.max(1, ...all.map(({ perMinute }) => perMinute));
  const middle = boxTop + boxHeight / 2;
  const left = placesOf(publishers.slice(0, lineMax), most);
  const right = placesOf(consumers.slice(0, lineMax), most);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className="w-full max-lg:hidden"
      aria-hidden="true"
      fontSize="13"
    >
      {left.map(({ service, perMinute, failed, y, thickness }) => (
        <g key={service}>
          <text x="80" y={y + 4} className="fill-text-1">
            {service}
          </text>
          <text x="212" y={y + 4} textAnchor="end" className="tabular fill-text-2">
            {number(perMinute)}
          </text>
          <path
            d={`M222 ${y}C 320 ${y}, 320 ${middle}, ${boxLeft} ${middle}`}
            fill="none"
            stroke="currentColor"
            strokeOpacity="0.55"
            strokeWidth={thickness}
            className={colour(failed)}
          />
        </g>
      ))}
      {right.map(({ service, perMinute, failed, y, thickness }) => (
        <g key={service}>
          <path
            d={`M${boxLeft + boxWidth} ${middle}C 605 ${middle}, 605 ${y}, 703 ${y}`}
            fill="none"
            stroke="currentColor"
            strokeOpacity="0.55"
            strokeWidth={thickness}
            className={colour(failed)}
          />
          <text x="715" y={y + 4} className="fill-text-1">
            {service}
          </text>
          <text x="845" y={y + 4} textAnchor="end" className="tabular fill-text-2">
            {number(perMinute)}
          </text>
        </g>
      ))}
      <rect
        x={boxLeft}
        y={boxTop}
        width={boxWidth}
        height={boxHeight}
        rx="10"
        className="fill-sunken stroke-line-2"
      />
      <text
        x={boxLeft + boxWidth / 2}
        y={middle - 6}
        textAnchor="middle"
        fontSize="14"
        fontWeight="600"
        className="fill-text-1"
      >
        {title}
      </text>
      <text x={boxLeft + boxWidth / 2} y={middle + 17} textAnchor="middle" className="fill-text-2">
        {waiting}
      </text>
    </svg>
  );
};

/** The same as two lists, for phones and for who hears the page. */
const Lists = ({
  publishers,
  consumers,
}: Readonly<{ publishers: Side; consumers: Side }>): ReactElement => {
  const say = useText();
  const { number } = useFigures();
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:sr-only">
      {(
        [
          ['flow.publish', publishers],
          ['flow.consume', consumers],
        ] as const
      ).map(([key, side]) => (
        <div key={key} className="flex flex-col gap-1">
          <h3 className="text-caption font-medium text-text-3">{say(key)}</h3>
          <ul className="text-small">
            {side.map(({ service, perMinute }) => (
              <li key={service} className="flex justify-between border-b border-line py-1.5">
                {service}
                <span className="tabular">
                  {say('events.perMinute', { count: number(perMinute) })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
};

const Figure = ({
  label,
  isWarning = false,
  children,
}: Readonly<{ label: string; isWarning?: boolean; children: ReactNode }>): ReactElement => (
  <div>
    <dt className="text-caption text-text-2">{label}</dt>
    <dd className={`tabular text-h1-app ${isWarning ? 'text-warning' : ''}`}>{children}</dd>
  </div>
);

/** How many events pass in a minute, and what waits or has failed. */
export const Flow = ({ system }: Readonly<{ system: System }>): ReactElement => {
  const say = useText();
  const { number, duration } = useFigures();
  const totals = totalsOf(system);
  const { publishers, consumers, pending, dead, deliveryMs } = totals;
  const isQuiet = publishers.length === 0 && consumers.length === 0;
  return (
    <Panel className="grid gap-4 p-4 lg:min-h-66.25 xl:grid-cols-[minmax(0,1fr)_211px] xl:gap-0">
      <div className="flex min-w-0 flex-col gap-2 xl:pr-6">
        <div className="flex items-baseline justify-between gap-4">
          <h2 className="text-body font-semibold">{say('flow.title')}</h2>
          <span className="text-caption text-text-3">{say('flow.direction')}</span>
        </div>
        {isQuiet ? (
          <p className="py-8 text-small text-text-2">{say('flow.quiet')}</p>
        ) : (
          <>
            <Ribbons
              publishers={publishers}
              consumers={consumers}
              title={say('flow.bus')}
              waiting={say('flow.waiting', {
                count: number(totals.perMinute),
                pending: number(pending),
              })}
            />
            <Lists publishers={publishers} consumers={consumers} />
          </>
        )}
      </div>
      <div className="flex flex-col gap-4 border-line max-xl:border-t max-xl:pt-4 xl:border-l xl:pl-5">
        <dl className="flex flex-wrap gap-x-8 gap-y-4 xl:flex-col">
          <Figure label={say('flow.pending')}>{number(pending)}</Figure>
          <Figure label={say('flow.delivery')}>
            {deliveryMs === null ? '—' : duration(deliveryMs)}
          </Figure>
          <Figure label={say('flow.dead')} isWarning={dead > 0}>
            {number(dead)}
          </Figure>
        </dl>
        <ButtonLink size={36} to="/sistema/colas" className="max-xl:self-start xl:mt-auto">
          {say(dead > 0 ? 'flow.review' : 'flow.seeQueues')}
        </ButtonLink>
      </div>
    </Panel>
  );
};
