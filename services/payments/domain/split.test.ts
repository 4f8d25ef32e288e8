import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { manyCases } from '#shared/testing/many-cases.ts';
import { captureEntry, type Payment } from './payment.ts';
import type { JournalEntry } from './posting.ts';
import type { SellerLink } from './seller-link.ts';
import { settleRefund, type SoldLine } from './sale.ts';
import { decideSplit, feeGone, feeReversed, partOf, type SplitFacts } from './split.ts';

const payBy = new Date('2026-03-01T12:00:00Z');
const link: SellerLink = {
  sellerId: 's',
  provider: 'mercadopago',
  account: '700',
  linkedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-06-01T00:00:00Z',
  version: 1,
  endedAt: null,
  endedBecause: null,
};
const facts: SplitFacts = {
  isOn: true,
  order: { amount: money(100_000n, 'COP'), payBy, shares: [{ sellerId: 's', feesMinor: 11_950n }] },
  link,
  unitMinor: 100n,
};
const orderOf = (...shares: readonly (readonly [string, bigint])[]): SplitFacts['order'] => ({
  amount: money(100_000n, 'COP'),
  payBy,
  shares: shares.map(([sellerId, feesMinor]) => ({ sellerId, feesMinor })),
});

/** What an entry does to each account, credits less debits. */
const changesOf = ({ lines }: JournalEntry): ReadonlyMap<string, bigint> => {
  const changes = new Map<string, bigint>();
  for (const { account, side, amountMinor } of lines)
    changes.set(
      account,
      (changes.get(account) ?? 0n) + (side === 'credit' ? amountMinor : -amountMinor),
    );
  return changes;
};

describe('a payment is split', () => {
  it('with one seller whose account is linked; the fee is of whole units of the wire', () => {
    assert.deepEqual(decideSplit(facts), { account: '700', feeMinor: 11_900n, unitMinor: 100n });
    assert.deepEqual(decideSplit({ ...facts, unitMinor: 1n })?.feeMinor, 11_950n);
    assert.deepEqual(decideSplit({ ...facts, order: orderOf(['s', 0n]) })?.feeMinor, 0n);
  });

  for (const [what, change] of [
    ['when it is off', { isOn: false }],
    ['of a job', { order: undefined }],
    ['of several sellers', { order: orderOf(['s', 10n], ['t', 10n]) }],
    ['of nobody', { order: orderOf() }],
    ['without a link', { link: undefined }],
    ['with the link of another', { link: { ...link, sellerId: 't' } }],
    ['after the link ended', { link: { ...link, endedAt: '2026-02-01T00:00:00Z' } }],
    ['when the link ends before it is paid', { link: { ...link, expiresAt: payBy.toISOString() } }],
    ['when the fee is all of it', { order: orderOf(['s', 100_000n]) }],
  ] as const)
    it(`never ${what}`, () => {
      assert.equal(decideSplit({ ...facts, ...change }), undefined);
    });
});

describe('the money of a split payment', () => {
  it('is the fee and the share, to the cent, whatever goes back in however many parts', () => {
    manyCases((draw) => {
      const unitMinor = draw.of([1n, 100n]);
      const totalMinor = draw.bigint(1n, 1_000_000_000n) * unitMinor;
      const split = {
        account: '700',
        unitMinor,
        feeMinor: draw.bigint(0n, totalMinor / unitMinor),
      };
      split.feeMinor *= unitMinor;
      const all = partOf(split, totalMinor, 0n, totalMinor);
      assert.ok(all.total === split.feeMinor && all.total + all.collected === totalMinor);
      let [gone, fee, share] = [0n, 0n, 0n];
      while (gone < totalMinor) {
        const left = totalMinor - gone;
        const amount = draw.isHeads() ? left : draw.bigint(1n, left / unitMinor) * unitMinor;
        const part = partOf(split, totalMinor, gone, amount);
        assert.ok(part.total >= 0n && part.collected >= 0n);
        assert.ok(part.total + part.collected === amount && part.total % unitMinor === 0n);
        [gone, fee, share] = [gone + amount, fee + part.total, share + part.collected];
        // Never more of the fee than of the charge has gone.
        assert.ok(fee * totalMinor <= split.feeMinor * gone);
        assert.ok(fee === feeGone(split, totalMinor, gone));
      }
      assert.ok(fee === split.feeMinor && share === all.collected);
    });
  });

  it('is commission and tax again when the fee goes back with a dispute', () => {
    manyCases((draw) => {
      const lines = draw.list(1, 4, () => ({
        commissionMinor: draw.bigint(1n, 1_000_000n),
        commissionTaxMinor: draw.bigint(0n, 1_000_000n),
        jurisdiction: draw.of(['CO', 'AR', null]),
      }));
      const fee = draw.bigint(0n, 1_000_000n);
      const { commissionMinor, taxes } = feeReversed(lines, fee);
      const tax = [...taxes.values()].reduce((a, b) => a + b, 0n);
      assert.ok(commissionMinor >= 0n && commissionMinor + tax === fee);
    }, 20_000);
  });

  it('balances in every entry, and leaves the seller with nothing once all went back', () => {
    manyCases((draw) => {
      const unitMinor = draw.of([1n, 100n]);
      const amountMinor = draw.bigint(2n, 10_000_000n) * unitMinor;
      const commissionMinor = draw.bigint(0n, amountMinor / 3n);
      const commissionTaxMinor = draw.bigint(0n, commissionMinor / 2n);
      const fees = commissionMinor + commissionTaxMinor;
      const feeMinor = fees - (fees % unitMinor);
      const isEarned = draw.isHeads();
      const split = { account: '700', feeMinor, unitMinor };
      let payment = paymentOf(
        amountMinor,
        { commissionMinor, commissionTaxMinor },
        isEarned,
        split,
      );
      let line = lineOf(payment);
      let collected = changesOf(captureEntry(payment, 'e')).get('seller:s:collected') ?? 0n;
      assert.ok(collected === feeMinor - amountMinor);
      if (isEarned) collected = 0n;
      let atUs = feeMinor;
      let kept = -fees;
      while (line.refundedMinor < amountMinor) {
        const left = amountMinor - line.refundedMinor;
        const amount = draw.isHeads() ? left : draw.bigint(1n, left / unitMinor) * unitMinor;
        const asked = { id: 'r', amountMinor: amount, lines: null };
        const { entry, shares, takenBack, takenAtSellerMinor } = settleRefund(
          payment,
          [line],
          asked,
          'e',
        );
        const changes = changesOf(entry);
        collected += changes.get('seller:s:collected') ?? 0n;
        atUs -= changes.get('provider:mercadopago') ?? 0n;
        kept -= (changes.get('platform:fees') ?? 0n) + (changes.get('tax:CO') ?? 0n);
        // What the rows of earnings say is what the account says.
        if (isEarned)
          assert.ok(
            takenAtSellerMinor - takenBack[0]!.netMinor ===
              (changes.get('seller:s:available') ?? 0n),
          );
        payment = { ...payment, shares, refundedMinor: payment.refundedMinor + amount };
        line = { ...lineOf(payment), refundedMinor: payment.refundedMinor };
      }
      assert.ok(collected === 0n && atUs === 0n && (!isEarned || kept === 0n));
    }, 20_000);
  });
});

type Fees = Pick<SoldLine, 'commissionMinor' | 'commissionTaxMinor'>;

const paymentOf = (
  amountMinor: bigint,
  fees: Fees,
  isEarned: boolean,
  split: NonNullable<Payment['split']>,
): Payment => ({
  id: 'p',
  orderId: 'o',
  jobId: null,
  buyerId: 'b',
  amount: money(amountMinor, 'COP'),
  shares: [
    {
      sellerId: 's',
      amountMinor,
      refundedMinor: 0n,
      ...fees,
      commissionRefundedMinor: 0n,
      commissionTaxRefundedMinor: 0n,
      earnedAt: isEarned ? '2026-01-01T00:00:00Z' : null,
    },
  ],
  status: 'completed',
  provider: 'mercadopago',
  providerReference: null,
  card: null,
  failure: null,
  refundedMinor: 0n,
  refundingMinor: 0n,
  split,
  version: 1,
  createdAt: '',
  completedAt: '',
  updatedAt: '',
});

const lineOf = ({ shares: [share] }: Payment): SoldLine => ({
  variantId: 'v',
  sellerId: 's',
  quantity: 1,
  amountMinor: share!.amountMinor,
  commissionMinor: share!.commissionMinor,
  commissionTaxMinor: share!.commissionTaxMinor,
  jurisdiction: 'CO',
  refundedQuantity: 0,
  refundingQuantity: 0,
  refundedMinor: share!.refundedMinor,
  refundingMinor: 0n,
  disputedMinor: 0n,
  commissionRefundedMinor: share!.commissionRefundedMinor,
  commissionTaxRefundedMinor: share!.commissionTaxRefundedMinor,
});
