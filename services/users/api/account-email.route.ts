import { Type } from 'typebox';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ReadUsers } from '../application/queries/read-users.ts';
import { problems, tags } from './schemas.ts';

const schema = {
  operationId: 'getAccountEmail',
  tags,
  summary: 'The e-mail of an account, and whether it is proven; for other contexts',
  hide: true,
  params: idParams,
  response: {
    200: Type.Object({ email: Type.String(), is_proven: Type.Boolean() }),
    ...problems,
  },
};

export const accountEmailRoute =
  (readUsers: Pick<ReadUsers, 'me'>): Routes =>
  async (app) => {
    const config = { access: 'service' } as const;
    app.get('/users/accounts/:id/email', { config, schema }, async (request) => {
      const { email, email_verified: isProven } = await readUsers.me(request.params.id);
      return { email, is_proven: isProven };
    });
  };
