import { Type } from 'typebox';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { httpError } from '#shared/http/errors.ts';
import { idParams, page, pageQuery, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { UpdateProfileHandler } from '../application/commands/update-profile.ts';
import { usersError } from '../application/errors.ts';
import type { ReadUsers } from '../application/queries/read-users.ts';
import {
  address,
  changeOf,
  country,
  currency,
  fullName,
  keepPrivate,
  language,
  nullable,
  phoneNumber,
  problems,
  role,
  status,
  tagOf,
  tags,
  timeZone,
  toAddressJson,
  toUserJson,
  traceOf,
  user,
  versionCheck,
} from './schemas.ts';

const detail = Type.Intersect([user, Type.Object({ addresses: Type.Array(address) })]);

const list = {
  operationId: 'listUsers',
  tags,
  summary: 'Users, the newest first',
  querystring: strict({
    ...pageQuery,
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        description: 'part of a name, an e-mail address or a user name; case and accents are equal',
      }),
    ),
    role: Type.Optional(role),
    status: Type.Optional(status),
  }),
  response: { 200: page(user), ...problems },
};
const show = {
  operationId: 'getUser',
  tags,
  summary: 'One user with addresses',
  params: idParams,
  response: { 200: detail, ...problems },
};
const change = {
  operationId: 'updateUser',
  tags,
  summary: 'Change the profile of a user, with If-Match; what is not given stays',
  params: idParams,
  body: strict({
    full_name: nullable(fullName),
    phone_number: nullable(phoneNumber),
    language: Type.Optional(language),
    region: nullable(country),
    time_zone: nullable(timeZone),
    currency: nullable(currency),
  }),
  response: { 200: detail, ...problems },
};

/** For administrators. What accounts may do (roles, deactivation) is identity's own. */
export const manageUsersRoutes =
  (ports: Readonly<{ readUsers: ReadUsers; updateProfile: UpdateProfileHandler }>): Routes =>
  async (app) => {
    const { readUsers, updateProfile } = ports;
    const config = { access: { roles: ['admin'] } } as const;
    app.addHook('onRequest', keepPrivate);

    const read = async (id: string) => {
      const { user: found, addresses } = await readUsers.detail(id);
      return {
        tag: tagOf(found.version),
        body: { ...toUserJson(found), addresses: addresses.map(toAddressJson) },
      };
    };

    app.get('/users', { config, schema: list }, async (request) => {
      const { limit = 20, cursor, q, role: wanted, status: standing } = request.query;
      const [createdAt, id] = cursor
        ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
        : [];
      const found = await readUsers.list({
        limit: limit + 1,
        ...(q === undefined ? {} : { text: q }),
        ...(wanted === undefined ? {} : { role: wanted }),
        ...(standing === undefined ? {} : { status: standing }),
        ...(createdAt && id ? { after: { createdAt: String(createdAt), id: String(id) } } : {}),
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const isMore = found.length > limit && last;
      return {
        items: items.map(toUserJson),
        next_cursor: isMore ? encodeCursor([last.created_at, last.id]) : null,
      };
    });
    app.get('/users/:id', { config, schema: show }, async (request, reply) => {
      const { tag, body } = await read(request.params.id);
      return reply.header('etag', tag).send(body);
    });
    app.put('/users/:id', { config, schema: change }, async (request, reply) => {
      const { id: accountId } = request.params;
      if (request.headers['if-match'] === undefined) throw httpError('precondition_missing');
      const checkVersion = versionCheck(request);
      const given = changeOf(request.body);
      const command = { accountId, change: given, ...(checkVersion ? { checkVersion } : {}) };
      if (!(await updateProfile(command, traceOf(request)))) throw usersError('user_not_found');
      const { tag, body } = await read(accountId);
      return reply.header('etag', tag).send(body);
    });
  };
