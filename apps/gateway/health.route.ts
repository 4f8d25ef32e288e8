import type { FastifyPluginAsync } from 'fastify';
import { Type, type TSchema } from 'typebox';
import type { Metrics } from '#shared/telemetry/metrics.ts';
import type { Part } from './parts.ts';

type State = 'healthy' | 'unhealthy';

/** Health is asked often, by many: one look at the database a second is enough. */
const fresheningMs = 1_000;

const stateSchema = Type.Object({ status: Type.String() });
const healthSchema = Type.Object({
  status: Type.String(),
  gateway: Type.String(),
  services: Type.Record(Type.String(), Type.String()),
  redis: Type.Optional(
    Type.String({
      description: 'of this process: healthy, or degraded: sign-ins wait, reads go on',
    }),
  ),
});
const statusSchema = Type.Object({
  version: Type.String(),
  node: Type.String(),
  started_at: Type.String(),
  uptime_seconds: Type.Integer(),
  services: Type.Record(
    Type.String(),
    Type.Object({
      outbox_pending: Type.Integer(),
      dead_letters: Type.Integer(),
      outbox_age_seconds: Type.Number(),
      breaker: Type.Optional(Type.String({ enum: ['closed', 'half-open', 'open'] })),
      addresses: Type.Optional(Type.Record(Type.String(), Type.String({ enum: ['up', 'aside'] }))),
    }),
  ),
});

/** Health of the process and its parts, for people, load balancers and Prometheus. */
export const healthRoutes = (
  parts: () => readonly Part[],
  metrics: Metrics,
  about: Readonly<{ version: string; startedAt: Date; isRedisThere?: (() => boolean) | undefined }>,
): FastifyPluginAsync => {
  let last: { at: number; states: Promise<readonly (readonly [string, State])[]> } | undefined;
  const readStates = () => {
    if (!last || performance.now() - last.at > fresheningMs) {
      const states = Promise.all(
        parts().map(async ({ name, isHealthy }): Promise<readonly [string, State]> => [
          name,
          (await isHealthy()) ? 'healthy' : 'unhealthy',
        ]),
      );
      last = { at: performance.now(), states };
    }
    return last.states;
  };
  const readDepths = () =>
    Promise.all(
      parts().map(
        async ({ name, depth, way }) => [name, { ...(await depth()), ...way?.() }] as const,
      ),
    );
  const config = { access: 'public' } as const;
  const schema = (operationId: string, summary: string, answer: TSchema) => ({
    schema: { operationId, summary, tags: ['operation'], response: { 200: answer, 503: answer } },
  });

  return async (app) => {
    app.get(
      '/health',
      { config, ...schema('getHealth', 'Health of every service', healthSchema) },
      async (_, reply) => {
        const states = await readStates();
        const isHealthy = states.every(([, state]) => state === 'healthy');
        const redis = about.isRedisThere && (about.isRedisThere() ? 'healthy' : 'degraded');
        return reply
          .code(isHealthy ? 200 : 503)
          .header('cache-control', 'no-store')
          .send({
            status: isHealthy ? (redis ?? 'healthy') : 'unhealthy',
            gateway: 'healthy',
            services: Object.fromEntries(states),
            ...(redis ? { redis } : {}),
          });
      },
    );

    app.get(
      '/health/live',
      { config, ...schema('getLiveness', 'The process runs', stateSchema) },
      async () => ({
        status: 'healthy',
      }),
    );

    app.get(
      '/health/ready',
      { config, ...schema('getReadiness', 'Requests may come', stateSchema) },
      async (_, reply) => {
        const states = await readStates();
        const isReady = states.every(([, state]) => state === 'healthy');
        return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready' });
      },
    );

    app.get(
      '/status',
      { config, ...schema('getStatus', 'Version, age and what waits', statusSchema) },
      async (_, reply) =>
        reply.header('cache-control', 'no-store').send({
          version: about.version,
          node: process.versions.node,
          started_at: about.startedAt.toISOString(),
          uptime_seconds: Math.round(process.uptime()),
          services: Object.fromEntries(await readDepths()),
        }),
    );

    app.get(
      '/metrics',
      { config, ...schema('getMetrics', 'Prometheus text', Type.String()) },
      async (_, reply) => {
        for (const [context, depth] of await readDepths().catch(() => [])) {
          metrics.outboxPending.set({ context }, depth.outbox_pending);
          metrics.deadLetters.set({ context }, depth.dead_letters);
        }
        return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
      },
    );
  };
};
