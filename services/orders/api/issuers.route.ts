import { Type } from 'typebox';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import { idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../application/commands/change-order-status.ts';
import type { KeepIssuer, StoredIssuer } from '../application/commands/keep-issuer.ts';

const tags = ['orders'];
const legalName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'what the law calls the seller',
  examples: ['Casa del Tinto S.A.S.'],
});
const country = Type.String({ pattern: '^[A-Z]{2}$', examples: ['CO'] });
const document = strict({
  type: Type.String({
    minLength: 1,
    maxLength: 10,
    description: 'one of the country’s form that `is_tax_number`',
    examples: ['NIT'],
  }),
  number: Type.String({ minLength: 1, maxLength: 40, examples: ['890.903.938-8'] }),
});
const body = strict({ legal_name: legalName, country, document });
const answer = Type.Object({
  seller_id: uuid,
  legal_name: Type.Union([legalName, Type.Null()]),
  country: Type.Union([country, Type.Null()]),
  document: Type.Union([document, Type.Null()]),
});

const toJson = (sellerId: string, issuer: StoredIssuer | undefined) => ({
  seller_id: sellerId,
  legal_name: issuer?.legalName ?? null,
  country: issuer?.country ?? null,
  document: issuer?.document ?? null,
});

const whoAsks = (request: FastifyRequest): Caller => {
  const principal = requirePrincipal(request);
  return {
    id: principal.id,
    isAdmin: hasRole(principal, 'admin'),
    isSeller: hasRole(principal, 'seller'),
  };
};

/** What a seller's receipts say of the seller, by the seller's id. */
export const issuersRoutes = (keepIssuer: KeepIssuer): Routes => {
  const access = { roles: ['seller', 'admin'] } as const;
  return async (app) => {
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'private, no-store');
      done();
    });
    app.get(
      '/issuers/:id',
      {
        config: { access, scope: 'orders:read' },
        schema: {
          operationId: 'getIssuer',
          summary: 'What the receipts of a seller say of the seller; null until it is said',
          tags,
          params: idParams,
          response: { 200: answer },
        },
      },
      async (request) => {
        const { id } = request.params;
        return toJson(id, await keepIssuer.show(id, whoAsks(request)));
      },
    );
    app.put(
      '/issuers/:id',
      {
        config: { access, scope: 'orders:write' },
        schema: {
          operationId: 'putIssuer',
          summary:
            'Says who a seller is for its receipts; those of earlier orders stay as they are',
          tags,
          params: idParams,
          body,
          response: { 200: answer },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { legal_name: name, ...rest } = request.body;
        const given = { legalName: name, ...rest };
        return toJson(id, await keepIssuer.say(id, given, whoAsks(request)));
      },
    );
  };
};
