import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { Panel } from './frame.tsx';
import { Sparkline } from './sparkline.tsx';
import { StateTag } from './state-tag.tsx';
import { useFigures } from './use-figures.ts';
import { useServiceName, useShared, type Service, type System } from './use-system.ts';

/** `8 / 24 ms`: a dash where nobody asked. */
const Latency = ({ service }: Readonly<{ service: Service }>): ReactElement => {
  const say = useText();
  const { duration, number } = useFigures();
  const { p50_ms: p50, p95_ms: p95, status } = service;
  if (p50 === null || p95 === null)
    return (
      <span className="text-text-3">
        <span aria-hidden="true">—</span>
        <span className="sr-only">{say('services.quiet')}</span>
      </span>
    );
  // One unit for both when it is the same.
  const first = p95 < 1_000 ? number(p50) : duration(p50);
  return (
    <>
      <span className="text-text-3">{first} / </span>
      <span className={`font-semibold ${status === 'degraded' ? 'text-warning' : ''}`}>
        {duration(p95)}
      </span>
    </>
  );
};

const useToneOf = () => (service: Service) =>
  service.status === 'degraded' && service.error_rate > 0.05 ? 'font-semibold text-warning' : '';

const LastSeen = ({ service }: Readonly<{ service: Service }>): ReactElement | null => {
  const say = useText();
  const { relative, dateTime } = useFormats();
  const { last_seen_at: at, status } = service;
  if (status !== 'unhealthy') return null;
  return (
    <span className="text-caption text-text-3">
      {at === null
        ? say('services.neverSeen')
        : say('services.lastSeen', { when: relative(at, Date.now()) ?? dateTime(at) })}
    </span>
  );
};

const nameLink = 'inline-flex min-h-6 items-center font-medium hover:underline';

/** Each service on a line: a table where there is room, two lines each on phones. */
export const Services = ({ system }: Readonly<{ system: System }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const toneOf = useToneOf();
  const { percent, rate } = useFigures();
  const { minutes } = useShared();
  const { services } = system;
  const head = 'h-9.5 px-0 text-caption font-medium text-text-3';
  return (
    <Panel className="overflow-hidden xl:min-h-112.5">
      <table className="w-full border-collapse text-small max-md:hidden xl:table-fixed">
        <caption className="sr-only">{say('services.title')}</caption>
        <colgroup className="max-xl:hidden">
          {['w-65.25', 'w-32.5', 'w-31.5', 'w-25', 'w-16', ''].map((width, i) => (
            <col key={i} className={width} />
          ))}
        </colgroup>
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={`${head} pl-3.5 text-left`}>
              {say('services.service')}
            </th>
            <th scope="col" className={`${head} text-left`}>
              {say('services.state')}
            </th>
            <th scope="col" className={`${head} text-left max-lg:hidden`}>
              {say('services.series', { minutes })}
            </th>
            <th scope="col" className={`${head} text-right`}>
              p50 / p95
            </th>
            <th scope="col" className={`${head} pl-4 text-right`}>
              {say('services.rate')}
            </th>
            <th scope="col" className={`${head} pr-3.5 pl-4 text-right`}>
              {say('services.errors')}
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={service.name} className="h-10.75 border-b border-line">
              <th scope="row" className="pl-3.5 text-left font-normal whitespace-nowrap">
                <Link to={`/sistema/servicios/${service.name}`} className={nameLink}>
                  {nameOf(service.name)}
                </Link>{' '}
                <span className="font-mono text-caption text-text-3">{service.name}</span>
              </th>
              <td className="pr-3 whitespace-nowrap">
                <StateTag status={service.status} />
              </td>
              <td className="max-lg:hidden">
                {service.status === 'unhealthy' ? (
                  <LastSeen service={service} />
                ) : (
                  <Sparkline
                    values={service.p95_series}
                    isWarning={service.status === 'degraded'}
                  />
                )}
              </td>
              <td className="tabular text-right">
                <Latency service={service} />
              </td>
              <td className="tabular pl-4 text-right">{rate(service.requests_per_second)}</td>
              <td className={`tabular pr-3.5 pl-4 text-right ${toneOf(service)}`}>
                {percent(service.error_rate)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="md:hidden">
        {services.map((service) => (
          <li
            key={service.name}
            className="flex flex-col gap-1 border-b border-line px-4 py-3 last:border-0"
          >
            <span className="flex flex-wrap items-center justify-between gap-2">
              <Link
                to={`/sistema/servicios/${service.name}`}
                className={`${nameLink} min-h-11 text-body`}
              >
                {nameOf(service.name)}
              </Link>
              <StateTag status={service.status} />
            </span>
            <LastSeen service={service} />
            <span className="flex flex-wrap gap-x-4 gap-y-1 text-caption text-text-2">
              <span className="tabular">
                <span className="text-text-3">p50 / p95</span> <Latency service={service} />
              </span>
              <span className="tabular">
                {rate(service.requests_per_second)}{' '}
                <span className="text-text-3">{say('services.rate')}</span>
              </span>
              <span className={`tabular ${toneOf(service)}`}>
                {percent(service.error_rate)}{' '}
                <span className="text-text-3">{say('services.errors')}</span>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
