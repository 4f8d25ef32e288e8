import type { RunFile } from '../server/run-file.ts';

export type ServiceState = Readonly<{
  name: string;
  state: string;
  outbox_pending: number;
  dead_letters: number;
  outbox_age_seconds: number;
}>;

const timeoutMs = 5_000;
const unknown = { outbox_pending: 0, dead_letters: 0, outbox_age_seconds: 0 };

/** Health and what waits, of every service. Health answers 503 when one is down: it is read too. */
export const readServices = async (running: RunFile) => {
  const read = async <Body>(path: string): Promise<Body | undefined> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(`${running.url}${path}`, { signal });
    return answer.status < 500 || answer.status === 503
      ? ((await answer.json()) as Body)
      : undefined;
  };
  type Health = { services?: Record<string, string> };
  type Status = {
    version?: string;
    uptime_seconds?: number;
    services?: Record<string, Omit<ServiceState, 'name' | 'state'>>;
  };
  const health = await read<Health>('/health');
  const status = await read<Status>('/status');
  return {
    version: status?.version ?? '?',
    startedAt: running.startedAt,
    uptimeSeconds:
      status?.uptime_seconds ?? Math.round((Date.now() - Date.parse(running.startedAt)) / 1000),
    services: Object.entries(health?.services ?? {}).map(([name, state]): ServiceState => ({
      name,
      state,
      ...unknown,
      ...status?.services?.[name],
    })),
  };
};
