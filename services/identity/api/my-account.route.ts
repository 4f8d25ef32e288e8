import { requirePrincipal } from '#shared/http/principal.ts';
import type { Routes } from '#shared/http/server.ts';
import type { MyAccountQuery } from '../application/queries/my-account.ts';
import { accountSummary, problems, tags } from './schemas.ts';

const schema = {
  operationId: 'getMyAccount',
  tags,
  summary: 'The signed-in account',
  response: { 200: accountSummary, ...problems },
};

export const myAccountRoute =
  (myAccount: MyAccountQuery): Routes =>
  async (app) => {
    app.get(
      '/auth/me',
      { config: { access: 'account', scope: 'account:read' }, schema },
      (request) => myAccount(requirePrincipal(request).id),
    );
  };
