import type { Answered } from '../http/server.ts';
import type { Metrics } from './metrics.ts';

type Series = ReturnType<Metrics['httpDuration']['labels']>;

/**
 * Counts each answer by route pattern, never by address: an address in a label is a series for
 * every caller who makes one up. Labelled series are kept, since looking one up costs more than
 * adding to it.
 */
export const observeHttp = (
  metrics: Metrics,
  /** Whose figures an answer belongs to, for the operator. */
  servicesOf: (route: string, method: string) => readonly string[] = () => [],
) => {
  const { requests } = metrics;
  const known = new Map<string, Readonly<{ series: Series; services: readonly string[] }>>();
  return ({ method, route = 'unknown', status, seconds }: Answered): void => {
    const key = `${method} ${status} ${route}`;
    let of = known.get(key);
    if (!of) {
      const series = metrics.httpDuration.labels(method, route, String(status));
      of = { series, services: servicesOf(route, method) };
      known.set(key, of);
    }
    of.series.observe(seconds);
    for (const service of of.services) requests.add(service, seconds * 1000, status >= 500);
  };
};
