import { Gauge } from 'prom-client';
import type { Metrics } from '#shared/telemetry/metrics.ts';
import type { Upstreams } from './upstreams.ts';

const numberOf = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Breakers and addresses of every service, read when Prometheus asks. */
export const useUpstreamMetrics = ({ registry }: Metrics, upstreams: Upstreams): void => {
  const registers = [registry];
  const breakers = new Gauge({
    name: 'plaza_gateway_breaker_state',
    help: 'Breaker of a service: 0 closed, 1 half-open, 2 open.',
    labelNames: ['service'],
    registers,
    collect() {
      for (const [service, { breaker }] of upstreams)
        breakers.set({ service }, numberOf[breaker.state]);
    },
  });
  const addresses = new Gauge({
    name: 'plaza_gateway_addresses',
    help: 'Addresses of a service that requests may go to (up), and that were set aside.',
    labelNames: ['service', 'state'],
    registers,
    collect() {
      for (const [service, upstream] of upstreams) {
        const states = Object.values(upstream.state().addresses);
        for (const state of ['up', 'aside'])
          addresses.set({ service, state }, states.filter((one) => one === state).length);
      }
    },
  });
};
