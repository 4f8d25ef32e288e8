import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyExpiry, scopesOfKey } from './api-key.ts';

describe('a key', () => {
  it('has only scopes that its holder could use, and none about who signs in', () => {
    assert.deepEqual(scopesOfKey(['orders:read', 'products:read'], ['customer']), [
      'products:read',
      'orders:read',
    ]);
    assert.deepEqual(scopesOfKey(['stock:write'], ['customer', 'seller']), ['stock:write']);
    for (const [scopes, roles] of [
      [['orders:read', 'stock:write'], ['customer']],
      [['ledger:read'], ['seller']],
      [['openid'], ['admin']],
      [['offline_access'], ['admin']],
      [['everything'], ['admin']],
    ] as const)
      assert.throws(() => scopesOfKey(scopes, roles), {
        code: 'identity.key_scopes_refused',
        details: {
          errors: [
            {
              pointer: `#/scopes/${scopes.length - 1}`,
              code: 'not_allowed',
              detail: 'is not for this account to give',
            },
          ],
        },
      });
  });

  it('ends after 90 days, or as its holder says, and after a year at the latest', () => {
    const made = new Date('2030-01-01T00:00:00Z');
    assert.equal(keyExpiry(made).toISOString(), '2030-04-01T00:00:00.000Z');
    assert.equal(keyExpiry(made, 1).toISOString(), '2030-01-02T00:00:00.000Z');
    assert.equal(keyExpiry(made, 9_999).toISOString(), '2031-01-01T00:00:00.000Z');
  });
});
