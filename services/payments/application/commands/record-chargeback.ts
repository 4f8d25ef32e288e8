import { moneyToJson } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Chargeback, ObservedChargeback } from '../../domain/chargeback.ts';
import { correlationOf } from '../../domain/payment.ts';
import type { Account, Chargebacks, CheckoutProvider, ProviderCharges } from '../provider-ports.ts';
import type { FollowCheckout } from './follow-checkout.ts';

type Ports = Readonly<{
  chargebacks: Chargebacks;
  charges: ProviderCharges;
  provider: CheckoutProvider;
  clock: Clock;
  newId: () => string;
}>;

/** Whoever follows a job is told which of its escrows a dispute takes. */
const aboutOf = ({ orderId, jobId, holds }: Pick<Chargeback, 'orderId' | 'jobId' | 'holds'>) =>
  orderId === null ? { jobId: jobId!, escrowIds: holds.map(({ holdId }) => holdId) } : { orderId };

/**
 * Records what the provider says of a disputed charge: the dispute opens once and freezes the sellers'
 * shares, its documents and coverage are kept up to date, and it ends once, won or lost.
 */
export const createDisputeCharge = (ports: Ports) => {
  const { chargebacks, charges, provider, clock, newId } = ports;

  const open = async (observed: ObservedChargeback): Promise<Chargeback | undefined> => {
    const { chargeReference } = observed;
    const charge = await charges.findByReference(provider.name, chargeReference);
    const state = charge?.paymentId ? await charges.find(charge.paymentId) : undefined;
    const isOurs = charge?.role === 'captured' && state !== undefined;
    const alert = {
      kind: isOurs ? 'chargeback_opened' : 'chargeback_of_no_payment',
      subject: chargeReference,
      paymentId: charge?.paymentId ?? null,
      detail: {
        amount: moneyToJson(observed.amount),
        documentation_deadline: observed.documentationDeadline,
      },
    };
    await charges.raise(provider.name, [alert]);
    if (!isOurs) return undefined;
    const { payment } = state;
    const at = clock().toISOString();
    const { outcome: _, ...rest } = observed;
    const chargeback: Chargeback = {
      ...rest,
      id: newId(),
      provider: provider.name,
      paymentId: payment.id,
      orderId: payment.orderId,
      jobId: payment.jobId,
      frozenMinor: 0n,
      holds: [],
      shares: [],
      status: 'opened',
      openedAt: at,
      closedAt: null,
    };
    await chargebacks.open(chargeback, (frozen) => {
      const data = {
        chargebackId: frozen.id,
        paymentId: payment.id,
        ...aboutOf(frozen),
        amount: moneyToJson(observed.amount),
        documentationDeadline: observed.documentationDeadline,
        openedAt: at,
      };
      return {
        messages: [{ type: 'payments.chargeback-opened.v1', data }],
        trace: { correlationId: correlationOf(payment) },
      };
    });
    return chargebacks.findByCharge(provider.name, chargeReference);
  };

  return async (observed: ObservedChargeback): Promise<Chargeback | undefined> => {
    const { chargeReference } = observed;
    const known = await chargebacks.findByCharge(provider.name, chargeReference);
    const chargeback = known ?? (await open(observed));
    if (!chargeback) return undefined;
    if (known) await chargebacks.update(known.id, observed);
    const { outcome } = observed;
    if (chargeback.status !== 'opened' || outcome === 'open') return chargeback;
    const closedAt = clock().toISOString();
    const { id: chargebackId, paymentId } = chargeback;
    const amount = moneyToJson(chargeback.amount);
    await chargebacks.close(chargebackId, outcome, {
      messages: [
        {
          type: 'payments.chargeback-closed.v1',
          data: { chargebackId, paymentId, ...aboutOf(chargeback), amount, outcome, closedAt },
        },
      ],
      trace: { correlationId: correlationOf(chargeback) },
    });
    return chargebacks.findByCharge(provider.name, chargeReference);
  };
};

export type DisputeCharge = ReturnType<typeof createDisputeCharge>;

/** Reads a chargeback by the provider's own id of it; the charge first, which may be new to us. */
export const createRecordChargeback =
  (
    ports: Readonly<{ provider: CheckoutProvider; follow: FollowCheckout; dispute: DisputeCharge }>,
  ) =>
  async (reference: string, account: Account): Promise<void> => {
    const observed = await ports.provider.readChargeback(reference, account);
    if (!observed) return;
    await ports.follow.followCharge(observed.chargeReference, account);
    await ports.dispute(observed);
  };

export type RecordChargeback = ReturnType<typeof createRecordChargeback>;
