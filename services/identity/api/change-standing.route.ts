import { Type } from 'typebox';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeStandingHandler } from '../application/commands/change-standing.ts';
import { accountSummary, circumstancesOf, problems, role, tags } from './schemas.ts';

const config = { access: { roles: ['admin'] }, isStepUp: true } as const;
const response = { 200: accountSummary, ...problems };
const noBody = Type.Union([strict({}), Type.Null()]);

const standings = [
  ['activate', 'activated', 'activateAccount', 'Let a deactivated account sign in again'],
  ['deactivate', 'deactivated', 'deactivateAccount', 'Keep an account out; ends its sessions'],
] as const;

const rolesSchema = {
  operationId: 'changeRoles',
  tags,
  summary: 'Set the roles of an account; a role taken away ends its sessions',
  params: idParams,
  body: strict({ roles: Type.Array(role, { minItems: 1, maxItems: 5, uniqueItems: true }) }),
  response,
};

export const changeStandingRoutes =
  (changeStanding: ChangeStandingHandler): Routes =>
  async (app) => {
    for (const [verb, to, operationId, summary] of standings) {
      const schema = { operationId, tags, summary, params: idParams, body: noBody, response };
      app.post(`/users/:id/${verb}`, { config, schema }, (request) =>
        changeStanding({ accountId: request.params.id, to }, circumstancesOf(request)),
      );
    }
    app.put('/users/:id/roles', { config, schema: rolesSchema }, (request) => {
      const { roles } = request.body;
      const command = { accountId: request.params.id, to: 'roles' as const, roles };
      return changeStanding(command, circumstancesOf(request));
    });
  };
