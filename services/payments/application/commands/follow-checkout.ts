import type { Clock } from '#shared/platform/module.ts';
import type { Payment } from '../../domain/payment.ts';
import { nextPollAt } from '../../domain/provider-charge.ts';
import type { Account, CheckoutProvider, ProviderCharges } from '../provider-ports.ts';
import type { RecordProviderCharge } from './record-provider-charge.ts';

type Ports = Readonly<{
  charges: ProviderCharges;
  provider: CheckoutProvider;
  record: RecordProviderCharge;
  clock: Clock;
}>;

const weekMs = 7 * 86_400_000;

/**
 * Reads from the provider what became of a payment, of one charge, or of what the provider keeps
 * together. The answer to a notification, to a browser that returns, and the poller are this.
 */
export const createFollowCheckout = ({ charges, provider, record, clock }: Ports) => {
  const followCharge = async (
    reference: string,
    account: Account,
  ): Promise<Payment | undefined> => {
    const observed = await provider.readCharge(reference, account);
    return observed ? record.record(observed) : undefined;
  };
  const followPayment = async (paymentId: string): Promise<Payment | undefined> => {
    const state = await charges.find(paymentId);
    if (state?.checkout.provider !== provider.name) return undefined;
    const account = state.payment.split?.account ?? null;
    const found = await provider.findCharges(paymentId, account);
    for (const observed of found) await record.record(observed);
    // Its index may lag or forget: what is known is read by its reference.
    const seen = new Set(found.map(({ reference }) => reference));
    for (const { reference } of state.charges)
      if (!seen.has(reference)) await followCharge(reference, account);
    return (await record.endUnpaid(paymentId)) ?? (await charges.find(paymentId))?.payment;
  };

  return {
    followCharge,
    followPayment,
    async followGroup(reference: string, account: Account): Promise<void> {
      const group = await provider.readGroup(reference, account);
      for (const charge of group?.chargeReferences ?? []) await followCharge(charge, account);
    },
    /** The poller: reads the payment and says when it is read next, whatever the reading gave. */
    async poll(paymentId: string): Promise<void> {
      const state = await charges.find(paymentId);
      if (state?.checkout.provider !== provider.name) return;
      const { payment, checkout } = state;
      const now = clock();
      const hasEnded = payment.status === 'failed' || payment.status === 'cancelled';
      const isLongOver = hasEnded && Date.parse(checkout.expiresAt) + weekMs < now.getTime();
      const next = nextPollAt({ ...payment, expiresAt: checkout.expiresAt }, now);
      if (next && !isLongOver) await charges.pollAt(paymentId, next);
      await followPayment(paymentId);
    },
  };
};

export type FollowCheckout = ReturnType<typeof createFollowCheckout>;
