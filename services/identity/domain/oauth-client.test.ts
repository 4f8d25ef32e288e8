import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DomainError } from '#shared/kernel/errors.ts';
import { readClient, type ClientDetails } from './oauth-client.ts';

const web: ClientDetails = {
  name: ' Contabilidad ',
  applicationType: 'web',
  authMethod: 'client_secret_basic',
  grantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: ['https://app.example/cb'],
  scopes: ['orders:read', 'openid'],
  ownerId: null,
};
const service: ClientDetails = {
  ...web,
  grantTypes: ['client_credentials'],
  redirectUris: [],
  scopes: ['orders:read'],
  ownerId: 'somebody',
};

const pointersOf = (details: ClientDetails): readonly string[] => {
  try {
    readClient(details);
    return [];
  } catch (error) {
    const { code, details: said } = error as DomainError;
    assert.equal(code, 'identity.client_invalid');
    return said.errors!.map(({ pointer }) => pointer);
  }
};

describe('an application', () => {
  it('is stored with its scopes in the order of the list', () => {
    const client = readClient(web);
    assert.equal(client.name, 'Contabilidad');
    assert.deepEqual(client.scopes, ['openid', 'orders:read']);
    assert.deepEqual(pointersOf(service), []);
  });

  it('comes back only to addresses that nobody else can have', () => {
    const wrong = (uri: string, applicationType: 'web' | 'native' = 'web') =>
      pointersOf({ ...web, applicationType, redirectUris: [uri] }).length > 0;
    for (const uri of [
      'http://app.example/cb',
      'https://app.example/cb#here',
      'https://app.example/cb#',
      'https://ana:clave@app.example/cb',
      'https://*.example/cb',
      'javascript:alert(1)',
      'data:text/html,x',
      '/cb',
      'com.example.app:/cb',
    ])
      assert.ok(wrong(uri), uri);
    for (const uri of ['http://localhost:1234/cb', 'http://127.0.0.1/cb', 'http://[::1]:8/cb'])
      assert.ok(!wrong(uri), uri);
    assert.ok(!wrong('com.example.app:/cb', 'native'));
    for (const uri of ['myapp:/cb', 'javascript:alert(1)', 'file:///etc/passwd'])
      assert.ok(wrong(uri, 'native'), uri);
  });

  it('has the parts that its grants need, and no others', () => {
    const at = (pointer: string, details: ClientDetails) =>
      assert.ok(pointersOf(details).includes(pointer), pointer);
    at('#/redirect_uris', { ...web, redirectUris: [] });
    at('#/redirect_uris', { ...service, redirectUris: ['https://app.example/cb'] });
    at('#/grant_types', { ...service, grantTypes: ['client_credentials', 'refresh_token'] });
    at('#/grant_types', { ...web, grantTypes: ['refresh_token'] });
    at('#/token_endpoint_auth_method', { ...service, authMethod: 'none' });
    at('#/account_id', { ...service, ownerId: null });
    at('#/account_id', { ...web, ownerId: 'somebody' });
    at('#/scopes/0', { ...service, scopes: ['openid'] });
    at('#/scopes/1', { ...web, scopes: ['openid', 'everything'] });
  });
});
