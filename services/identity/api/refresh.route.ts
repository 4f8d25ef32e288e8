import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { RefreshHandler } from '../application/commands/refresh.ts';
import { opaqueToken, problems, tags, tokens, toTokens } from './schemas.ts';

const schema = {
  operationId: 'refresh',
  tags,
  summary: 'Trade a refresh token for new tokens; it works once',
  body: strict({ refresh_token: opaqueToken }),
  response: { 200: tokens, ...problems },
};

/** Public: whoever refreshes has, as a rule, no access token that is still good. */
export const refreshRoute =
  (refresh: RefreshHandler): Routes =>
  async (app) => {
    app.post('/auth/refresh', { config: { access: 'public' }, schema }, async (request) =>
      toTokens(await refresh({ refreshToken: request.body.refresh_token })),
    );
  };
