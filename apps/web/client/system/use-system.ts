import { createContext, use } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useWholeText } from '../i18n/use-text.tsx';
import type { Loaded } from '../kit/use-request.ts';

export type System = AnswerOf<'/api/v1/admin/system', 'get'>;
export type Service = System['services'][number];
export type SystemAlert = System['alerts'][number];
export type Delivery = System['processes'][number]['failures'][number];

export const ranges = [5, 15, 60] as const;

/** What all parts of the page look at: asked for once, by the frame. */
export type Shared = Readonly<{
  system: Loaded<System>;
  minutes: number;
  setMinutes: (minutes: number) => void;
  isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
  /** Contexts that take a type of event. */
  takersOf: (type: string) => readonly string[];
}>;

export const SharedContext = createContext<Shared | null>(null);

export const useShared = (): Shared => {
  const shared = use(SharedContext);
  if (!shared) throw new Error('no frame around this component');
  return shared;
};

/** A service as people call it; one that we have no word for keeps its own. */
export const useServiceName = (): ((name: string) => string) => {
  const text = useWholeText();
  return (name) => (text.has(`service.${name}`) ? text.say(`service.${name}`) : name);
};

/** What of all processes together passes and waits. */
export const totalsOf = ({ services, processes }: System) => {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const flow = (side: 'publishers' | 'consumers') => {
    const byService = new Map<string, { perMinute: number; failed: number }>();
    for (const item of processes.flatMap((process) => process[side])) {
      const known = byService.get(item.service) ?? { perMinute: 0, failed: 0 };
      byService.set(item.service, {
        perMinute: known.perMinute + item.per_minute,
        failed: known.failed + item.failed_per_minute,
      });
    }
    return [...byService]
      .map(([service, figures]) => ({ service, ...figures }))
      .toSorted((a, b) => b.perMinute - a.perMinute || (a.service < b.service ? -1 : 1));
  };
  const delays = processes.flatMap(({ delivery_p95_ms: ms }) => (ms === null ? [] : [ms]));
  return {
    perMinute: sum(processes.map((process) => process.messages_per_minute)),
    pending: sum(services.map((service) => service.outbox_pending)),
    oldestSeconds: Math.max(0, ...services.map((service) => service.outbox_age_seconds)),
    dead: sum(services.map((service) => service.dead_letters)),
    deliveryMs: delays.length === 0 ? null : Math.max(...delays),
    publishers: flow('publishers'),
    consumers: flow('consumers'),
    failures: processes.flatMap(({ failures }) => failures),
  };
};
