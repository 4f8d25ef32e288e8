import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DomainError } from '../kernel/errors.ts';
import { authError } from './errors.ts';
import { toChallenge } from './problem-details.ts';
import { checkAccess, stepUpSeconds, type Principal } from './principal.ts';

const now = 1_800_000_000;
const person: Principal = {
  id: 'one',
  roles: ['customer'],
  isEmailVerified: true,
  expiresAt: now + 600,
  authenticatedAt: now - 5,
};
const refused = (code: string, ...given: Parameters<typeof checkAccess>): void =>
  assert.throws(() => checkAccess(...given), { code });

describe('who may pass', () => {
  it('is asked for an account, a proven address, or a role', () => {
    checkAccess({}, null, now);
    refused('auth.required', { access: 'account' }, null, now);
    checkAccess({ access: 'account' }, { ...person, isEmailVerified: false }, now);
    refused(
      'auth.email_not_verified',
      { access: 'verified' },
      { ...person, isEmailVerified: false },
      now,
    );
    refused('auth.insufficient_role', { access: { roles: ['admin'] } }, person, now);
    checkAccess({ access: { roles: ['admin', 'customer'] } }, person, now);
  });

  it('with a scoped token only where the route names a scope that it has', () => {
    const application = { ...person, scopes: ['orders:read'] };
    checkAccess({ access: 'account', scope: 'orders:read' }, application, now);
    refused(
      'auth.insufficient_scope',
      { access: 'account', scope: 'orders:write' },
      application,
      now,
    );
    refused('auth.insufficient_scope', { access: 'account' }, application, now);
    refused('auth.insufficient_scope', { access: 'public' }, application, now);
    refused('auth.insufficient_scope', { access: 'account' }, { ...person, scopes: [] }, now);
    checkAccess({ access: 'account', scope: 'orders:write' }, person, now);
  });

  it('where another process answers, which asks for itself', () => {
    const application = { ...person, scopes: ['orders:read'] };
    checkAccess({ access: 'public', isPassedOn: true }, application, now);
    refused('auth.insufficient_scope', { access: 'public' }, application, now);
  });

  it('or is told how to do better', () => {
    const challengeOf = (...given: Parameters<typeof checkAccess>): string | undefined => {
      try {
        checkAccess(...given);
        return 'nothing thrown';
      } catch (error) {
        return toChallenge(error as DomainError);
      }
    };
    const application = { ...person, scopes: ['orders:read'] };
    assert.equal(challengeOf({ access: 'account' }, null, now), 'Bearer');
    assert.equal(toChallenge(authError('invalid_token')), 'Bearer error="invalid_token"');
    assert.equal(
      challengeOf({ access: 'account', scope: 'orders:write' }, application, now),
      'Bearer error="insufficient_scope", scope="orders:write"',
    );
    assert.equal(
      challengeOf({ access: 'account' }, application, now),
      'Bearer error="insufficient_scope"',
    );
    assert.equal(
      challengeOf({ isStepUp: true }, { ...person, authenticatedAt: 0 }, now),
      'Bearer error="insufficient_user_authentication", max_age="600"',
    );
    assert.equal(challengeOf({ access: { roles: ['admin'] } }, person, now), undefined);
  });

  it('where a thief would hurt, only lately proven', () => {
    const route = { access: 'account', isStepUp: true } as const;
    checkAccess(route, { ...person, authenticatedAt: now - stepUpSeconds }, now);
    const late = { ...person, authenticatedAt: now - stepUpSeconds - 1 };
    refused('auth.step_up_required', route, late, now);
    checkAccess({ access: 'account' }, late, now);
    const { authenticatedAt: _, ...never } = person;
    refused('auth.step_up_required', route, never, now);
  });

  it("by a tool of the operator's, which has nobody to ask, and not by one with a scope", () => {
    const route = { access: 'account', scope: 'orders:read', isStepUp: true } as const;
    const tool = { ...person, roles: ['service', 'admin'], authenticatedAt: now - 3_600 } as const;
    checkAccess(route, tool, now);
    refused('auth.step_up_required', route, { ...tool, scopes: ['orders:read'] }, now);
    refused('auth.step_up_required', route, { ...tool, roles: ['admin'] }, now);
  });
});
