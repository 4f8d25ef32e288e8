import type { FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import { decodeCursor, encodeCursor } from '#shared/http/cursor.ts';
import { versionOf } from '#shared/http/if-match.ts';
import { idParams, instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { scopes as allScopes } from '#shared/kernel/scopes.ts';
import type { ClientHandlers } from '../application/commands/change-clients.ts';
import { circumstancesOf, problems, tags } from './schemas.ts';

const oneOf = <const Values extends readonly string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: values });
const applicationType = oneOf('web', 'native');
const authMethod = oneOf('client_secret_basic', 'client_secret_post', 'none');
const grantType = oneOf('authorization_code', 'refresh_token', 'client_credentials');

const body = strict({
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '^(?=.*\\S)[^\\p{Cc}]+$' }),
  application_type: Type.Optional(applicationType),
  token_endpoint_auth_method: Type.Optional(authMethod),
  grant_types: Type.Array(grantType, { minItems: 1, maxItems: 3, uniqueItems: true }),
  redirect_uris: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 10, uniqueItems: true }),
  ),
  scopes: Type.Array(Type.String({ enum: [...allScopes] }), {
    minItems: 1,
    maxItems: allScopes.length,
    uniqueItems: true,
  }),
  account_id: Type.Optional(Type.Union([uuid, Type.Null()])),
});

const shown = {
  client_id: uuid,
  name: Type.String(),
  application_type: applicationType,
  token_endpoint_auth_method: authMethod,
  grant_types: Type.Array(grantType),
  redirect_uris: Type.Array(Type.String()),
  scopes: Type.Array(Type.String()),
  account_id: Type.Union([uuid, Type.Null()]),
  created_at: instant,
  updated_at: instant,
};
const client = Type.Object(shown);
const withSecret = Type.Object({
  ...shown,
  client_secret: Type.Optional(Type.String({ description: 'in this answer only' })),
});

const schemaOf = <Responses extends object>(
  operationId: string,
  summary: string,
  response: Responses,
) => ({ operationId, tags, summary, response: { ...response, ...problems } });

const toDetails = (given: Static<typeof body>) => ({
  name: given.name,
  applicationType: given.application_type ?? 'web',
  authMethod: given.token_endpoint_auth_method ?? 'client_secret_basic',
  grantTypes: given.grant_types,
  redirectUris: given.redirect_uris ?? [],
  scopes: given.scopes,
  ownerId: given.account_id ?? null,
});

type Client = Awaited<ReturnType<ClientHandlers['find']>>;
const toJson = (it: Client) => ({
  client_id: it.id,
  name: it.name,
  application_type: it.applicationType,
  token_endpoint_auth_method: it.authMethod,
  grant_types: [...it.grantTypes],
  redirect_uris: [...it.redirectUris],
  scopes: [...it.scopes],
  account_id: it.ownerId,
  created_at: it.createdAt.toISOString(),
  updated_at: it.updatedAt.toISOString(),
});

const etag = (reply: FastifyReply, it: Client): FastifyReply =>
  reply.header('etag', `"${it.version}"`);

/** Applications are an administrator's word that somebody's program may ask people for their data. */
export const oauthClientRoutes =
  (handlers: ClientHandlers): Routes =>
  async (app) => {
    const reading = { access: { roles: ['admin'] } } as const;
    const writing = { ...reading, isStepUp: true } as const;

    app.get(
      '/auth/oauth-clients',
      {
        config: reading,
        schema: {
          ...schemaOf('listOAuthClients', 'Registered applications, newest first', {
            200: page(client),
          }),
          querystring: strict(pageQuery),
        },
      },
      async (request) => {
        const { limit = 20, cursor } = request.query;
        const [before] =
          cursor === undefined
            ? []
            : decodeCursor(cursor, [(value) => typeof value === 'string' && isUuid(value)]);
        const found = await handlers.list(
          limit + 1,
          before === undefined ? undefined : String(before),
        );
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return {
          items: items.map(toJson),
          next_cursor: found.length > limit && last ? encodeCursor([last.id]) : null,
        };
      },
    );

    app.post(
      '/auth/oauth-clients',
      {
        config: writing,
        schema: {
          ...schemaOf('registerOAuthClient', 'Register an application; its secret is shown once', {
            201: withSecret,
          }),
          body,
        },
      },
      async (request, reply) => {
        const made = await handlers.register(toDetails(request.body), circumstancesOf(request));
        return etag(reply, made.client)
          .code(201)
          .send({
            ...toJson(made.client),
            ...(made.secret === null ? {} : { client_secret: made.secret }),
          });
      },
    );

    app.get(
      '/auth/oauth-clients/:id',
      {
        config: reading,
        schema: {
          ...schemaOf('getOAuthClient', 'A registered application', { 200: client }),
          params: idParams,
        },
      },
      async (request, reply) => {
        const found = await handlers.find(request.params.id);
        return etag(reply, found).send(toJson(found));
      },
    );

    app.put(
      '/auth/oauth-clients/:id',
      {
        config: writing,
        schema: {
          ...schemaOf('changeOAuthClient', 'Replace what is said of an application (If-Match)', {
            200: withSecret,
          }),
          params: idParams,
          body,
        },
      },
      async (request, reply) => {
        const version = versionOf(request);
        const changed = await handlers.change(
          { id: request.params.id, version, details: toDetails(request.body) },
          circumstancesOf(request),
        );
        return etag(reply, changed.client).send({
          ...toJson(changed.client),
          ...(changed.secret === null ? {} : { client_secret: changed.secret }),
        });
      },
    );

    app.post(
      '/auth/oauth-clients/:id/secret',
      {
        config: writing,
        schema: {
          ...schemaOf('rotateOAuthClientSecret', 'A new secret; the one before ends at once', {
            200: withSecret,
          }),
          params: idParams,
          body: Type.Union([strict({}), Type.Null()]),
        },
      },
      async (request, reply) => {
        const made = await handlers.rotateSecret(request.params.id, circumstancesOf(request));
        return etag(reply, made.client).send({
          ...toJson(made.client),
          client_secret: made.secret!,
        });
      },
    );

    app.delete(
      '/auth/oauth-clients/:id',
      {
        config: writing,
        schema: {
          ...schemaOf('removeOAuthClient', 'Remove an application with all that it was given', {
            204: Type.Null(),
          }),
          params: idParams,
        },
      },
      async (request, reply) => {
        await handlers.remove(request.params.id, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };
