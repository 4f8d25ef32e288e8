import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rewriteUrl, rewriteUrlBesidePages } from './rewrite-url.ts';

describe('rewriteUrl', () => {
  for (const [from, to] of [
    ['/api/v1/products?limit=1', '/api/v1/products?limit=1'],
    ['/api/products?limit=1', '/api/v1/products?limit=1'],
    ['/products', '/api/v1/products'],
    ['/orders/1/history', '/api/v1/orders/1/history'],
    ['/cart/add', '/api/v1/cart/add'],
    ['/api/ledger/verify', '/api/v1/ledger/verify'],
    ['/productsx', '/productsx'],
    ['/health', '/health'],
    ['/api/v2/products', '/api/v2/products'],
    ['/docs/errors/orders.not_found', '/docs/errors/orders.not_found'],
    ['/', '/'],
  ] as const) {
    it(`${from} is ${to}`, () => assert.equal(rewriteUrl(from), to));
  }
});

describe('rewriteUrlBesidePages', () => {
  for (const [from, to] of [
    ['/admin', '/admin'],
    ['/instalar/abc', '/web/instalar/abc'],
    ['/setup/abc?x=1', '/web/setup/abc?x=1'],
    ['/instalar', '/instalar'],
    ['/products', '/api/v1/products'],
  ] as const) {
    it(`${from} is ${to} to a browser, and what it always was to programs`, () => {
      assert.equal(rewriteUrlBesidePages(from, 'text/html,*/*'), to);
      assert.equal(rewriteUrlBesidePages(from, '*/*'), rewriteUrl(from));
    });
  }
});
