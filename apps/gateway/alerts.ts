import type { Figures } from '#shared/telemetry/recent.ts';
import type { Logger } from '#shared/telemetry/logger.ts';

export const thresholds = { latency_ms: 1_000, error_rate: 0.05, memory_share: 0.9 } as const;

/** One slow request of three is no trouble of a service. */
const requestsMin = 10;

export type Trouble = Readonly<{
  kind: 'down' | 'latency' | 'errors' | 'memory';
  /** A service, or for memory a process. */
  name: string;
  /** Milliseconds, or a share of one; 1 for what is down. */
  value: number;
  threshold: number;
}>;

/** What is wrong with a service by its figures of the last minutes. */
export const troublesOf = (
  name: string,
  isHealthy: boolean,
  { count, failed, p95 }: Figures,
): readonly Trouble[] => {
  const troubles: Trouble[] = [];
  if (!isHealthy) troubles.push({ kind: 'down', name, value: 1, threshold: 1 });
  if (count < requestsMin) return troubles;
  const { latency_ms: latency, error_rate: errors } = thresholds;
  if (p95! > latency) troubles.push({ kind: 'latency', name, value: p95!, threshold: latency });
  const rate = failed / count;
  if (rate > errors) troubles.push({ kind: 'errors', name, value: rate, threshold: errors });
  return troubles;
};

export const troublesOfMemory = (name: string, share: number): readonly Trouble[] => {
  const { memory_share: threshold } = thresholds;
  return share > threshold ? [{ kind: 'memory', name, value: share, threshold }] : [];
};

export type Alert = Trouble & Readonly<{ since: string }>;

/** Remembers since when each trouble is there, and logs when one begins and ends. */
export const createAlerts = (now: () => number, log: Pick<Logger, 'warn' | 'info'>) => {
  const open = new Map<string, Map<string, Alert>>();
  return {
    /** All there is of one source of troubles; what is not among them any more is over. */
    set(source: string, troubles: readonly Trouble[]): void {
      const before = open.get(source) ?? new Map<string, Alert>();
      const after = new Map<string, Alert>();
      for (const trouble of troubles) {
        const key = `${trouble.kind} ${trouble.name}`;
        const { since } = before.get(key) ?? { since: new Date(now()).toISOString() };
        if (!before.has(key)) log.warn({ alert: trouble }, 'an alert begins');
        after.set(key, { ...trouble, since });
      }
      for (const [key, alert] of before)
        if (!after.has(key)) log.info({ alert }, 'an alert is over');
      open.set(source, after);
    },
    list: (): readonly Alert[] => [...open.values()].flatMap((alerts) => [...alerts.values()]),
  };
};

export type Alerts = ReturnType<typeof createAlerts>;
