import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestPlaza } from '#shared/testing/test-plaza.ts';
import { assertGolden, toReadableJson } from './golden-file.ts';
import { startDocumentedPlaza } from './start-documented-plaza.ts';

type Operation = Readonly<{
  operationId?: string;
  'x-authz'?: Readonly<{ class: string; roles?: readonly string[]; scope?: string }>;
  responses?: Readonly<Record<string, Readonly<{ content?: object; description?: string }>>>;
}>;
type Document = Readonly<{
  openapi: string;
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}>;

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The routes of the API contract that exist today. A new one is added here with its code. */
const promised = `
  POST /api/v1/auth/register
  POST /api/v1/auth/verify-email
  POST /api/v1/auth/login
  POST /api/v1/auth/refresh
  POST /api/v1/auth/logout
  POST /api/v1/auth/logout-all
  GET /api/v1/auth/me
  GET /api/v1/auth/verify
  POST /api/v1/auth/validate-token
  PUT /api/v1/auth/profile
  PUT /api/v1/auth/change-password
  POST /api/v1/auth/forgot-password
  POST /api/v1/auth/reset-password
  GET /api/v1/auth/api-keys
  POST /api/v1/auth/api-keys
  DELETE /api/v1/auth/api-keys/{id}
  GET /api/v1/auth/oauth-clients
  POST /api/v1/auth/oauth-clients
  GET /api/v1/auth/oauth-clients/{id}
  PUT /api/v1/auth/oauth-clients/{id}
  DELETE /api/v1/auth/oauth-clients/{id}
  POST /api/v1/auth/oauth-clients/{id}/secret
  GET /api/v1/auth/consents
  PUT /api/v1/auth/consents/{client_id}
  DELETE /api/v1/auth/consents/{client_id}
  GET /.well-known/openid-configuration
  GET /oauth2/authorize
  POST /oauth2/token
  POST /oauth2/introspect
  POST /oauth2/revoke
  GET /oauth2/userinfo
  POST /api/v1/users/{id}/activate
  POST /api/v1/users/{id}/deactivate
  PUT /api/v1/users/{id}/roles
  POST /api/v1/users
  GET /api/v1/users
  GET /api/v1/users/{id}
  PUT /api/v1/users/{id}
  GET /api/v1/users/me
  PUT /api/v1/users/me
  POST /api/v1/users/me/avatar
  DELETE /api/v1/users/me/avatar
  GET /api/v1/users/me/addresses
  POST /api/v1/users/me/addresses
  PUT /api/v1/users/me/addresses/{id}
  DELETE /api/v1/users/me/addresses/{id}
  GET /api/v1/users/me/preferences
  PUT /api/v1/users/me/preferences
  GET /api/v1/users/me/export
  DELETE /api/v1/users/me
  DELETE /api/v1/users/{id}
  GET /.well-known/jwks.json
  GET /oauth2/jwks

  GET /api/v1/products
  GET /api/v1/products/{id}
  POST /api/v1/products
  PUT /api/v1/products/{id}
  PATCH /api/v1/products/{id}
  DELETE /api/v1/products/{id}
  POST /api/v1/products/{id}/activate
  POST /api/v1/products/{id}/deactivate
  POST /api/v1/products/{id}/stock/add
  POST /api/v1/products/{id}/stock/remove
  GET /api/v1/products/{id}/stock
  POST /api/v1/products/{id}/variants
  PUT /api/v1/products/{id}/variants/{variant_id}
  DELETE /api/v1/products/{id}/variants/{variant_id}
  POST /api/v1/products/{id}/images
  PUT /api/v1/products/{id}/images/{image_id}
  DELETE /api/v1/products/{id}/images/{image_id}
  GET /api/v1/categories
  POST /api/v1/categories
  PUT /api/v1/categories/{id}
  DELETE /api/v1/categories/{id}
  POST /api/v1/products/import
  GET /api/v1/products/import/{id}
  GET /api/v1/products/export

  POST /api/v1/cart/add
  GET /api/v1/cart
  PUT /api/v1/cart/{id}
  DELETE /api/v1/cart/{id}
  DELETE /api/v1/cart
  POST /api/v1/orders
  GET /api/v1/orders
  GET /api/v1/orders/{id}
  GET /api/v1/orders/{id}/history
  GET /api/v1/orders/{id}/contact
  GET /api/v1/orders/{id}/receipt
  POST /api/v1/orders/{id}/claim
  GET /api/v1/orders/claimable
  POST /api/v1/orders/track
  GET /api/v1/shipping-methods
  POST /api/v1/shipping-methods
  PUT /api/v1/shipping-methods/{id}
  DELETE /api/v1/shipping-methods/{id}
  GET /api/v1/shipping-options
  POST /api/v1/orders/{id}/cancel
  PUT /api/v1/orders/{id}/status

  POST /api/v1/payments
  GET /api/v1/payments
  GET /api/v1/payments/{id}
  POST /api/v1/payments/{id}/refunds
  PUT /api/v1/payments/{id}/status
  GET /api/v1/ledger/entries
  GET /api/v1/ledger/accounts
  GET /api/v1/ledger/verify
  POST /api/v1/mercadopago/create-preference
  POST /api/v1/webhook/mercadopago
  GET /api/v1/chargebacks
  GET /api/v1/chargebacks/{id}
  GET /api/v1/payments/alerts
  POST /api/v1/payments/alerts/{id}/resolve

  GET /health
  GET /health/live
  GET /health/ready
  GET /status
  GET /metrics
  GET /api/v1/admin/events
  GET /api/v1/admin/events/dead-letters
  POST /api/v1/admin/events/dead-letters/{id}/replay
  POST /api/v1/ws/ticket
  GET /ws
`
  .trim()
  .split(/\n\s*/);

const operationsOf = (document: Document): ReadonlyMap<string, Operation> =>
  new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.includes(method))
        .map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  );

/** What the document must say of one operation, as the faults found. */
const faultsOf = ({ operationId, responses = {}, ...rest }: Operation): readonly string[] => {
  const good = Object.entries(responses).filter(([status]) => /^(2\d\d|101)$/.test(status));
  // 204 and 101 have no body; their description is all that there is to say.
  const isDescribed = good.some(
    ([status, answer]) => status === '204' || status === '101' || answer.content,
  );
  const authz = rest['x-authz'];
  const hasAuthz = authz && (authz.class !== 'role' || (authz.roles?.length ?? 0) > 0);
  return [
    ...(operationId ? [] : ['has no operationId']),
    ...(hasAuthz ? [] : ['does not say who may call it']),
    ...(isDescribed ? [] : ['has no schema of a 2xx answer']),
    ...('default' in responses ? [] : ['does not say how it fails']),
  ];
};

describe('the OpenAPI document', () => {
  let plaza: TestPlaza;
  let document: Document;
  let operations: ReadonlyMap<string, Operation>;
  before(async () => {
    plaza = await startDocumentedPlaza();
    const answer = await plaza.app.inject('/openapi.json');
    assert.equal(answer.statusCode, 200);
    document = answer.json<Document>();
    operations = operationsOf(document);
  });
  after(() => plaza.stop());

  it('is the golden one', () => {
    assert.equal(document.openapi, '3.1.0');
    assertGolden('tests/golden/openapi.json', `${toReadableJson(document)}\n`);
  });

  it('says which routes an application or a key may call, and which are closed to them', () => {
    const lines = [...operations].map(
      ([name, operation]) => `${operation['x-authz']?.scope ?? 'closed'} ${name}`,
    );
    assert.ok(lines.length > 60, `only ${lines.length} operations found`);
    assert.ok(lines.some((line) => !line.startsWith('closed')));
    assertGolden('tests/golden/scopes-of-routes.txt', `${lines.toSorted().join('\n')}\n`);
  });

  it('has every promised route', () => {
    assert.ok(promised.length > 60, `only ${promised.length} routes: the list was not read`);
    assert.deepEqual(
      promised.filter((name) => !operations.has(name)),
      [],
    );
  });

  it('says of each operation its id, who may call it, what it answers and how it fails', () => {
    const faults = [...operations].flatMap(([name, operation]) =>
      faultsOf(operation).map((fault) => `${name} ${fault}`),
    );
    assert.deepEqual(faults, []);
  });

  it('sees an operation that says nothing', () => {
    assert.equal(faultsOf({}).length, 4);
    assert.equal(faultsOf({ 'x-authz': { class: 'role', roles: [] } }).length, 4);
  });

  it('gives no operationId twice', () => {
    const ids = [...operations.values()].flatMap(({ operationId }) => operationId ?? []);
    assert.ok(ids.length > 60, `only ${ids.length} ids found`);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    assert.deepEqual(twice, []);
  });

  it('is served with its reference and the pages of its errors', async () => {
    for (const url of ['/docs/', '/docs/errors/http.validation']) {
      const answer = await plaza.app.inject(url);
      assert.equal(answer.statusCode, 200, url);
    }
  });
});
