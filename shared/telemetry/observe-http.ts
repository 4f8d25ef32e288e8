import type { FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

type Series = ReturnType<Metrics['httpDuration']['labels']>;

/**
 * Counts each answer by route pattern, never by address: an address in a label is a series for
 * every caller who makes one up. Labelled series are kept, since looking one up costs more than
 * adding to it.
 */
export const observeHttp = (metrics: Metrics) => {
  const known = new Map<string, Series>();
  return (request: FastifyRequest, status: number, seconds: number): void => {
    const route = request.routeOptions.url ?? 'unknown';
    const key = `${request.method} ${status} ${route}`;
    let series = known.get(key);
    if (!series) {
      series = metrics.httpDuration.labels(request.method, route, String(status));
      known.set(key, series);
    }
    series.observe(seconds);
  };
};
