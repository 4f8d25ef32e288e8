import { Type } from 'typebox';
import { keyCheckPath, type KeyAnswer } from '#shared/http/api-keys.ts';
import { httpError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CheckApiKeyQuery } from '../application/queries/check-api-key.ts';
import { createKeyBody, keyList, keySchema, toKeyJson, type KeyHandlers } from './key-schemas.ts';
import { circumstancesOf, problems, tags } from './schemas.ts';

const createSchema = {
  operationId: 'createApiKey',
  tags,
  summary: 'Create a key for an integration; its text is in this answer only',
  body: createKeyBody,
  response: { 201: Type.Object({ ...keySchema, key: Type.String() }), ...problems },
};
const listSchema = {
  operationId: 'listApiKeys',
  tags,
  summary: 'The keys of the signed-in account, newest first',
  response: { 200: keyList, ...problems },
};
const revokeSchema = {
  operationId: 'revokeApiKey',
  tags,
  summary: 'End a key; services that have just seen it go on for a minute at most',
  params: idParams,
  response: { 204: Type.Null(), ...problems },
};
const checkSchema = {
  operationId: 'checkApiKey',
  tags,
  summary: 'Whose key has this hash; for services of the same installation only',
  body: strict({ key_hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  response: {
    200: Type.Union([
      Type.Object({ active: Type.Literal(false) }),
      Type.Object({
        active: Type.Literal(true),
        id: uuid,
        account_id: uuid,
        roles: Type.Array(Type.String()),
        email_verified: Type.Boolean(),
        epoch: Type.Integer(),
        scopes: Type.Array(Type.String()),
        expires_at: Type.Integer({ description: 'seconds' }),
      }),
    ]),
    ...problems,
  },
};

type Handlers = KeyHandlers & Readonly<{ checkApiKey: CheckApiKeyQuery }>;

export const apiKeyRoutes =
  (handlers: Handlers): Routes =>
  async (app) => {
    const config = { access: 'account', isStepUp: true } as const;
    app.post('/auth/api-keys', { config, schema: createSchema }, async (request, reply) => {
      const { name, scopes, expires_in_days: lifeDays } = request.body;
      const command = { accountId: requirePrincipal(request).id, name, scopes, lifeDays };
      const { key, ...made } = await handlers.createApiKey(command, circumstancesOf(request));
      return reply.code(201).send({ ...toKeyJson({ ...made, lastUsedAt: null }), key });
    });
    app.get(
      '/auth/api-keys',
      { config: { access: 'account' }, schema: listSchema },
      async (request) => {
        const keys = await handlers.listApiKeys(requirePrincipal(request).id);
        return { items: keys.map(toKeyJson) };
      },
    );
    app.delete(
      '/auth/api-keys/:id',
      { config: { access: 'account' }, schema: revokeSchema },
      async (request, reply) => {
        const command = { accountId: requirePrincipal(request).id, id: request.params.id };
        await handlers.revokeApiKey(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
    app.post(
      keyCheckPath,
      { config: { access: 'public' }, schema: checkSchema },
      async (request): Promise<KeyAnswer> => {
        if (request.service === null) throw httpError('not_found');
        const key = await handlers.checkApiKey(request.body.key_hash);
        if (!key) return { active: false };
        return {
          active: true,
          id: key.id,
          account_id: key.accountId,
          roles: key.roles,
          email_verified: key.isEmailVerified,
          epoch: key.epoch,
          scopes: key.scopes,
          expires_at: Math.floor(key.expiresAt.getTime() / 1000),
        };
      },
    );
  };
