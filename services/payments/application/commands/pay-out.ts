import { money, moneyToJson } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';
import {
  isReachable,
  nextPayoutCheckMs,
  payoutEntry,
  requestPayout,
  settlementEntry,
  type Payout,
  type PayoutState,
  type PayoutStatus,
} from '../../domain/payout.ts';
import type { Destinations, PayoutRail, Payouts } from '../payout-ports.ts';
import { ProviderUnclear } from '../ports.ts';
import type { PublishedEvent } from '../published-events.ts';

type Ports = Readonly<{
  payouts: Payouts;
  destinations: Destinations;
  /** Those that payouts were ever sent by, and the one for new ones. */
  rails: ReadonlyMap<string, PayoutRail>;
  railName: string;
  clock: Clock;
  newId: () => string;
}>;

const attemptsMax = 10;

export type Outcome = Readonly<{
  status: Exclude<PayoutStatus, 'requested'>;
  reference?: string | null;
  failure?: string | null;
  settledBy?: string | null;
}>;

const outcomeOf = (state: PayoutState): Outcome => {
  switch (state.is) {
    case 'sent':
      return { status: 'sent' };
    case 'paid':
      return { status: 'paid', reference: state.reference };
    case 'returned':
      return { status: 'returned', failure: state.reason };
    case 'void':
      return { status: 'failed', failure: 'not_sent' };
  }
};

/** Pays sellers and professionals what they have earned, and records what became of it. */
export const createPayoutCommands = (ports: Ports) => {
  const { payouts, destinations, rails, railName, clock, newId } = ports;

  const eventsOf = (payout: Payout, { status, failure }: Outcome): readonly PublishedEvent[] => {
    const amount = moneyToJson(money(payout.amountMinor, payout.currency));
    const head = { payoutId: payout.id, sellerId: payout.sellerId, amount };
    const at = clock().toISOString();
    if (status === 'paid')
      return [{ type: 'payments.payout-paid.v1', data: { ...head, paidAt: at } }];
    if (status !== 'failed' && status !== 'returned') return [];
    const isReturned = status === 'returned';
    const data = { ...head, reason: failure ?? status, isReturned, failedAt: at };
    return [{ type: 'payments.payout-failed.v1', data }];
  };

  /** Records an outcome once; answers the payout as it is then. One that ended another way stays so. */
  const settle = async (payoutId: string, outcome: Outcome): Promise<Payout | undefined> => {
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const payout = await payouts.find(payoutId);
      if (!payout || isReachable(payout, outcome.status) !== 'changes') return payout;
      const { status, reference = null, failure = null, settledBy = null } = outcome;
      const stored = await payouts.settle(
        payout,
        { status, reference, failure, settledBy },
        settlementEntry(payout, status, newId()),
        { messages: eventsOf(payout, outcome), trace: { correlationId: payout.id } },
      );
      if (stored === 'done') return payouts.find(payoutId);
    }
    throw new Error(`payout ${payoutId} changed ${attemptsMax} times`);
  };

  const record = async (payout: Payout, state: PayoutState): Promise<void> => {
    await settle(payout.id, outcomeOf(state));
    if (state.is !== 'sent') return;
    const ageMs = clock().getTime() - Date.parse(payout.createdAt);
    await payouts.checkAgain(payout.id, nextPayoutCheckMs(ageMs));
  };

  return {
    settle,

    /** Asks for a payout of all that is payable. The same id again answers the same payout. */
    async request(
      request: Readonly<{
        payoutId: string;
        sellerId: string;
        currency: string;
        /** What the seller believes to get; null: whatever it is. */
        wantedMinor: bigint | null;
        leastMinor: bigint;
        requestedBy: string;
      }>,
    ): Promise<Payout> {
      const { payoutId: id, sellerId, currency, requestedBy } = request;
      for (let attempt = 1; attempt <= attemptsMax; attempt++) {
        const known = await payouts.find(id);
        if (known) return known;
        const payable = await payouts.payable(sellerId, currency);
        const amountMinor = requestPayout(payable, { ...request, now: clock() });
        const entry = payoutEntry(id, payable, amountMinor, newId());
        const amount = moneyToJson(money(amountMinor, currency));
        const data = { payoutId: id, sellerId, amount, requestedAt: clock().toISOString() };
        const told = {
          messages: [{ type: 'payments.payout-requested.v1' as const, data }],
          trace: { correlationId: id },
        };
        const payout = { id, payable, amountMinor, rail: railName, requestedBy };
        if ((await payouts.request(payout, entry, told)) === 'done') {
          const made = await payouts.find(id);
          return made!;
        }
      }
      throw paymentError('payout_busy', { retryAfterSeconds: 1 });
    },

    /**
     * Brings a payout to its rail, or asks what became of it. While that is not known it is `unknown`
     * and its money stays where it is: only the rail says that there was no transfer.
     */
    async send(payoutId: string): Promise<void> {
      const payout = await payouts.find(payoutId);
      const rail = payout && rails.get(payout.rail);
      if (!payout || !rail?.isAutomatic) return;
      if (!['requested', 'sent', 'unknown'].includes(payout.status)) return;
      if (payout.status !== 'requested') {
        await record(payout, await rail.read(payout.id));
        return;
      }
      const opened = await destinations.open([payout.destinationId]);
      const amount = money(payout.amountMinor, payout.currency);
      const destination = opened.get(payout.destinationId)!;
      try {
        await record(payout, await rail.send({ key: payout.id, amount, destination }));
      } catch (error) {
        if (!(error instanceof ProviderUnclear)) throw error;
        await settle(payout.id, { status: 'unknown', failure: 'no_answer' });
        await payouts.checkAgain(payout.id, nextPayoutCheckMs(0));
      }
    },
  };
};

export type PayoutCommands = ReturnType<typeof createPayoutCommands>;
