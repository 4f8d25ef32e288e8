import { moneyToJson } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Chargeback, ObservedChargeback } from '../../domain/chargeback.ts';
import type { Chargebacks, CheckoutProvider, ProviderCharges } from '../provider-ports.ts';
import type { FollowCheckout } from './follow-checkout.ts';

type Ports = Readonly<{
  chargebacks: Chargebacks;
  charges: ProviderCharges;
  provider: CheckoutProvider;
  follow: FollowCheckout;
  clock: Clock;
  newId: () => string;
}>;

/**
 * Records what the provider says of a chargeback: it opens once and freezes the sellers' shares, its
 * documents and coverage are kept up to date, and it ends once, won or lost.
 */
export const createRecordChargeback = (ports: Ports) => {
  const { chargebacks, charges, provider, follow, clock, newId } = ports;

  const open = async (observed: ObservedChargeback): Promise<Chargeback | undefined> => {
    // The charge first: a dispute of one that we never saw is about nothing yet.
    await follow.followCharge(observed.chargeReference);
    const charge = await charges.findByReference(provider.name, observed.chargeReference);
    const state = charge?.paymentId ? await charges.find(charge.paymentId) : undefined;
    const alert = {
      kind: charge?.role === 'captured' ? 'chargeback_opened' : 'chargeback_of_no_payment',
      subject: observed.reference,
      paymentId: charge?.paymentId ?? null,
      detail: {
        charge: observed.chargeReference,
        amount: moneyToJson(observed.amount),
        documentation_deadline: observed.documentationDeadline,
      },
    };
    await charges.raise(provider.name, [alert]);
    if (charge?.role !== 'captured' || !state) return undefined;
    const { payment } = state;
    const at = clock().toISOString();
    const { outcome: _, ...rest } = observed;
    const chargeback: Chargeback = {
      ...rest,
      id: newId(),
      provider: provider.name,
      paymentId: payment.id,
      orderId: payment.orderId,
      frozenMinor: 0n,
      shares: [],
      status: 'opened',
      openedAt: at,
      closedAt: null,
    };
    const data = {
      chargebackId: chargeback.id,
      paymentId: payment.id,
      orderId: payment.orderId,
      amount: moneyToJson(observed.amount),
      documentationDeadline: observed.documentationDeadline,
      openedAt: at,
    };
    await chargebacks.open(chargeback, {
      messages: [{ type: 'payments.chargeback-opened.v1', data }],
      trace: { correlationId: payment.orderId },
    });
    return chargebacks.findByReference(provider.name, observed.reference);
  };

  return async (reference: string): Promise<Chargeback | undefined> => {
    const observed = await provider.readChargeback(reference);
    if (!observed) return undefined;
    const known = await chargebacks.findByReference(provider.name, reference);
    const chargeback = known ?? (await open(observed));
    if (chargeback?.status !== 'opened') return chargeback;
    if (known) await chargebacks.update({ ...known, ...observed });
    const { outcome } = observed;
    if (outcome === 'open') return chargeback;
    const closedAt = clock().toISOString();
    const { id: chargebackId, paymentId, orderId } = chargeback;
    const amount = moneyToJson(chargeback.amount);
    const data = {
      chargebackId,
      paymentId,
      orderId: orderId ?? paymentId,
      amount,
      outcome,
      closedAt,
    };
    await chargebacks.close(chargebackId, outcome, {
      messages: [{ type: 'payments.chargeback-closed.v1', data }],
      trace: { correlationId: orderId ?? paymentId },
    });
    return chargebacks.findByReference(provider.name, reference);
  };
};

export type RecordChargeback = ReturnType<typeof createRecordChargeback>;
