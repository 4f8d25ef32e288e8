import type { FastifyReply, FastifyRequest } from 'fastify';
import { requirePrincipal } from '#shared/http/principal.ts';
import type { Routes } from '#shared/http/server.ts';
import type {
  UpdateProfile,
  UpdateProfileHandler,
} from '../application/commands/update-profile.ts';
import { usersError } from '../application/errors.ts';
import type { ReadUsers } from '../application/queries/read-users.ts';

import {
  changeOf,
  keepPrivate,
  preferences,
  preferencesBody,
  problems,
  profileBody,
  tagOf,
  tags,
  toPreferencesJson,
  toUserJson,
  traceOf,
  user,
  versionCheck,
} from './schemas.ts';

const config = { access: 'account' } as const;
const answersUser = { 200: user, ...problems };
const answersPreferences = { 200: preferences, ...problems };

const show = {
  operationId: 'getMyProfile',
  tags,
  summary: 'Who Plaza knows me as',
  response: answersUser,
};
const change = {
  operationId: 'updateMyProfile',
  tags,
  summary: 'Change name, telephone and language; what is not given stays',
  body: profileBody,
  response: answersUser,
};
const showPreferences = {
  operationId: 'getMyPreferences',
  tags,
  summary: 'Language and region, which are apart, time zone and currency',
  response: answersPreferences,
};
const changePreferences = {
  operationId: 'updateMyPreferences',
  tags,
  summary: 'Change preferences; what is not given stays, null is no choice',
  body: preferencesBody,
  response: answersPreferences,
};

export const myProfileRoutes =
  (ports: Readonly<{ readUsers: ReadUsers; updateProfile: UpdateProfileHandler }>): Routes =>
  async (app) => {
    const { readUsers, updateProfile } = ports;
    app.addHook('onRequest', keepPrivate);

    const read = async (request: FastifyRequest, reply: FastifyReply) => {
      const view = await readUsers.me(requirePrincipal(request).id);
      reply.header('etag', tagOf(view.version));
      return view;
    };
    const update = async (
      request: FastifyRequest,
      reply: FastifyReply,
      given: UpdateProfile['change'],
    ) => {
      const { id: accountId } = requirePrincipal(request);
      const checkVersion = versionCheck(request);
      const command = { accountId, change: given, ...(checkVersion ? { checkVersion } : {}) };
      if (!(await updateProfile(command, traceOf(request))))
        throw usersError('profile_not_ready', { retryAfterSeconds: 1 });
      return read(request, reply);
    };

    app.get('/users/me', { config, schema: show }, async (request, reply) =>
      toUserJson(await read(request, reply)),
    );
    app.put('/users/me', { config, schema: change }, async (request, reply) =>
      toUserJson(await update(request, reply, changeOf(request.body))),
    );
    // The same under the address that sign-in forms know.
    const alias = { ...change, operationId: 'changeProfile' };
    app.put('/auth/profile', { config, schema: alias }, async (request, reply) =>
      toUserJson(await update(request, reply, changeOf(request.body))),
    );
    app.get('/users/me/preferences', { config, schema: showPreferences }, async (request, reply) =>
      toPreferencesJson(await read(request, reply)),
    );
    app.put(
      '/users/me/preferences',
      { config, schema: changePreferences },
      async (request, reply) =>
        toPreferencesJson(await update(request, reply, changeOf(request.body))),
    );
  };
