import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { manyCases, type Draw } from '#shared/testing/many-cases.ts';
import { fitsWire } from './provider-amounts.ts';
import {
  advance,
  chargeStatuses,
  isOver,
  mayStillBePaid,
  nextPollAt,
  recordCharge,
  releaseParts,
  wasPaid,
  type ChargeStatus,
  type Expected,
  type ObservedCharge,
  type ProviderCharge,
} from './provider-charge.ts';

const at = '2026-01-02T03:04:05.000Z';
const made = { id: 'c-new', provider: 'mercadopago', paymentId: 'p', at };
const expected: Expected = {
  amount: money(100_00n, 'COP'),
  collector: 'us',
  isLive: true,
  isOpen: true,
};
const observe = (change: Partial<ObservedCharge> = {}): ObservedCharge => ({
  reference: '1',
  externalReference: 'p',
  amount: money(100_00n, 'COP'),
  status: 'approved',
  rawStatus: 'approved',
  rawDetail: 'accredited',
  reason: null,
  isDisputed: false,
  chargeback: null,
  refundedMinor: 0n,
  feeMinor: null,
  collector: 'us',
  isLive: true,
  groupReference: null,
  ...change,
});

/** Histories that a charge can have at a provider, each state told once. */
const histories: readonly (readonly ChargeStatus[])[] = [
  ['pending', 'in_process', 'authorized', 'approved', 'refunded'],
  ['pending', 'in_process', 'approved', 'charged_back'],
  ['pending', 'approved', 'refunded'],
  ['in_process', 'rejected'],
  ['pending', 'in_process', 'cancelled'],
  ['authorized', 'cancelled'],
];
/** A charge is told of for ever: what was told may come again, later and in any order. */
const toldOf = (draw: Draw, history: readonly ChargeStatus[]): readonly ChargeStatus[] => {
  const told = [...history, ...draw.list(0, 12, () => draw.of(history))];
  for (let i = told.length - 1; i > 0; i--) {
    const j = draw.below(i + 1);
    [told[i], told[j]] = [told[j]!, told[i]!];
  }
  return told;
};

describe('advance', () => {
  it('ends where the provider ended, in whatever order and however often it is told', () => {
    manyCases((draw) => {
      const history = draw.of(histories);
      assert.equal(toldOf(draw, history).reduce(advance), history.at(-1));
    });
  });

  it('never moves back: who has been paid stays paid, and an end is an end', () => {
    manyCases((draw) => {
      const [first, ...rest] = draw.list(1, 20, () => draw.of(chargeStatuses));
      let status = first!;
      const passed = new Set<ChargeStatus>([status]);
      for (const one of rest) {
        const next = advance(status, one);
        if (next === status) continue;
        assert.ok(!isOver(status) && !passed.has(next), `${status} to ${next}`);
        if (wasPaid(status)) assert.ok(wasPaid(next));
        passed.add(next);
        status = next;
      }
    });
  });
});

describe('recordCharge', () => {
  const decide = (
    observed: ObservedCharge,
    known: readonly ProviderCharge[] = [],
    change: Partial<Expected> = {},
  ) => recordCharge(known, observed, { ...expected, ...change }, made);
  const rolesOf = (charges: readonly ProviderCharge[]) =>
    charges.map(({ reference, role }) => `${reference}:${role}`).toSorted();

  it('captures the first approved charge of the whole amount', () => {
    const { charges, captured, surplus, alerts } = decide(observe());
    assert.deepEqual(rolesOf(charges), ['1:captured']);
    assert.deepEqual([captured.length, surplus.length, alerts], [1, 0, []]);
  });

  for (const [why, change, role, alert] of [
    ['another collector has it', { collector: 'somebody' }, 'not_ours', 'collector_mismatch'],
    ['no collector is told', { collector: null }, 'not_ours', 'collector_mismatch'],
    ['it is a test', { isLive: false }, 'not_ours', 'live_mode_mismatch'],
    ['the currency is another', { amount: money(100_00n, 'ARS') }, 'surplus', 'currency_mismatch'],
    ['it is too much', { amount: money(100_01n, 'COP') }, 'surplus', 'amount_mismatch'],
    ['it is too little', { amount: money(99_99n, 'COP') }, 'waiting', 'amount_mismatch'],
  ] as const) {
    it(`does not capture when ${why}`, () => {
      const { charges, captured, alerts } = decide(observe(change));
      assert.deepEqual([rolesOf(charges), captured, alerts], [[`1:${role}`], [], [alert]]);
    });
  }

  for (const status of chargeStatuses.filter(
    (one) => one !== 'approved' && one !== 'charged_back',
  )) {
    it(`does not capture what is ${status}`, () => {
      assert.deepEqual(decide(observe({ status })).captured, []);
    });
  }

  it('changes nothing by a status that nobody documented, and calls a person', () => {
    const { charges, alerts } = decide(observe({ status: 'unknown', rawStatus: 'paid_maybe' }));
    assert.deepEqual([charges, alerts], [[], ['unknown_status']]);
  });

  it('sends every further approved charge back', () => {
    const { charges: known } = decide(observe());
    const { charges, surplus } = decide(observe({ reference: '2' }), known, { isOpen: false });
    assert.deepEqual([rolesOf(charges), surplus.length], [['2:surplus'], 1]);
  });

  it('decides on a charge once, however often it is told', () => {
    const { charges: known } = decide(observe());
    const again = decide(observe(), known, { isOpen: false });
    assert.deepEqual([again.captured, again.surplus], [[], []]);
  });

  it('adds up two cards of one order, and no third', () => {
    const part = (reference: string, minor: bigint) =>
      observe({ reference, amount: money(minor, 'COP'), groupReference: 'm' });
    const first = decide(part('1', 60_00n));
    assert.deepEqual([rolesOf(first.charges), first.alerts], [['1:waiting'], []]);
    const tooMuch = decide(part('2', 50_00n), first.charges);
    assert.deepEqual(rolesOf(tooMuch.charges), ['2:surplus']);
    const second = decide(part('3', 40_00n), first.charges);
    assert.deepEqual(rolesOf(second.captured), ['1:captured', '3:captured']);
  });

  it('sends parts back when another charge paid all of it, or nothing does', () => {
    const first = decide(observe({ amount: money(60_00n, 'COP'), groupReference: 'm' }));
    const whole = decide(observe({ reference: '2' }), first.charges);
    assert.deepEqual(rolesOf(whole.charges), ['1:surplus', '2:captured']);
    assert.deepEqual(rolesOf(releaseParts(first.charges)), ['1:surplus']);
  });

  it('books a fee once, when it is known and the money is ours', () => {
    const { charges, fees } = decide(observe());
    assert.deepEqual(fees, []);
    const later = decide(observe({ feeMinor: 3_00n }), charges, { isOpen: false });
    assert.equal(later.fees.length, 1);
    const again = decide(observe({ feeMinor: 4_00n }), later.charges, { isOpen: false });
    assert.deepEqual([again.fees, again.alerts], [[], ['fee_changed']]);
  });

  it('takes no charge whose amount changed for the same one', () => {
    const { charges: known } = decide(observe());
    const { charges, alerts } = decide(observe({ amount: money(1n, 'COP') }), known);
    assert.deepEqual([charges, alerts], [[], ['amount_mismatch']]);
  });

  it('never captures more or less than the amount, whatever comes', () => {
    manyCases((draw) => {
      const told = draw.list(0, 12, () => ({
        reference: draw.of(['1', '2', '3', '4']),
        status: draw.of<ObservedCharge['status']>(['unknown', ...chargeStatuses]),
        minor: draw.of([100_00n, 60_00n, 40_00n, 30_00n, 120_00n]),
        collector: draw.of(['us', 'us', 'us', 'somebody']),
      }));
      let known: readonly ProviderCharge[] = [];
      let isOpen = true;
      for (const { reference, status, minor, collector } of told) {
        const observed = observe({
          reference,
          status,
          collector,
          amount: money(minor, 'COP'),
          groupReference: 'm',
        });
        const decision = decide(observed, known, { isOpen });
        const written = new Set(decision.charges.map((one) => one.reference));
        known = [...known.filter((one) => !written.has(one.reference)), ...decision.charges];
        if (decision.captured.length > 0) {
          assert.ok(isOpen, 'a payment is captured once');
          isOpen = false;
        }
      }
      const captured = known
        .filter(({ role }) => role === 'captured')
        .reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
      assert.equal(captured, isOpen ? 0n : 100_00n);
      if (!isOpen)
        assert.ok(known.every(({ role, status }) => role !== 'waiting' || !wasPaid(status)));
    });
  });
});

describe('the poller', () => {
  const created = Date.parse(at);
  const minute = 60_000;
  const day = 86_400_000;
  const expiresAt = new Date(created + 15 * minute).toISOString();
  const next = (ageMs: number, completedAt: string | null = null) => {
    const now = new Date(created + ageMs);
    const found = nextPollAt({ createdAt: at, expiresAt, completedAt }, now);
    return found && Math.round((found.getTime() - created) / minute);
  };

  it('reads a payment after 2, 10 and 60 minutes, when its page has expired, then daily', () => {
    assert.deepEqual(
      [0, 2 * minute, 10 * minute, 18 * minute, 60 * minute].map((age) => next(age)),
      [2, 10, 17, 60, 60 + 1440],
    );
  });

  it('looks at a paid one for half a year, and then no more', () => {
    assert.deepEqual(
      [0, day, 179 * day, 180 * day].map((age) => next(age, at)),
      [1440, 3 * 1440, 180 * 1440, undefined],
    );
  });

  it('does not end a payment that may still be paid', () => {
    const now = (ms: number) => new Date(created + ms);
    const waiting = recordCharge([], observe({ status: 'in_process' }), expected, made).charges;
    const declined = recordCharge([], observe({ status: 'rejected' }), expected, made).charges;
    assert.equal(mayStillBePaid([], { expiresAt }, now(16 * minute)), true);
    assert.equal(mayStillBePaid([], { expiresAt }, now(18 * minute)), false);
    assert.equal(mayStillBePaid(declined, { expiresAt }, now(18 * minute)), false);
    assert.equal(mayStillBePaid(waiting, { expiresAt }, now(18 * minute)), true);
  });
});

describe('fitsWire', () => {
  for (const [currency, minor, wire, fits] of [
    ['COP', 100_00n, 0, true],
    ['COP', 100_01n, 0, false],
    ['COP', 100_01n, 2, true],
    ['CLP', 101n, 0, true],
    ['KWD', 1_005n, 2, false],
    ['KWD', 1_010n, 2, true],
    ['COP', 100_00n, undefined, false],
  ] as const) {
    it(`says ${fits} of ${minor} ${currency} with ${wire} decimals`, () => {
      assert.equal(fitsWire(money(minor, currency), wire), fits);
    });
  }
});
