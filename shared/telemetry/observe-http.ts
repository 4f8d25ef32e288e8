import type { Answered } from '../http/server.ts';
import type { Metrics } from './metrics.ts';

type Series = ReturnType<Metrics['httpDuration']['labels']>;

/**
 * Counts each answer by route pattern, never by address: an address in a label is a series for
 * every caller who makes one up. Labelled series are kept, since looking one up costs more than
 * adding to it.
 */
export const observeHttp = (metrics: Metrics) => {
  const known = new Map<string, Series>();
  return ({ method, route = 'unknown', status, seconds }: Answered): void => {
    const key = `${method} ${status} ${route}`;
    let series = known.get(key);
    if (!series) {
      series = metrics.httpDuration.labels(method, route, String(status));
      known.set(key, series);
    }
    series.observe(seconds);
  };
};
