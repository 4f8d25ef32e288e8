import { Type } from 'typebox';
import { authError } from '#shared/http/errors.ts';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CheckTokenQuery } from '../application/queries/check-token.ts';
import type { CheckedToken } from '../application/ports.ts';
import { problems, tags } from './schemas.ts';

const claims = Type.Object({
  sub: uuid,
  iss: Type.String(),
  aud: Type.String(),
  roles: Type.Array(Type.String()),
  email_verified: Type.Boolean(),
  sid: Type.Optional(uuid),
  epoch: Type.Optional(Type.Integer()),
  auth_time: Type.Integer({ description: 'seconds; of the last full proof' }),
  amr: Type.Optional(
    Type.Array(Type.String(), { description: 'how the holder proved who they are' }),
  ),
  scope: Type.Optional(Type.String()),
  jti: Type.String(),
  iat: Type.Integer(),
  exp: Type.Integer(),
});
const toClaims = ({ amr, ...token }: CheckedToken) => ({
  ...token,
  roles: [...token.roles],
  ...(amr === undefined ? {} : { amr: [...amr] }),
});

const verifySchema = {
  operationId: 'verifyToken',
  tags,
  summary: 'Whether the access token of this request is good, its session too',
  response: { 200: Type.Object({ valid: Type.Literal(true), claims }), ...problems },
};

const validateSchema = {
  operationId: 'validateToken',
  tags,
  summary: 'Whether a given access token is good, its session too',
  body: strict({ token: Type.String({ minLength: 1, maxLength: 4_096 }) }),
  response: {
    200: Type.Object({ valid: Type.Boolean(), claims: Type.Optional(claims) }),
    ...problems,
  },
};

export const checkTokenRoutes =
  (checkToken: CheckTokenQuery): Routes =>
  async (app) => {
    app.get(
      '/auth/verify',
      { config: { access: 'account' }, schema: verifySchema },
      async (request) => {
        const token = request.headers.authorization?.replace(/^Bearer /i, '') ?? '';
        const checked = await checkToken(token);
        if (!checked) throw authError('invalid_token');
        return { valid: true as const, claims: toClaims(checked) };
      },
    );
    app.post(
      '/auth/validate-token',
      { config: { access: 'account' }, schema: validateSchema },
      async (request) => {
        const checked = await checkToken(request.body.token);
        return checked ? { valid: true, claims: toClaims(checked) } : { valid: false };
      },
    );
  };
