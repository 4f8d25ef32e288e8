import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance, FastifyPluginAsync, FastifySchema } from 'fastify';
import { problem } from '#shared/http/schemas.ts';
import type { Access } from '#shared/http/principal.ts';
import { docsRoutes } from './docs.route.ts';
import { createMergedDocument } from './merged-documents.ts';
import { referenceLook } from './reference-look.ts';
import type { Upstreams } from './upstreams.ts';

const description =
  'Plaza: sell products and hire professionals. Money is a decimal string beside its currency, ' +
  'errors are RFC 9457 problem details, lists are keyset pages.';

const classOf = (access: Access): object => {
  if (typeof access === 'string') return { class: access };
  return 'roles' in access
    ? { class: 'role', roles: access.roles }
    : { class: access.account, or_header: access.orHeader };
};

/** The header that may stand for an account, and what it is in the document. */
const guestSchemes = { 'x-cart-token': 'cart', 'x-order-token': 'order' } as const;

const securityOf = (access: Access): readonly Readonly<Record<string, readonly string[]>>[] => [
  { bearer: [] },
  ...(typeof access === 'object' && 'orHeader' in access
    ? [{ [guestSchemes[access.orHeader]]: [] }]
    : []),
];

/** Who may call an operation, in the document that clients and tests read. */
const toAuthz = (
  access: Access,
  { scope, isStepUp = false }: Readonly<{ scope?: string; isStepUp?: boolean }>,
) => ({
  ...classOf(access),
  ...(scope === undefined ? {} : { scope }),
  ...(isStepUp ? { step_up: true } : {}),
});

type Operation = FastifySchema & Record<string, unknown>;

/** The OpenAPI 3.1 document of every route that is added after this. */
export const useOpenApi = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Plaza', version, description, license: { name: 'MIT' } },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cart: { type: 'apiKey', in: 'header', name: 'X-Cart-Token' },
          order: { type: 'apiKey', in: 'header', name: 'X-Order-Token' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const access = route.config?.access ?? 'public';
      const operation = { ...schema } as Operation;
      operation['x-authz'] = toAuthz(access, route.config ?? {});
      if (access !== 'public') operation['security'] = securityOf(access);
      const { response = { 200: { type: 'null', description: 'Done' } } } = operation as {
        response?: object;
      };
      operation['response'] = {
        ...response,
        default: {
          content: { 'application/problem+json': { schema: problem } },
          description: 'A problem',
        },
      };
      return { schema: operation, url };
    },
  });
};

/** `/openapi.json`, the API reference, and the pages for developers. */
export const documentRoutes =
  (upstreams: Upstreams): FastifyPluginAsync =>
  async (app) => {
    const config = { access: 'public' } as const;
    const hide = { schema: { hide: true } };
    let own: string | undefined;
    const merged = createMergedDocument(upstreams, () => app.swagger());

    app.get('/openapi.json', { config, ...hide }, async (_, reply) => {
      const document =
        upstreams.size > 0 ? await merged() : (own ??= JSON.stringify(app.swagger()));
      return reply.type('application/json; charset=utf-8').send(document);
    });

    await app.register(docsRoutes);

    await app.register(async (scope) => {
      // The reference's own routes come from a library: it cannot say who may call them.
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'public' };
        route.schema = { ...route.schema, hide: true };
      });
      await scope.register(scalar, {
        routePrefix: '/docs/api',
        configuration: {
          url: '/openapi.json',
          pageTitle: 'Plaza API',
          theme: 'none',
          customCss: referenceLook,
          // Nothing of it may leave the machine or ask for anything from outside.
          withDefaultFonts: false,
          telemetry: false,
          showDeveloperTools: 'never',
          hideClientButton: true,
          agent: { disabled: true },
          mcp: { disabled: true },
          proxyUrl: '',
        },
      });
    });
  };
