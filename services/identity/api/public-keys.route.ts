import { Type } from 'typebox';
import type { Routes } from '#shared/http/server.ts';
import { tags } from './schemas.ts';

const key = Type.Object({
  kty: Type.String(),
  crv: Type.String(),
  x: Type.String(),
  kid: Type.String(),
  alg: Type.String(),
  use: Type.String(),
});

const schemaOf = (operationId: string) => ({
  operationId,
  tags,
  summary: 'The public keys of access tokens (JWK set, RFC 7517)',
  response: {
    200: Type.Object({
      keys: Type.Array(key),
      issuer: Type.String({ description: 'of the tokens that applications get' }),
    }),
  },
});

type KeySet = Readonly<{ keys: readonly object[]; issuer: string }>;

/** The next key is in the set long before it signs, so a verifier may keep it a while. */
export const publicKeysRoute =
  (publicKeys: () => Promise<KeySet>): Routes =>
  async (app) => {
    for (const [url, operationId] of [
      ['/.well-known/jwks.json', 'getJwks'],
      ['/oauth2/jwks', 'getOauth2Jwks'],
    ] as const) {
      app.get(
        url,
        { config: { access: 'public' }, schema: schemaOf(operationId) },
        async (_request, reply) => {
          reply.header('cache-control', 'public, max-age=300');
          return (await publicKeys()) as { keys: never[]; issuer: string };
        },
      );
    }
  };
