import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { problem, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { causeNames } from '../application/cause-names.ts';
import type { ChooseCauses } from '../application/commands/choose-causes.ts';
import { cause } from './causes.ts';

const tags = ['notifications'];

const preferences = Type.Object({
  items: Type.Array(
    Type.Object({
      cause,
      by_mail: Type.Boolean(),
      in_app: Type.Boolean(),
      is_fixed: Type.Boolean({ description: 'true: nobody can turn it off' }),
    }),
  ),
});

type Shown = Awaited<ReturnType<ChooseCauses['show']>>;

const toJson = (shown: Shown) => ({
  items: shown.map((choice) => ({
    cause: choice.cause,
    by_mail: choice.byMail,
    in_app: choice.inApp,
    is_fixed: choice.isFixed,
  })),
});

const show = {
  operationId: 'getNotificationPreferences',
  tags,
  summary: 'What I am told, and where',
  response: { 200: preferences, '4xx': problem },
};
const choose = {
  operationId: 'chooseNotifications',
  tags,
  summary: 'Choose what I am told, and where; causes that are not named stay as they are',
  body: strict({
    items: Type.Array(strict({ cause, by_mail: Type.Boolean(), in_app: Type.Boolean() }), {
      minItems: 1,
      maxItems: causeNames.length,
    }),
  }),
  response: { 200: preferences, '4xx': problem },
};

export const preferencesRoutes =
  (chooseCauses: ChooseCauses): Routes =>
  async (app) => {
    const config = { access: 'account' } as const;
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'private, no-store');
      done();
    });
    app.get('/notifications/preferences', { config, schema: show }, async (request) =>
      toJson(await chooseCauses.show(requirePrincipal(request).id)),
    );
    app.put('/notifications/preferences', { config, schema: choose }, async (request) => {
      const choices = request.body.items.map((item) => ({
        cause: item.cause,
        byMail: item.by_mail,
        inApp: item.in_app,
      }));
      return toJson(await chooseCauses.choose(requirePrincipal(request).id, choices));
    });
  };
