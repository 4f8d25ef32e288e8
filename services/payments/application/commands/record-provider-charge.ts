import { money, moneyToJson } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import { captureEntry, correlationOf, type Payment } from '../../domain/payment.ts';
import {
  mayStillBePaid,
  nextPollAt,
  recordCharge,
  releaseParts,
  type ChargeDecision,
  type ObservedCharge,
  type ProviderCharge,
} from '../../domain/provider-charge.ts';
import { feeEntry, refundsOfSurplus, surplusEntry } from '../../domain/surplus.ts';
import type { DisputeCharge } from './record-chargeback.ts';
import { completedEvents, failedEvents } from '../payment-events.ts';
import type { Settlement } from '../ports.ts';
import type {
  Alert,
  ChargesOfPayment,
  CheckoutProvider,
  ProviderCharges,
} from '../provider-ports.ts';

type Ports = Readonly<{
  charges: ProviderCharges;
  provider: CheckoutProvider;
  /** What the bank did: frozen as soon as a reading of the charge tells. */
  dispute: DisputeCharge;
  clock: Clock;
  newId: () => string;
}>;

const attemptsMax = 10;

type Change = Parameters<ProviderCharges['record']>[2];
type Outcome = NonNullable<Change['outcome']>;

const alertsOf = (
  decision: ChargeDecision,
  observed: ObservedCharge,
  paymentId: string,
): readonly Alert[] =>
  decision.alerts.map((kind) => ({
    kind,
    // What is said of an unknown status may change, and then it is another matter.
    subject:
      kind === 'unknown_status'
        ? `${observed.reference}:${observed.rawStatus}:${observed.rawDetail ?? ''}`
        : observed.reference,
    paymentId,
    detail: {
      status: observed.rawStatus,
      status_detail: observed.rawDetail,
      amount: moneyToJson(observed.amount),
    },
  }));

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Records what a provider says of a charge. Return page, notification and poller all come here with
 * what they read with our token; whoever is first decides, the others change nothing.
 */
export const createRecordProviderCharge = ({ charges, provider, dispute, clock, newId }: Ports) => {
  const change = (
    state: ChargesOfPayment,
    decision: Pick<ChargeDecision, 'charges' | 'captured' | 'surplus' | 'fees'>,
    alerts: readonly Alert[],
    failure: string | undefined,
  ): readonly [Change, Pick<Settlement, 'messages' | 'trace'>] => {
    const { payment } = state;
    const now = clock();
    const at = now.toISOString();
    const isPaid = decision.captured.length > 0;
    const outcome: Outcome | undefined = isPaid
      ? {
          status: 'completed',
          reference: decision.captured[0]!.reference,
          failure: null,
          entry: captureEntry(payment, newId()),
        }
      : failure === undefined
        ? undefined
        : { status: 'failed', reference: null, failure, entry: undefined };
    const messages = isPaid
      ? completedEvents(payment, at)
      : failure === undefined
        ? []
        : failedEvents(payment, failure, at);
    const refunds = decision.surplus.flatMap((charge) => refundsOfSurplus(charge, newId));
    const subject = { ...payment, sellerId: payment.shares[0]!.sellerId };
    return [
      {
        charges: decision.charges,
        outcome,
        refunds: refunds.map(({ refund }) => refund),
        entries: [
          ...decision.surplus.map((charge) => surplusEntry(charge, subject, newId())),
          ...refunds.flatMap(({ entryOf }) => entryOf(subject) ?? []),
          ...decision.fees.flatMap((charge) => feeEntry(charge, payment, newId()) ?? []),
        ],
        alerts,
        provider: provider.name,
        pollAt:
          failure === undefined
            ? nextPollAt(
                {
                  createdAt: payment.createdAt,
                  expiresAt: state.checkout.expiresAt,
                  completedAt: isPaid ? at : payment.completedAt,
                },
                now,
              )
            : undefined,
      },
      { messages, trace: { correlationId: correlationOf(payment) } },
    ];
  };

  /** What is decided is stored only if nobody stored anything else meanwhile. */
  const untilStored = async (
    paymentId: string,
    decide: (state: ChargesOfPayment) => ReturnType<typeof change> | undefined,
  ): Promise<ChargesOfPayment | undefined> => {
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const state = await charges.find(paymentId);
      if (state?.checkout.provider !== provider.name) return undefined;
      const decided = decide(state);
      if (!decided) return state;
      const stored = await charges.record(paymentId, state.payment.version, ...decided);
      if (stored === 'recorded') return charges.find(paymentId);
    }
    throw new Error(`payment ${paymentId} changed ${attemptsMax} times`);
  };

  const noteStranger = async (observed: ObservedCharge): Promise<void> => {
    const at = clock().toISOString();
    if (observed.status === 'unknown') return;
    await charges.noteStranger(
      {
        id: newId(),
        provider: provider.name,
        paymentId: null,
        role: 'not_ours',
        feeMinor: observed.feeMinor,
        mismatch: 'charge_of_nothing_known',
        firstSeenAt: at,
        seenAt: at,
        reference: observed.reference,
        groupReference: observed.groupReference,
        amount: observed.amount,
        status: observed.status,
        refundedMinor: observed.refundedMinor,
        rawStatus: observed.rawStatus,
        rawDetail: observed.rawDetail,
      },
      {
        kind: 'charge_of_nothing_known',
        subject: observed.reference,
        paymentId: null,
        detail: { amount: moneyToJson(observed.amount), status: observed.rawStatus },
      },
    );
  };

  return {
    async record(told: ObservedCharge): Promise<Payment | undefined> {
      const paymentId = told.externalReference;
      if (paymentId === null || !uuidPattern.test(paymentId)) {
        await noteStranger(told);
        return undefined;
      }
      const state = await untilStored(paymentId, (found) => {
        const { payment, checkout } = found;
        const { split } = payment;
        // What the provider keeps of a charge to a seller is the seller's to pay.
        const observed = split && told.feeMinor !== null ? { ...told, feeMinor: 0n } : told;
        const decision = recordCharge(
          found.charges,
          observed,
          {
            amount: payment.amount,
            collector: split?.account ?? checkout.collector,
            isLive: provider.isLive,
            ...(split && { splitFeeMinor: split.feeMinor }),
            isOpen: payment.status === 'pending' || payment.status === 'authorized',
          },
          { id: newId(), provider: provider.name, paymentId, at: clock().toISOString() },
        );
        const known = found.charges.find(({ reference }) => reference === observed.reference);
        const isNews = decision.charges.some((charge) => isOther(charge, known));
        if (!isNews && decision.alerts.length === 0) return undefined;
        return change(found, decision, alertsOf(decision, observed, paymentId), undefined);
      });
      if (!state) {
        await noteStranger(told);
        return undefined;
      }
      const charge = state.charges.find(({ reference }) => reference === told.reference);
      if (charge?.role === 'captured' && charge.refundedMinor > 0n)
        await charges.adoptRefund(charge.id, newId());
      if (charge?.role === 'captured' && told.chargeback !== null)
        await dispute({
          reference: null,
          chargeReference: charge.reference,
          amount: money(charge.amount.amountMinor - charge.refundedMinor, charge.amount.currency),
          outcome: told.chargeback,
          isCoverageEligible: null,
          documentationStatus: null,
          documentationDeadline: null,
        });
      return state.payment;
    },

    /** Ends a payment that nobody can pay any more, if it is one; what was paid in part goes back. */
    async endUnpaid(paymentId: string): Promise<Payment | undefined> {
      const state = await untilStored(paymentId, (found) => {
        const { payment } = found;
        const isOpen = payment.status === 'pending' || payment.status === 'authorized';
        if (!isOpen || mayStillBePaid(found.charges, found.checkout, clock())) return undefined;
        const parts = releaseParts(found.charges);
        const fees = parts.filter(({ feeMinor }) => feeMinor !== null && feeMinor > 0n);
        const declined = found.charges.findLast(({ status }) => status === 'rejected');
        const failure = declined ? 'declined' : 'not_paid';
        return change(found, { charges: parts, captured: [], surplus: parts, fees }, [], failure);
      });
      return state?.payment;
    },
  };
};

export type RecordProviderCharge = ReturnType<typeof createRecordProviderCharge>;

/** Whether the row would say anything that the known one does not. */
const isOther = (charge: ProviderCharge, known: ProviderCharge | undefined): boolean =>
  known === undefined ||
  charge.reference !== known.reference ||
  charge.status !== known.status ||
  charge.role !== known.role ||
  charge.refundedMinor !== known.refundedMinor ||
  charge.feeMinor !== known.feeMinor ||
  charge.rawStatus !== known.rawStatus ||
  charge.rawDetail !== known.rawDetail ||
  charge.groupReference !== known.groupReference;
