import type { ContextName } from '#shared/platform/module.ts';
import type { RunningContext } from '#shared/platform/run.ts';

const probeTimeoutMs = 2_000;

/** What waits in one context. */
export type Depth = Readonly<{
  outbox_pending: number;
  dead_letters: number;
  outbox_age_seconds: number;
}>;

/** One context as health and status show it, in this process or in another. */
export type Part = Readonly<{
  name: string;
  /** Answers within `probeTimeoutMs`, whatever happens. */
  isHealthy: () => Promise<boolean>;
  depth: () => Promise<Depth>;
}>;

const depthSql = `select
  (select count(*)::int from outbox where sent_at is null) as outbox_pending,
  (select count(*)::int from dead_letters where replayed_at is null) as dead_letters,
  (select coalesce(extract(epoch from now() - min(time)), 0)::float from outbox where sent_at is null)
    as outbox_age_seconds`;

export const partHere = ({ name, pool }: RunningContext): Part => ({
  name,
  async isHealthy() {
    const timeout = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => timeout.resolve(false), probeTimeoutMs);
    const answer = pool.query('select 1').then(
      () => true,
      () => false,
    );
    const isHealthy = await Promise.race([answer, timeout.promise]);
    clearTimeout(timer);
    return isHealthy;
  },
  async depth() {
    const { rows } = await pool.query<Depth>(depthSql);
    return rows[0]!;
  },
});

const unknown: Depth = { outbox_pending: 0, dead_letters: 0, outbox_age_seconds: 0 };

/** A context of other processes: healthy when one of its addresses is ready. */
export const partElsewhere = (name: ContextName, addresses: readonly string[]): Part => {
  const get = (address: string, path: string): Promise<Response> =>
    fetch(address + path, { signal: AbortSignal.timeout(probeTimeoutMs) });
  return {
    name,
    async isHealthy() {
      const answers = await Promise.all(
        addresses.map(async (address) => {
          try {
            const reply = await get(address, '/health/ready');
            await reply.body?.cancel();
            return reply.ok;
          } catch {
            return false;
          }
        }),
      );
      return answers.includes(true);
    },
    async depth() {
      for (const address of addresses)
        try {
          const reply = await get(address, '/status');
          const { services } = (await reply.json()) as { services: Record<string, Depth> };
          return services[name] ?? unknown;
        } catch {
          continue; // The next replica knows as much.
        }
      return unknown;
    },
  };
};
