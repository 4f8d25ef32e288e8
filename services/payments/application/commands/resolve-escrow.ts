import { money, moneyToJson } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';
import {
  disputeHold,
  isDue,
  resolutionEntry,
  resolveHold,
  type Actor,
  type Escrow,
  type Resolution,
  type Wish,
} from '../../domain/escrow.ts';
import type { Escrows, Told } from '../escrow-ports.ts';
import type { PublishedEvent } from '../published-events.ts';

/** Who calls, as their token says. */
export type Caller = Readonly<{ id: string; isAdmin: boolean; isSupport: boolean }>;

/** The check of `If-Match`, which throws when the hold has another version. */
export type CheckVersion = (version: number) => void;

type Ports = Readonly<{
  escrows: Escrows;
  clock: Clock;
  newId: () => string;
  /** The most that one of the staff decides alone, in minor units of a currency. */
  limitOf: (currency: string) => bigint;
}>;

type Request = Readonly<{
  /** The same for every try of one request. */
  operationId: string;
  escrowId: string;
  caller: Caller;
  checkVersion: CheckVersion;
}>;

const attemptsMax = 10;

/** Who the caller is to this hold; a stranger is told that there is none. */
const actorOf = (hold: Escrow, { id, isAdmin, isSupport }: Caller): Actor => {
  if (id === hold.buyerId) return { as: 'buyer', id };
  if (id === hold.payeeId) return { as: 'payee', id };
  if (isAdmin) return { as: 'admin', id };
  if (isSupport) return { as: 'support', id };
  throw paymentError('escrow_not_found');
};

const resolutionEvents = (hold: Escrow, end: Resolution, at: string): readonly PublishedEvent[] => {
  const json = (amountMinor: bigint) => moneyToJson(money(amountMinor, hold.currency));
  const { jobId, partId, buyerId, payeeId } = hold;
  const head = { escrowId: hold.id, jobId, partId, buyerId, payeeId, held: json(hold.amountMinor) };
  const released = {
    type: 'payments.escrow-released.v1' as const,
    data: {
      ...head,
      net: json(end.netMinor),
      commission: json(end.commissionMinor),
      commissionTax: json(end.taxMinor),
      releasedBy: end.decidedAs,
      releasedAt: at,
    },
  };
  const refunded = () => ({
    type: 'payments.escrow-refunded.v1' as const,
    data: {
      ...head,
      amount: json(end.refundedMinor),
      refundId: end.refundId!,
      refundedBy: end.decidedAs,
      refundedAt: at,
    },
  });
  switch (end.kind) {
    case 'released':
      return [released];
    case 'refunded':
      return [refunded()];
    case 'split':
      return [released, refunded()];
  }
};

/** What ends holds and disputes them: the parties, staff, and the rule of a hold itself. */
export const createEscrowCommands = ({ escrows, clock, newId, limitOf }: Ports) => {
  const found = async (id: string) => {
    const one = await escrows.find(id);
    if (!one) throw paymentError('escrow_not_found');
    return one;
  };

  /** Decides on what is stored now; undefined when somebody else changed that meanwhile. */
  const tryOnce = async (
    {
      hold,
      owedMinor,
      refundableMinor,
    }: Readonly<{ hold: Escrow; owedMinor: bigint; refundableMinor: bigint }>,
    actor: Actor,
    wish: Wish,
    operationId: string,
  ): Promise<boolean> => {
    const verdict = resolveHold(hold, actor, wish, {
      resolutionId: operationId,
      refundId: operationId,
      limitMinor: limitOf(hold.currency),
      refundableMinor,
    });
    if (verdict.is === 'to_be_confirmed')
      return (await escrows.propose(hold, verdict.wish, actor.id!)) === 'done';
    const { resolution } = verdict;
    const entry = resolutionEntry(hold, resolution, owedMinor, newId());
    const messages = resolutionEvents(hold, resolution, clock().toISOString());
    const told: Told = { messages, trace: { correlationId: hold.jobId } };
    return (await escrows.resolve(hold, resolution, entry, told)) === 'done';
  };

  const wishOf = (hold: Escrow, refundMinor: bigint | 'all', reason: string | null): Wish => {
    const back = refundMinor === 'all' ? hold.amountMinor : refundMinor;
    if (back === 0n) return { kind: 'released', refundMinor: 0n, reason };
    return { kind: back === hold.amountMinor ? 'refunded' : 'split', refundMinor: back, reason };
  };

  const end = async (
    request: Request,
    toWish: (hold: Escrow) => Wish,
    isStaffOnly: boolean,
  ): Promise<Escrow> => {
    const { operationId, escrowId } = request;
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const one = await found(escrowId);
      const actor = actorOf(one.hold, request.caller);
      // An earlier try of this request got this far, and its answer was lost.
      if (one.hold.resolution?.id === operationId) return one.hold;
      if (isStaffOnly && (actor.as === 'buyer' || actor.as === 'payee'))
        throw paymentError('escrow_not_yours');
      request.checkVersion(one.hold.version);
      if (await tryOnce(one, actor, toWish(one.hold), operationId))
        return (await found(escrowId)).hold;
    }
    throw paymentError('payout_busy', { retryAfterSeconds: 1 });
  };

  return {
    /** The buyer accepts a part, or staff release it. */
    release: (request: Request, reason: string | null): Promise<Escrow> =>
      end(request, (hold) => wishOf(hold, 0n, reason), false),

    /** The payee gives a part back, or staff do. */
    refund: (request: Request, reason: string | null): Promise<Escrow> =>
      end(request, (hold) => wishOf(hold, 'all', reason), false),

    /** Staff end a dispute; the amounts of a split must be all of what is held. */
    decide: (
      request: Request,
      toAmounts: (hold: Escrow) => Readonly<{ releaseMinor: bigint; refundMinor: bigint }>,
      reason: string,
    ): Promise<Escrow> =>
      end(
        request,
        (hold) => {
          if (hold.status === 'held') throw paymentError('escrow_not_disputed');
          const { releaseMinor, refundMinor } = toAmounts(hold);
          if (releaseMinor + refundMinor !== hold.amountMinor)
            throw paymentError('escrow_sum_differs');
          return wishOf(hold, refundMinor, reason);
        },
        true,
      ),

    async dispute(request: Request, reason: string): Promise<Escrow> {
      const { escrowId, operationId } = request;
      const { hold } = await found(escrowId);
      const actor = actorOf(hold, request.caller);
      if (hold.dispute?.id === operationId) return hold;
      request.checkVersion(hold.version);
      const as = disputeHold(hold, actor);
      const { jobId, partId, buyerId, payeeId } = hold;
      const data = {
        escrowId,
        jobId,
        partId,
        buyerId,
        payeeId,
        amount: moneyToJson(money(hold.amountMinor, hold.currency)),
        disputedBy: as,
        disputedAt: clock().toISOString(),
      };
      const told = {
        messages: [{ type: 'payments.escrow-disputed.v1' as const, data }],
        trace: { correlationId: jobId },
      };
      const dispute = { id: operationId, by: request.caller.id, as, reason };
      const stored = await escrows.dispute(hold, dispute, told);
      // Only the version may be another: whoever asked decides on what it is now.
      if (stored === 'stale') return this.dispute(request, reason);
      return (await found(escrowId)).hold;
    },

    /** The timer of a hold. Does nothing unless its rule releases it now. */
    async releaseDue(escrowId: string): Promise<void> {
      for (let attempt = 1; attempt <= attemptsMax; attempt++) {
        const one = await escrows.find(escrowId);
        if (!one || !isDue(one.hold, clock())) return;
        const actor: Actor = { as: 'deadline', id: null };
        if (await tryOnce(one, actor, wishOf(one.hold, 0n, null), newId())) return;
      }
      throw new Error(`escrow ${escrowId} changed ${attemptsMax} times`);
    },
  };
};

export type EscrowCommands = ReturnType<typeof createEscrowCommands>;
