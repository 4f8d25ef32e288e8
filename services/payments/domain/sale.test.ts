import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { manyCases, type Draw } from '#shared/testing/many-cases.ts';
import type { Payment } from './payment.ts';
import type { JournalEntry } from './posting.ts';
import { feesGivenBack, settleRefund, type SoldLine } from './sale.ts';

type Given = Readonly<{
  sellerId: string;
  amountMinor: bigint;
  commissionMinor?: bigint;
  commissionTaxMinor?: bigint;
  quantity?: number;
}>;

const soldOf = (given: readonly Given[]): readonly SoldLine[] =>
  given.map((line, i) => ({
    variantId: `v${i}`,
    quantity: 1,
    commissionMinor: 0n,
    commissionTaxMinor: 0n,
    jurisdiction: 'CO',
    refundedQuantity: 0,
    refundingQuantity: 0,
    refundedMinor: 0n,
    refundingMinor: 0n,
    disputedMinor: 0n,
    commissionRefundedMinor: 0n,
    commissionTaxRefundedMinor: 0n,
    ...line,
  }));

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

const paymentOf = (lines: readonly SoldLine[], earned: readonly string[] = []): Payment => {
  const sellers = [...new Set(lines.map((line) => line.sellerId))];
  const of = (id: string, pick: (line: SoldLine) => bigint): bigint =>
    sum(lines.filter((line) => line.sellerId === id).map(pick));
  return {
    id: 'p1',
    orderId: 'o1',
    jobId: null,
    buyerId: 'b1',
    amount: money(sum(lines.map((line) => line.amountMinor)), 'COP'),
    shares: sellers.map((sellerId) => ({
      sellerId,
      amountMinor: of(sellerId, (line) => line.amountMinor),
      refundedMinor: 0n,
      commissionMinor: of(sellerId, (line) => line.commissionMinor),
      commissionTaxMinor: of(sellerId, (line) => line.commissionTaxMinor),
      commissionRefundedMinor: 0n,
      commissionTaxRefundedMinor: 0n,
      earnedAt: earned.includes(sellerId) ? '2026-01-02T03:04:05.000Z' : null,
    })),
    status: 'completed',
    provider: 'sandbox',
    providerReference: null,
    card: { brand: 'visa', last4: '4242' },
    failure: null,
    refundedMinor: 0n,
    refundingMinor: 0n,
    version: 1,
    createdAt: '',
    completedAt: null,
    updatedAt: '',
  };
};

const linesOf = (entry: JournalEntry) =>
  entry.lines.map(({ account, side, amountMinor, orElse }) => [
    account,
    side,
    amountMinor,
    ...(orElse === undefined ? [] : [orElse]),
  ]);

const free = (amountMinor: bigint) => ({ id: 'r1', amountMinor, lines: null });

describe('a refund', () => {
  const sold = soldOf([
    {
      sellerId: 'a',
      amountMinor: 1_000n,
      commissionMinor: 100n,
      commissionTaxMinor: 19n,
      quantity: 2,
    },
    { sellerId: 'b', amountMinor: 500n, commissionMinor: 25n, commissionTaxMinor: 5n },
  ]);

  it('before delivery takes the gross from what is pending, and less commission is due', () => {
    const { entry, shares, takenBack } = settleRefund(paymentOf(sold), sold, free(750n), 'e1');
    assert.equal(entry.causeType, 'refund');
    assert.deepEqual(linesOf(entry), [
      ['seller:a:pending', 'debit', 500n],
      ['seller:b:pending', 'debit', 250n],
      ['provider:sandbox', 'credit', 750n],
    ]);
    assert.deepEqual(takenBack, []);
    assert.partialDeepStrictEqual(shares, [
      { refundedMinor: 500n, commissionRefundedMinor: 49n, commissionTaxRefundedMinor: 10n },
      { refundedMinor: 250n, commissionRefundedMinor: 12n, commissionTaxRefundedMinor: 3n },
    ]);
  });

  it('after delivery takes the net from who has earned, with commission and its tax', () => {
    const settled = settleRefund(paymentOf(sold, ['a']), sold, free(1_500n), 'e1');
    assert.equal(settled.entry.causeType, 'refund_after_earning');
    assert.deepEqual(linesOf(settled.entry), [
      ['seller:b:pending', 'debit', 500n],
      ['seller:a:available', 'debit', 881n, 'seller:a:owing'],
      ['platform:fees', 'debit', 100n],
      ['tax:CO', 'debit', 19n],
      ['provider:sandbox', 'credit', 1_500n],
    ]);
    assert.deepEqual(settled.takenBack, [
      { sellerId: 'a', grossMinor: 1_000n, commissionMinor: 100n, taxMinor: 19n, netMinor: 881n },
    ]);
    assert.deepEqual(
      settled.lines.map(({ variantId, quantity }) => [variantId, quantity]),
      [
        ['v0', 2],
        ['v1', 1],
      ],
      'all pieces went back',
    );
  });

  it('by line takes from that line alone, and leaves alone what others were promised', () => {
    const promised = sold.map((line, i) =>
      i === 0 ? { ...line, refundingQuantity: 1, refundingMinor: 500n } : line,
    );
    const asked = [{ variantId: 'v0', quantity: 1, amountMinor: 500n }];
    const byLine = { id: 'r1', amountMinor: 500n, lines: asked };
    const { lines } = settleRefund(paymentOf(sold), promised, byLine, 'e1');
    assert.deepEqual(lines, [
      {
        variantId: 'v0',
        quantity: 1,
        amountMinor: 500n,
        commissionMinor: 49n,
        commissionTaxMinor: 10n,
      },
    ]);
    const rest = settleRefund(paymentOf(sold), promised, free(1_000n), 'e1');
    assert.deepEqual(
      rest.lines.map(({ variantId, amountMinor }) => [variantId, amountMinor]),
      [
        ['v0', 500n],
        ['v1', 500n],
      ],
    );
  });
});

/** Fees up to the whole line: where rounding has no room, it would show. */
const givenOf = (draw: Draw): Given => {
  const amountMinor = draw.bigint(1n, 10_000_000n);
  const commissionMinor = (amountMinor * draw.bigint(0n, 10_000n)) / 10_000n;
  const rest = amountMinor - commissionMinor;
  const commissionTaxMinor = (rest * draw.bigint(0n, 10_000n)) / 10_000n;
  return { sellerId: draw.of(['a', 'b', 'c']), amountMinor, commissionMinor, commissionTaxMinor };
};

const apply = (lines: readonly SoldLine[], taken: ReturnType<typeof settleRefund>) =>
  lines.map((line) => {
    const part = taken.lines.find(({ variantId }) => variantId === line.variantId);
    return {
      ...line,
      refundedMinor: line.refundedMinor + (part?.amountMinor ?? 0n),
      commissionRefundedMinor: line.commissionRefundedMinor + (part?.commissionMinor ?? 0n),
      commissionTaxRefundedMinor:
        line.commissionTaxRefundedMinor + (part?.commissionTaxMinor ?? 0n),
    };
  });

describe('commission and its tax', () => {
  it('go back in any steps without a cent too much, and all of it in the end', () => {
    manyCases((draw) => {
      const line = givenOf(draw);
      const parts = draw.list(0, 6, () => draw.bigint(0n, 10_000n));
      const { amountMinor, commissionMinor = 0n, commissionTaxMinor = 0n } = line;
      const frozen = { amountMinor, commissionMinor, commissionTaxMinor };
      const points = parts.map((part) => (amountMinor * part) / 10_000n);
      points.sort((a, b) => (a < b ? -1 : 1));
      let last = { at: 0n, ...feesGivenBack(frozen, 0n) };
      for (const at of [...points, amountMinor]) {
        const back = feesGivenBack(frozen, at);
        const net = at - last.at - (back.commissionMinor - last.commissionMinor);
        const taken = net - (back.commissionTaxMinor - last.commissionTaxMinor);
        assert.ok(back.commissionMinor >= last.commissionMinor, 'nothing is taken again');
        assert.ok(back.commissionTaxMinor >= last.commissionTaxMinor, 'nothing is taken again');
        assert.ok(taken >= 0n, 'a refund never gives the seller money');
        const fees = back.commissionMinor + back.commissionTaxMinor;
        const all = commissionMinor + commissionTaxMinor;
        assert.ok(fees * amountMinor <= all * at, 'in proportion, rounded down');
        assert.ok(all - fees <= amountMinor - at, 'what is left covers the fees that are left');
        last = { at, ...back };
      }
      assert.deepEqual(last, { at: amountMinor, commissionMinor, commissionTaxMinor });
    });
  });

  it('add up with the net over lines and sellers in any series of refunds, earned or not', () => {
    manyCases((draw) => {
      const lines = draw.list(1, 5, () => givenOf(draw));
      const parts = draw.list(0, 4, () => draw.bigint(1n, 10_000n));
      const earned = ['a', 'b', 'c'].filter(() => draw.isHeads());
      const earnedAt = draw.below(5);
      let sold = soldOf(lines);
      let payment = paymentOf(sold);
      const total = payment.amount.amountMinor;
      let left = total;
      const refund = (amountMinor: bigint): void => {
        const settled = settleRefund(payment, sold, { id: 'r', amountMinor, lines: null }, 'e');
        assert.equal(sum(settled.lines.map((line) => line.amountMinor)), amountMinor);
        for (const one of settled.takenBack) {
          assert.equal(one.grossMinor, one.commissionMinor + one.taxMinor + one.netMinor);
          assert.ok(one.netMinor >= 0n);
        }
        sold = apply(sold, settled);
        payment = { ...payment, shares: settled.shares };
        left -= amountMinor;
      };
      parts.forEach((part, i) => {
        if (i === earnedAt)
          payment = {
            ...payment,
            shares: payment.shares.map((share) =>
              earned.includes(share.sellerId) ? { ...share, earnedAt: 'now' } : share,
            ),
          };
        const asked = (total * part) / 10_000n;
        if (asked > 0n && asked <= left) refund(asked);
      });
      for (const share of payment.shares) {
        const own = sold.filter((line) => line.sellerId === share.sellerId);
        assert.equal(share.refundedMinor, sum(own.map((line) => line.refundedMinor)));
        assert.equal(
          share.commissionRefundedMinor,
          sum(own.map((line) => line.commissionRefundedMinor)),
        );
      }
      if (left > 0n) refund(left);
      for (const share of payment.shares) {
        assert.equal(share.refundedMinor, share.amountMinor);
        assert.equal(share.commissionRefundedMinor, share.commissionMinor);
        assert.equal(share.commissionTaxRefundedMinor, share.commissionTaxMinor);
      }
    });
  });
});
