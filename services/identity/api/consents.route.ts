import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { scopes as allScopes, type Scope } from '#shared/kernel/scopes.ts';
import { instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { NarrowConsentHandler } from '../application/commands/narrow-consent.ts';
import type { WithdrawConsentHandler } from '../application/commands/withdraw-consent.ts';
import type { Consents } from '../application/oauth-ports.ts';
import { circumstancesOf, problems, tags } from './schemas.ts';

const listSchema = {
  operationId: 'listConsents',
  tags,
  summary: 'What the signed-in account has let applications do',
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          client_id: uuid,
          client_name: Type.String(),
          scopes: Type.Array(Type.String()),
          given_at: instant,
        }),
      ),
    }),
    ...problems,
  },
};
const narrowSchema = {
  operationId: 'narrowConsent',
  tags,
  summary: 'Leave an application fewer scopes; authorizations that have others end',
  params: strict({ client_id: uuid }),
  body: strict({
    scopes: Type.Array(Type.Unsafe<Scope>({ type: 'string', enum: [...allScopes] }), {
      minItems: 1,
      maxItems: allScopes.length,
      uniqueItems: true,
      description: 'those that stay; what was not given cannot be added here',
    }),
  }),
  response: { 204: Type.Null(), ...problems },
};
const withdrawSchema = {
  operationId: 'withdrawConsent',
  tags,
  summary: 'Let an application do nothing any more; its tokens end',
  params: strict({ client_id: uuid }),
  response: { 204: Type.Null(), ...problems },
};

export const consentRoutes =
  (
    consents: Pick<Consents, 'list'>,
    narrow: NarrowConsentHandler,
    withdraw: WithdrawConsentHandler,
  ): Routes =>
  async (app) => {
    const config = { access: 'account' } as const;
    app.get('/auth/consents', { config, schema: listSchema }, async (request) => {
      const given = await consents.list(requirePrincipal(request).id);
      return {
        items: given.map((consent) => ({
          client_id: consent.clientId,
          client_name: consent.clientName,
          scopes: [...consent.scopes],
          given_at: consent.givenAt.toISOString(),
        })),
      };
    });
    app.put(
      '/auth/consents/:client_id',
      { config, schema: narrowSchema },
      async (request, reply) => {
        const { client_id: clientId } = request.params;
        const accountId = requirePrincipal(request).id;
        const { scopes } = request.body;
        await narrow({ accountId, clientId, scopes }, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
    app.delete(
      '/auth/consents/:client_id',
      { config, schema: withdrawSchema },
      async (request, reply) => {
        const { client_id: clientId } = request.params;
        const accountId = requirePrincipal(request).id;
        await withdraw({ accountId, clientId }, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };
