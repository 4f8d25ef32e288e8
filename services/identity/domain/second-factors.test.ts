import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAdmin, evolve, openAccount, registerAccount, type Account } from './account.ts';
import {
  disableAllSecondFactors,
  disableSecondFactor,
  enableSecondFactor,
  isCounterRegressed,
  isEnrolmentDue,
  isFactorRequired,
  isSecondStepAsked,
  makeRecoveryCodes,
  methodsOf,
  passkeysMax,
  readPolicy,
  type FactorKind,
  type SecondFactorPolicy,
} from './second-factors.ts';

const facts = { now: '2026-01-02T03:04:05.000Z' };
const person = {
  id: 'a1',
  email: 'ana@example.com',
  username: 'ana',
  passwordHash: 'hash',
  fullName: null,
  phoneNumber: null,
  language: 'es',
} as const;
const ana = openAccount(registerAccount(person, facts));
const admin = openAccount(createAdmin(person, facts));
const optional: SecondFactorPolicy = { mode: 'optional', roles: [] };
const forAdmins: SecondFactorPolicy = { mode: 'required', roles: ['admin', 'support'] };
const having = (account: Account, ...kinds: readonly FactorKind[]): Account =>
  kinds.reduce(
    (before, kind, i) =>
      enableSecondFactor(before, { id: `f${i}`, kind }, facts).reduce(evolve, before),
    account,
  );
const factor = (id: string, kind: FactorKind) => ({ id, kind, addedAt: facts.now });

describe('second factors', () => {
  it('are required of named roles, each once, or of nobody', () => {
    const roles = ['admin', 'seller', 'admin'] as const;
    assert.deepEqual(readPolicy({ mode: 'required', roles }), {
      mode: 'required',
      roles: ['seller', 'admin'],
    });
    for (const mode of ['off', 'optional'] as const)
      assert.deepEqual(readPolicy({ mode, roles }), { mode, roles: [] });
    assert.throws(() => readPolicy({ mode: 'required', roles: [] }), {
      code: 'identity.policy_roles_missing',
    });
  });

  it('come with recovery codes, the first of them', () => {
    assert.deepEqual(enableSecondFactor(ana, { id: 'f0', kind: 'totp' }, facts), [
      { type: 'SecondFactorEnabled', factor: factor('f0', 'totp'), at: facts.now },
      { type: 'RecoveryCodesMade', at: facts.now },
    ]);
    const two = having(ana, 'totp', 'email');
    assert.deepEqual(two.secondFactors, [factor('f0', 'totp'), factor('f1', 'email')]);
    assert.equal(enableSecondFactor(two, { id: 'f2', kind: 'passkey' }, facts).length, 1);
  });

  it('are one app, one mailbox, and several passkeys', () => {
    for (const kind of ['totp', 'email'] as const)
      assert.throws(() => enableSecondFactor(having(ana, kind), { id: 'x', kind }, facts), {
        code: 'identity.factor_exists',
      });
    const many = having(ana, ...Array.from({ length: passkeysMax }, () => 'passkey' as const));
    assert.throws(() => enableSecondFactor(many, { id: 'x', kind: 'passkey' }, facts), {
      code: 'identity.too_many_passkeys',
    });
  });

  it('go one by one, and the last one not where one is required', () => {
    const two = having(admin, 'totp', 'passkey');
    const left = disableSecondFactor(two, { id: 'f0' }, { ...facts, policy: forAdmins }).reduce(
      evolve,
      two,
    );
    assert.deepEqual(left.secondFactors, [factor('f1', 'passkey')]);
    assert.throws(() => disableSecondFactor(left, { id: 'f1' }, { ...facts, policy: forAdmins }), {
      code: 'identity.factor_required',
    });
    assert.throws(() => disableSecondFactor(left, { id: 'f0' }, { ...facts, policy: optional }), {
      code: 'identity.factor_not_found',
    });
    const last = disableSecondFactor(left, { id: 'f1' }, { ...facts, policy: optional });
    assert.deepEqual(last.reduce(evolve, left).secondFactors, []);
  });

  it('go all at once when they are lost, and the sessions with them', () => {
    const two = having(ana, 'totp', 'passkey');
    const none = disableAllSecondFactors(two, facts).reduce(evolve, two);
    assert.deepEqual(none.secondFactors, []);
    assert.equal(none.sessionEpoch, two.sessionEpoch + 1);
    assert.deepEqual(disableAllSecondFactors(ana, facts), []);
  });

  it('have recovery codes only when there is something to recover', () => {
    assert.throws(() => makeRecoveryCodes(ana, facts), { code: 'identity.no_second_factor' });
    assert.equal(makeRecoveryCodes(having(ana, 'email'), facts).length, 1);
  });

  it('leave the sessions alive that were there', () => {
    assert.equal(having(ana, 'totp').sessionEpoch, ana.sessionEpoch);
  });
});

describe('what the operator says of second factors', () => {
  it('asks those who have one, unless they are off', () => {
    const off: SecondFactorPolicy = { mode: 'off', roles: [] };
    const withOne = having(ana, 'totp');
    const asked = [off, optional, forAdmins].map((policy) => isSecondStepAsked(policy, withOne));
    assert.deepEqual(asked, [false, true, true]);
    assert.equal(isSecondStepAsked(forAdmins, admin), false);
  });

  it('requires one of the roles that it names, and only while it is missing', () => {
    const due = (policy: SecondFactorPolicy, account: Account) => isEnrolmentDue(policy, account);
    assert.deepEqual(
      [due(optional, admin), due(forAdmins, ana), due(forAdmins, admin)],
      [false, false, true],
    );
    assert.equal(due(forAdmins, having(admin, 'email')), false);
    assert.equal(isFactorRequired(forAdmins, having(admin, 'email')), true);
  });

  it('offers each way once, the strongest first', () => {
    assert.deepEqual(methodsOf(having(ana, 'email', 'passkey', 'totp', 'passkey')), [
      'passkey',
      'totp',
      'email',
      'recovery_code',
    ]);
  });
});

describe('the counter of a passkey', () => {
  it('grows, or is always zero', () => {
    for (const [known, given, isRegressed] of [
      [0, 0, false],
      [0, 1, false],
      [4, 5, false],
      [5, 5, true],
      [5, 4, true],
      [5, 0, true],
    ] as const)
      assert.equal(isCounterRegressed(known, given), isRegressed, `${known} then ${given}`);
  });
});
