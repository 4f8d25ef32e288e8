import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { manyCases } from '#shared/testing/many-cases.ts';
import {
  freezeEntry,
  freezeHolds,
  freezeShares,
  lostEntry,
  lostSplitEntry,
  thawShares,
  wonEntry,
  type Chargeback,
  type FrozenShare,
  type Standing,
} from './chargeback.ts';
import type { JournalEntry } from './posting.ts';

const opened: Chargeback = {
  id: 'cb',
  provider: 'mercadopago',
  reference: null,
  chargeReference: '1',
  paymentId: 'p',
  orderId: 'o',
  jobId: null,
  amount: money(1n, 'COP'),
  frozenMinor: 1n,
  holds: [],
  shares: [],
  status: 'opened',
  isCoverageEligible: null,
  documentationStatus: null,
  documentationDeadline: null,
  openedAt: '',
  closedAt: null,
};
const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
const sumOf = (shares: readonly FrozenShare[]): bigint =>
  sum(shares.flatMap((one) => [one.pendingMinor, one.availableMinor, one.owingMinor]));

describe('a chargeback of a split payment', () => {
  it('is taken from what the seller has, gives the fee back, and balances however it ends', () => {
    manyCases((draw) => {
      const amountMinor = draw.bigint(2n, 10_000_000n);
      const refundedMinor = draw.isHeads() ? 0n : draw.bigint(0n, amountMinor - 1n);
      const commissionMinor = draw.bigint(1n, amountMinor / 2n);
      const split = { account: '7', unitMinor: 1n, feeMinor: draw.bigint(0n, commissionMinor) };
      const left = amountMinor - refundedMinor;
      const isEarned = draw.isHeads();
      const standing: Standing = {
        sellerId: 's',
        isEarned,
        pendingMinor: isEarned ? 0n : left,
        availableMinor: amountMinor,
        owingMinor: 0n,
      };
      const shares = [{ sellerId: 's', amountMinor, refundedMinor }];
      const frozen = freezeShares({ shares }, left, draw.bigint(1n, left), [standing]);
      const chargeback = {
        ...opened,
        amount: money(sumOf(frozen), 'COP'),
        frozenMinor: sumOf(frozen),
        shares: frozen,
      };
      const head = { entryId: 'e', chargeback, isSplit: true };
      const changesOf = (entries: readonly (JournalEntry | undefined)[], account: string) =>
        sum(
          entries
            .flatMap((entry) => entry?.lines ?? [])
            .filter((line) => line.account === account)
            .map(({ side, amountMinor: minor }) => (side === 'credit' ? minor : -minor)),
        );
      const isStill = (entries: readonly (JournalEntry | undefined)[], accounts: string[]) =>
        accounts.every((account) => changesOf(entries, account) === 0n);
      const open = freezeEntry(head);
      const won = [open, wonEntry(head, thawShares(frozen, [standing]))];
      const all = ['pending', 'available', 'owing', 'disputed', 'collected'];
      const ofSeller = all.map((kind) => `seller:s:${kind}`);
      assert.ok(isStill(won, ofSeller));
      const line = { commissionMinor, commissionTaxMinor: 0n, jurisdiction: null };
      const lost = [
        open,
        lostSplitEntry(head, { split, amountMinor, refundedMinor, lines: [line] }),
      ];
      assert.ok(isStill(lost, ['seller:s:available', 'seller:s:owing', 'seller:s:disputed']));
      const fee = changesOf(lost, 'provider:mercadopago');
      assert.ok(fee >= 0n && fee <= split.feeMinor);
      // Earned: our commission goes back; not yet: what the seller collected does.
      assert.ok(changesOf(lost, 'platform:fees') === (isEarned ? -fee : 0n));
      const collected = changesOf(lost, 'seller:s:collected');
      assert.ok(collected === (isEarned ? 0n : sumOf(frozen) - fee));
    }, 20_000);
  });
});

describe('a chargeback', () => {
  it('freezes its amount, takes nothing that is not there, and balances however it ends', () => {
    manyCases((draw) => {
      const some = (): bigint => draw.bigint(0n, 10_000_000n);
      const sellers = draw.list(1, 6, () => ({
        amount: draw.bigint(1n, 10_000_000n),
        isEarned: draw.isHeads(),
        pending: some(),
        available: some(),
      }));
      const disputed = draw.bigint(1n, 40_000_000n);
      const repaid = draw.bigint(0n, 100n);
      const total = sum(sellers.map(({ amount }) => amount));
      const shares = sellers.map(({ amount }, i) => ({
        sellerId: `s${i}`,
        amountMinor: amount,
        refundedMinor: 0n,
      }));
      const standings = sellers.map(({ isEarned, pending, available }, i): Standing => ({
        sellerId: `s${i}`,
        isEarned,
        pendingMinor: pending,
        availableMinor: available,
        owingMinor: 0n,
      }));
      const payment = { shares };
      const frozen = freezeShares(payment, total, disputed, standings);
      const covered = disputed < total ? disputed : total;
      assert.equal(sumOf(frozen), covered);
      for (const share of frozen) {
        const standing = standings.find(({ sellerId }) => sellerId === share.sellerId)!;
        assert.ok(share.pendingMinor <= standing.pendingMinor);
        assert.ok(share.availableMinor <= standing.availableMinor);
        assert.equal(standing.isEarned ? share.pendingMinor : share.availableMinor, 0n);
      }
      const chargeback = {
        id: 'cb',
        provider: 'mercadopago',
        paymentId: 'p',
        orderId: 'o',
        jobId: null,
        holds: [],
        amount: money(disputed, 'COP'),
        frozenMinor: covered,
        shares: frozen,
      } as unknown as Chargeback;
      // `post` throws unless it balances.
      freezeEntry({ entryId: 'e', chargeback });
      lostEntry({ entryId: 'e', chargeback });
      // Part of what was owed has been paid back from other sales meanwhile.
      const later = frozen.map((share): Standing => ({
        ...standings.find(({ sellerId }) => sellerId === share.sellerId)!,
        owingMinor: (share.owingMinor * repaid) / 100n,
      }));
      const thawed = thawShares(frozen, later);
      assert.equal(sumOf(thawed), covered);
      for (const [i, share] of thawed.entries())
        assert.ok(
          share.owingMinor <= later[i]!.owingMinor,
          'nobody is paid back more than is owed',
        );
      wonEntry({ entryId: 'e', chargeback }, thawed);
    });
  });

  it('of a payment that was refunded in full freezes nothing, and the loss is ours', () => {
    const shares = [{ sellerId: 's', amountMinor: 100n, refundedMinor: 100n }];
    const payment = { shares };
    assert.deepEqual(freezeShares(payment, 0n, 100n, []), []);
    const chargeback = {
      id: 'cb',
      provider: 'mercadopago',
      paymentId: 'p',
      orderId: null,
      jobId: null,
      holds: [],
      amount: money(100n, 'COP'),
      frozenMinor: 0n,
      shares: [],
    } as unknown as Chargeback;
    assert.equal(freezeEntry({ entryId: 'e', chargeback }), undefined);
    assert.deepEqual(
      lostEntry({ entryId: 'e', chargeback }).lines.map(({ account, side }) => [account, side]),
      [
        ['platform:losses', 'debit'],
        ['provider:mercadopago', 'credit'],
      ],
    );
  });

  it('of a job takes whole holds that fit, then what its payee has, and never more than is left', () => {
    const holds = [300n, 500n].map((amountMinor, i) => ({ holdId: `h${i}`, amountMinor }));
    const payee = {
      sellerId: 'p',
      isEarned: false,
      pendingMinor: 900n,
      availableMinor: 40n,
      owingMinor: 0n,
    };
    const of = (left: bigint, amount: bigint) => {
      const { holds: taken, shares } = freezeHolds(holds, left, amount, payee);
      return [taken.map(({ holdId }) => holdId), shares];
    };
    const share = (availableMinor: bigint, owingMinor: bigint) => [
      { sellerId: 'p', pendingMinor: 0n, availableMinor, owingMinor },
    ];
    assert.deepEqual(of(800n, 800n), [['h0', 'h1'], []]);
    assert.deepEqual(of(800n, 900n), [['h0', 'h1'], []]);
    assert.deepEqual(of(800n, 400n), [['h0'], share(40n, 60n)]);
    assert.deepEqual(of(500n, 800n), [['h0'], share(40n, 160n)]);
    assert.deepEqual(of(800n, 510n), [['h0'], share(40n, 170n)]);
    assert.deepEqual(of(0n, 800n), [[], []]);
  });
});
