import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  activateAccount,
  changePassword,
  changeRoles,
  createAdmin,
  deactivateAccount,
  endSessions,
  evolve,
  needsAnotherAdmin,
  openAccount,
  registerAccount,
  verifyEmail,
  type AccountEvent,
} from './account.ts';

const facts = { now: '2026-01-02T03:04:05.000Z' };
const person = {
  id: 'a1',
  email: 'ana@example.com',
  username: 'ana',
  passwordHash: 'hash',
  fullName: 'Ana Restrepo',
  phoneNumber: null,
  language: 'es',
} as const;
const ana = openAccount(registerAccount(person, facts));
const admin = openAccount(createAdmin(person, facts));
const after = (account: typeof ana, events: readonly AccountEvent[]) =>
  events.reduce(evolve, account);

describe('an account', () => {
  it('opens as a customer whose address is not proven', () => {
    assert.partialDeepStrictEqual(ana, {
      status: 'pending',
      emailVerifiedAt: null,
      roles: ['customer'],
      version: 1,
    });
  });

  it('is active once its address is proven, and proving it again says nothing', () => {
    const proven = after(ana, verifyEmail(ana, facts));
    assert.partialDeepStrictEqual(proven, { status: 'active', emailVerifiedAt: facts.now });
    assert.deepEqual(verifyEmail(proven, facts), []);
  });

  it('of the operator is an active administrator at once', () => {
    assert.partialDeepStrictEqual(admin, {
      status: 'active',
      roles: ['customer', 'admin'],
      version: 2,
    });
  });

  for (const [what, events] of [
    ['a new password', changePassword(admin, { passwordHash: 'h2' }, facts)],
    ['deactivation', deactivateAccount(admin, facts)],
    ['a role taken away', changeRoles(admin, { roles: ['customer'], by: 'other' }, facts)],
    ['signing out everywhere', endSessions(admin, facts)],
  ] as const) {
    it(`loses its sessions by ${what}`, () => {
      assert.equal(after(admin, events).sessionEpoch, admin.sessionEpoch + 1);
    });
  }

  it('keeps its sessions when a role is granted', () => {
    const granted = changeRoles(ana, { roles: ['customer', 'seller'], by: 'other' }, facts);
    assert.equal(after(ana, granted).sessionEpoch, ana.sessionEpoch);
  });

  it('comes back to what it was when activated again', () => {
    const gone = after(ana, deactivateAccount(ana, facts));
    assert.equal(after(gone, activateAccount(gone, facts)).status, 'pending');
    assert.deepEqual(activateAccount(ana, facts), []);
    assert.deepEqual(deactivateAccount(gone, facts), []);
  });

  it('says nothing when nothing changes', () => {
    assert.deepEqual(changeRoles(ana, { roles: ['customer'], by: 'other' }, facts), []);
  });
});

describe('roles', () => {
  it('cannot be raised by their own holder, but given back', () => {
    assert.throws(() => changeRoles(ana, { roles: ['customer', 'admin'], by: ana.id }, facts), {
      code: 'identity.own_role_raised',
    });
    const [event] = changeRoles(admin, { roles: ['customer'], by: admin.id }, facts);
    assert.partialDeepStrictEqual(event, { type: 'RoleRevoked', role: 'admin' });
  });

  it('need another administrator exactly when one goes', () => {
    const demoted = changeRoles(admin, { roles: ['customer'], by: 'other' }, facts);
    assert.equal(needsAnotherAdmin(admin, demoted), true);
    assert.equal(needsAnotherAdmin(admin, deactivateAccount(admin, facts)), true);
    assert.equal(needsAnotherAdmin(admin, changePassword(admin, person, facts)), false);
    assert.equal(needsAnotherAdmin(ana, deactivateAccount(ana, facts)), false);
  });
});
