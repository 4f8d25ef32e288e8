import { Type } from 'typebox';
import { strict, idParams, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { createKeyBody, keyList, keySchema, toKeyJson, type KeyHandlers } from './key-schemas.ts';
import { circumstancesOf, problems, tags } from './schemas.ts';

/**
 * The keys of any account, for who has the machine: its operator is no account, so a key cannot be of
 * the operator, and no administrator may make one in the name of another.
 */
const config = { access: { roles: ['service'] } } as const;

const create = {
  operationId: 'createApiKeyOfAccount',
  tags,
  summary:
    'Create a key of an account, as the operator at the machine; its text is in this answer only',
  params: idParams,
  body: createKeyBody,
  response: { 201: Type.Object({ ...keySchema, key: Type.String() }), ...problems },
};
const list = {
  operationId: 'listApiKeysOfAccount',
  tags,
  summary: 'The keys of an account, newest first, for the operator at the machine',
  params: idParams,
  response: { 200: keyList, ...problems },
};
const revoke = {
  operationId: 'revokeApiKeyOfAccount',
  tags,
  summary: 'End a key of an account, as the operator at the machine',
  params: strict({ id: uuid, key_id: uuid }),
  response: { 204: Type.Null(), ...problems },
};

export const accountKeyRoutes =
  (handlers: KeyHandlers): Routes =>
  async (app) => {
    const path = '/auth/accounts/:id/api-keys';
    app.post(path, { config, schema: create }, async (request, reply) => {
      const { name, scopes, expires_in_days: lifeDays } = request.body;
      const command = { accountId: request.params.id, name, scopes, lifeDays };
      const { key, ...made } = await handlers.createApiKey(command, circumstancesOf(request));
      return reply.code(201).send({ ...toKeyJson({ ...made, lastUsedAt: null }), key });
    });
    app.get(path, { config, schema: list }, async (request) => {
      const keys = await handlers.listApiKeys(request.params.id);
      return { items: keys.map(toKeyJson) };
    });
    app.delete(`${path}/:key_id`, { config, schema: revoke }, async (request, reply) => {
      const { id: accountId, key_id: id } = request.params;
      await handlers.revokeApiKey({ accountId, id }, circumstancesOf(request));
      return reply.code(204).send(null);
    });
  };
