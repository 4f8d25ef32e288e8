import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { versionOf } from '#shared/http/if-match.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeSecondFactorPolicyHandler } from '../application/commands/change-second-factor-policy.ts';
import type { KeptPolicy } from '../application/second-factor-ports.ts';
import { circumstancesOf, problems, role, tags } from './schemas.ts';

const mode = Type.Union([Type.Literal('off'), Type.Literal('optional'), Type.Literal('required')]);
const shown = Type.Object({
  mode,
  roles: Type.Array(role, { description: 'who needs one, when one is required' }),
  version: Type.Integer(),
  source: Type.Union([Type.Literal('environment'), Type.Literal('settings')]),
  changed_at: Type.Union([instant, Type.Null()]),
  changed_by: Type.Union([uuid, Type.Null()]),
});
const response = { 200: shown, ...problems };

export type SecondFactorPolicyHandlers = Readonly<{
  secondFactorPolicy: () => Promise<KeptPolicy>;
  changeSecondFactorPolicy: ChangeSecondFactorPolicyHandler;
}>;

const answer = (reply: FastifyReply, policy: KeptPolicy): FastifyReply =>
  reply.header('etag', `"${policy.version}"`).send({
    mode: policy.mode,
    roles: [...policy.roles],
    version: policy.version,
    source: policy.version === 0 ? 'environment' : 'settings',
    changed_at: policy.changedAt?.toISOString() ?? null,
    changed_by: policy.changedBy,
  });

/** Who has to have a second factor. Whoever changes that proves once more who they are. */
export const secondFactorPolicyRoutes =
  (handlers: SecondFactorPolicyHandlers): Routes =>
  async (app) => {
    const access = { roles: ['admin'] } as const;
    app.get(
      '/auth/second-factor-policy',
      {
        config: { access },
        schema: {
          operationId: 'getSecondFactorPolicy',
          tags,
          summary: 'Whether accounts may or must have a second factor, and which',
          response,
        },
      },
      async (_request, reply) => answer(reply, await handlers.secondFactorPolicy()),
    );
    app.put(
      '/auth/second-factor-policy',
      {
        config: { access, isStepUp: true },
        schema: {
          operationId: 'changeSecondFactorPolicy',
          tags,
          summary: 'Say whether accounts may or must have a second factor (If-Match)',
          body: strict({
            mode,
            roles: Type.Optional(Type.Array(role, { maxItems: 5, uniqueItems: true })),
          }),
          response,
        },
      },
      async (request, reply) => {
        const { mode: wanted, roles = [] } = request.body;
        const circumstances = {
          ...circumstancesOf(request),
          actorId: requirePrincipal(request).id,
        };
        const command = { policy: { mode: wanted, roles }, version: versionOf(request) };
        return answer(reply, await handlers.changeSecondFactorPolicy(command, circumstances));
      },
    );
  };
