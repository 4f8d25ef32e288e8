import type { Clock } from '#shared/platform/module.ts';
import {
  captureEntry,
  correlationOf,
  nextCheckDelayMs,
  type ChargeState,
  type Payment,
} from '../../domain/payment.ts';
import { completedEvents, failedEvents } from '../payment-events.ts';
import type { PaymentProvider, Payments } from '../ports.ts';

export type SettlePayment = (payment: Payment, state: ChargeState) => Promise<Payment>;

/**
 * Records what a provider says of a charge. The answer to the charge, a notification and the poller
 * all come here; whoever is first decides, the others change nothing.
 */
export const createSettlePayment = (
  ports: Readonly<{ payments: Payments; clock: Clock; newId: () => string }>,
): SettlePayment => {
  const { payments, clock, newId } = ports;

  return async (payment, state) => {
    const { id: paymentId } = payment;
    const at = clock().toISOString();
    const trace = { correlationId: correlationOf(payment) };
    switch (state.is) {
      case 'approved': {
        const outcome = { status: 'completed', reference: state.reference, failure: null } as const;
        return payments.settle(paymentId, outcome, {
          entry: captureEntry(payment, newId()),
          messages: completedEvents(payment, at),
          trace,
        });
      }
      case 'declined': {
        const { reason, reference } = state;
        const outcome = { status: 'failed', reference, failure: reason } as const;
        const messages = failedEvents(payment, reason, at);
        return payments.settle(paymentId, outcome, { messages, trace });
      }
      case 'void': {
        const outcome = { status: 'failed', reference: null, failure: 'not_charged' } as const;
        const messages = failedEvents(payment, 'not_charged', at);
        return payments.settle(paymentId, outcome, { messages, trace });
      }
      case 'processing': {
        const ageMs = clock().getTime() - Date.parse(payment.createdAt);
        await payments.checkAgain(paymentId, nextCheckDelayMs(ageMs));
        return payment;
      }
    }
  };
};

/** Asks the provider what became of a charge whose outcome is open, and records it. */
export const createCheckPayment =
  (
    ports: Readonly<{
      payments: Payments;
      provider: PaymentProvider;
      settle: SettlePayment;
      /** Reads a payment of a provider with a page of its own. */
      followPayment: (paymentId: string) => Promise<Payment | undefined>;
    }>,
  ) =>
  async (paymentId: string): Promise<Payment | undefined> => {
    const payment = await ports.payments.find(paymentId);
    if (payment && payment.provider !== ports.provider.name)
      return (await ports.followPayment(paymentId)) ?? payment;
    const isOpen = payment?.status === 'pending' || payment?.status === 'authorized';
    return isOpen ? ports.settle(payment, await ports.provider.read(payment.id)) : payment;
  };

export type CheckPayment = ReturnType<typeof createCheckPayment>;
