import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '#shared/testing/many-cases.ts';
import {
  basisPointsOf,
  disputeHold,
  divide,
  faultOfParts,
  isDue,
  resolutionEntry,
  resolveHold,
  type Actor,
  type Escrow,
  type Wish,
} from './escrow.ts';

const hold: Escrow = {
  id: 'h1',
  jobId: 'j1',
  partId: 'labour',
  name: 'Mano de obra',
  buyerId: 'buyer',
  payeeId: 'payee',
  paymentId: 'p1',
  amountMinor: 1_000n,
  currency: 'COP',
  commissionMinor: 100n,
  commissionTaxMinor: 19n,
  taxJurisdiction: 'CO',
  releaseRule: { kind: 'on_acceptance' },
  status: 'held',
  releaseAt: null,
  isFrozen: false,
  dispute: null,
  decision: null,
  resolution: null,
  heldAt: '2026-01-01T00:00:00.000Z',
  version: 1,
};
const buyer: Actor = { as: 'buyer', id: 'buyer' };
const payee: Actor = { as: 'payee', id: 'payee' };
const admin: Actor = { as: 'admin', id: 'admin' };
const support: Actor = { as: 'support', id: 'support' };
const deadline: Actor = { as: 'deadline', id: null };
const release: Wish = { kind: 'released', refundMinor: 0n, reason: 'Terminado' };
const refund: Wish = { kind: 'refunded', refundMinor: 1_000n, reason: 'No vino' };
const split: Wish = { kind: 'split', refundMinor: 400n, reason: 'La mitad' };
const facts = {
  resolutionId: 'r1',
  refundId: 'f1',
  limitMinor: 10_000n,
  refundableMinor: 1_000_000n,
};
const disputed: Escrow = { ...hold, status: 'disputed' };
const resolve = (of: Escrow, actor: Actor, wish: Wish, limitMinor = facts.limitMinor) =>
  resolveHold(of, actor, wish, { ...facts, limitMinor });

describe('what becomes of a hold', () => {
  it('is all of it, whatever goes back, and the commission follows', () => {
    manyCases((draw) => {
      const amountMinor = draw.bigint(1n, 10_000_000_000_000n);
      const refundMinor = draw.bigint(0n, amountMinor);
      const commissionMinor = draw.bigint(0n, amountMinor);
      const more = draw.bigint(0n, amountMinor);
      const rest = amountMinor - commissionMinor;
      const commissionTaxMinor = more < rest ? more : rest;
      const frozen = { amountMinor, commissionMinor, commissionTaxMinor };
      const parts = divide(frozen, refundMinor);
      const charged = parts.commissionMinor + parts.taxMinor;
      assert.equal(parts.netMinor + parts.refundedMinor + charged, amountMinor);
      assert.ok(parts.netMinor >= 0n && parts.commissionMinor >= 0n && parts.taxMinor >= 0n);
      assert.ok(parts.commissionMinor <= commissionMinor && parts.taxMinor <= commissionTaxMinor);
      if (refundMinor === amountMinor) assert.equal(charged, 0n);
      if (refundMinor === 0n)
        assert.deepEqual(
          [parts.commissionMinor, parts.taxMinor],
          [commissionMinor, commissionTaxMinor],
        );
    });
  });

  it('goes back as far as a bank has left it; the rest covers what is owed, free of commission', () => {
    const given = (wish: Wish, refundableMinor: bigint, of = hold) =>
      resolveHold(of, admin, wish, { ...facts, refundableMinor });
    for (const [refundableMinor, kind] of [
      [1_000n, 'refunded'],
      [999n, 'split'],
      [400n, 'split'],
      [0n, 'released'],
    ] as const) {
      const verdict = given(refund, refundableMinor);
      assert.equal(verdict.is, 'resolved');
      assert.partialDeepStrictEqual(verdict.resolution, {
        kind,
        refundedMinor: refundableMinor,
        netMinor: 1_000n - refundableMinor,
        commissionMinor: 0n,
        taxMinor: 0n,
        refundId: refundableMinor === 0n ? null : 'f1',
      });
    }
    assert.throws(() => given(split, 399n, disputed), { code: 'payments.refund_too_large' });
    assert.equal(given(split, 400n, disputed).is, 'resolved');
  });

  it('is booked in balance, whatever is owed, which is paid back first', () => {
    manyCases((draw) => {
      const refundMinor = draw.bigint(0n, 1_000n);
      const owedMinor = draw.bigint(0n, 2_000n);
      const kind = refundMinor === 0n ? 'released' : refundMinor === 1_000n ? 'refunded' : 'split';
      const verdict = resolve(disputed, admin, { kind, refundMinor, reason: 'x' });
      assert.equal(verdict.is, 'resolved');
      const { lines } = resolutionEntry(disputed, verdict.resolution, owedMinor, 'e1');
      const of = (account: string): bigint =>
        lines.find((line) => line.account === account)?.amountMinor ?? 0n;
      const { netMinor } = verdict.resolution;
      assert.equal(of('escrow:h1'), 1_000n);
      assert.equal(of('seller:payee:owing'), owedMinor < netMinor ? owedMinor : netMinor);
      assert.equal(of('seller:payee:owing') + of('seller:payee:available'), netMinor);
      assert.equal(of('buyer:buyer'), refundMinor);
    });
  });

  for (const [who, of, actor, wish, code] of [
    ['the buyer takes it back', hold, buyer, refund, 'escrow_not_yours'],
    ['the buyer accepts what is disputed', disputed, buyer, release, 'escrow_disputed'],
    ['the payee takes it', hold, payee, release, 'escrow_not_yours'],
    ['the payee takes what is disputed', disputed, payee, release, 'escrow_not_yours'],
    ['the rule releases what is disputed', disputed, deadline, release, 'escrow_disputed'],
    ['staff split what nobody disputes', hold, admin, split, 'escrow_not_disputed'],
    ['staff give no reason', hold, admin, { ...release, reason: null }, 'escrow_reason_missing'],
    ['staff are the payee', hold, { ...admin, id: 'payee' }, release, 'escrow_not_yours'],
    ['staff are the buyer', hold, { ...support, id: 'buyer' }, refund, 'escrow_not_yours'],
    ['a chargeback freezes it', { ...hold, isFrozen: true }, buyer, release, 'escrow_frozen'],
    ['it was released', { ...hold, status: 'released' }, buyer, release, 'escrow_ended'],
    ['it was refunded', { ...hold, status: 'refunded' }, admin, release, 'escrow_ended'],
    ['it was split', { ...hold, status: 'split' }, payee, refund, 'escrow_ended'],
  ] as const satisfies readonly (readonly [string, Escrow, Actor, Wish, string])[]) {
    it(`is not decided when ${who}`, () => {
      assert.throws(() => resolve(of, actor, wish), { code: `payments.${code}` });
    });
  }

  for (const [who, of, actor, wish] of [
    ['the buyer accepts', hold, buyer, release],
    ['the payee gives back', hold, payee, refund],
    ['the payee gives in', disputed, payee, refund],
    ['its rule says so', hold, deadline, release],
    ['support says so', hold, support, release],
    ['support splits a dispute', disputed, support, split],
  ] as const) {
    it(`is decided when ${who}`, () => {
      const verdict = resolve(of, actor, wish);
      assert.equal(verdict.is, 'resolved');
      assert.partialDeepStrictEqual(verdict.resolution, {
        kind: wish.kind,
        decidedAs: actor.as,
        decidedBy: actor.id,
        refundId: wish.refundMinor > 0n ? 'f1' : null,
      });
    });
  }

  describe('when it is more than one of the staff decides', () => {
    const first = { ...split, decidedBy: 'admin', decidedAt: '2026-01-01T00:00:00.000Z' };
    const decided: Escrow = { ...disputed, decision: { ...first, reason: 'La mitad' } };
    const limit = 999n;

    it('waits for another administrator', () => {
      assert.equal(resolve(disputed, admin, split, limit).is, 'to_be_confirmed');
      assert.equal(resolve(disputed, admin, split, 1_000n).is, 'resolved');
      assert.throws(() => resolve(decided, admin, split, limit), {
        code: 'payments.escrow_needs_another_admin',
      });
      const verdict = resolve(decided, { ...admin, id: 'other' }, split, limit);
      assert.equal(verdict.is, 'resolved');
      assert.partialDeepStrictEqual(verdict.resolution, {
        decidedBy: 'admin',
        confirmedBy: 'other',
      });
    });
    it('waits again when the other decides otherwise', () => {
      const other: Wish = { ...split, refundMinor: 401n };
      assert.equal(resolve(decided, { ...admin, id: 'other' }, other, limit).is, 'to_be_confirmed');
    });
    it('is not for support', () => {
      assert.throws(() => resolve(decided, support, split, limit), {
        code: 'payments.escrow_needs_admins',
      });
    });
    it('is still for the parties alone', () => {
      assert.equal(resolve(hold, buyer, release, limit).is, 'resolved');
    });
  });
});

describe('a dispute', () => {
  it('is for the parties, of what is held', () => {
    assert.equal(disputeHold(hold, buyer), 'buyer');
    assert.equal(disputeHold(hold, payee), 'payee');
    assert.throws(() => disputeHold(hold, admin), { code: 'payments.escrow_not_yours' });
    assert.throws(() => disputeHold(disputed, buyer), { code: 'payments.escrow_disputed' });
    assert.throws(() => disputeHold({ ...hold, status: 'split' }, buyer), {
      code: 'payments.escrow_ended',
    });
  });
});

describe('the rule of a hold', () => {
  const due: Escrow = { ...hold, releaseAt: '2026-01-08T00:00:00.000Z' };
  const at = new Date('2026-01-08T00:00:00Z');
  it('releases it when it is due and nothing holds it back', () => {
    assert.ok(isDue(due, at));
    assert.ok(!isDue(due, new Date(at.getTime() - 1)));
    assert.ok(!isDue({ ...due, status: 'disputed' }, at));
    assert.ok(!isDue({ ...due, isFrozen: true }, at));
    assert.ok(!isDue({ ...due, status: 'released' }, at));
    assert.ok(!isDue(hold, at));
  });
});

describe('the parts of a contract', () => {
  const part = (partId: string, releaseRule: Escrow['releaseRule'], amountMinor = 1n) => ({
    partId,
    amountMinor,
    releaseRule,
  });
  const accepted = { kind: 'on_acceptance' } as const;
  const warranty = (afterPartId: string, days = 30) =>
    ({ kind: 'after_warranty_days', days, afterPartId }) as const;

  it('are held each by its own rule', () => {
    const parts = [part('a', accepted), part('b', warranty('a'))];
    assert.equal(faultOfParts(parts), undefined);
  });
  for (const [why, parts] of [
    ['there are none', []],
    ['there are too many', Array.from({ length: 21 }, (_, i) => part(`p${i}`, accepted))],
    ['two have one id', [part('a', accepted), part('a', accepted)]],
    ['one holds nothing', [part('a', accepted, 0n)]],
    ['one has a wrong id', [part('a b', accepted)]],
    ['one waits for no days', [part('a', { kind: 'auto_after_days', days: 0 })]],
    ['one waits for what is not there', [part('a', warranty('b'))]],
    ['two wait for each other', [part('a', warranty('b')), part('b', warranty('a'))]],
  ] as const) {
    it(`are refused when ${why}`, () => assert.ok(faultOfParts(parts)));
  }
});

it('basis points are rounded half up', () => {
  assert.deepEqual(
    [basisPointsOf(50n, 100), basisPointsOf(49n, 100), basisPointsOf(10n, 10_000)],
    [1n, 0n, 10n],
  );
});
