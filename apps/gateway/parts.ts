import type { RunningContext } from '#shared/platform/run.ts';
import { askAddress, askService } from './ask-service.ts';
import type { Upstream, UpstreamState } from './upstreams.ts';

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
  /** Of another process: how the way there is. */
  way?: () => UpstreamState;
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
export const partElsewhere = (upstream: Upstream): Part => ({
  name: upstream.context,
  async isHealthy() {
    const answers = await Promise.all(
      upstream.candidates().map(async ({ url }) => {
        try {
          const { status } = await askAddress(url, '/health/ready', { withinMs: probeTimeoutMs });
          return status === 200;
        } catch {
          return false;
        }
      }),
    );
    return answers.includes(true);
  },
  async depth() {
    try {
      const { body } = await askService(upstream, '/status', { withinMs: probeTimeoutMs });
      const { services } = body as { services: Record<string, Depth> };
      return services[upstream.context] ?? unknown;
    } catch {
      return unknown;
    }
  },
  way: upstream.state,
});
