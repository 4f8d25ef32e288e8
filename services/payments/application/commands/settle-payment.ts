import { moneyToJson } from '#shared/kernel/money.ts';
import type { Clock } from '#shared/platform/module.ts';
import {
  captureEntry,
  nextCheckDelayMs,
  type ChargeState,
  type Payment,
} from '../../domain/payment.ts';
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
    const { id: paymentId, orderId, buyerId, provider } = payment;
    const at = clock().toISOString();
    const trace = { correlationId: orderId };
    switch (state.is) {
      case 'approved': {
        const amount = moneyToJson(payment.amount);
        const data = { paymentId, orderId, buyerId, amount, provider, completedAt: at };
        const outcome = { status: 'completed', reference: state.reference, failure: null } as const;
        return payments.settle(paymentId, outcome, {
          entry: captureEntry(payment, newId()),
          messages: [{ type: 'payments.payment-completed.v1', data }],
          trace,
        });
      }
      case 'declined': {
        const { reason, reference } = state;
        const data = { paymentId, orderId, reason, failedAt: at };
        const outcome = { status: 'failed', reference, failure: reason } as const;
        const messages = [{ type: 'payments.payment-failed.v1' as const, data }];
        return payments.settle(paymentId, outcome, { messages, trace });
      }
      case 'void': {
        const data = { paymentId, orderId, reason: 'not_charged', failedAt: at };
        const outcome = { status: 'failed', reference: null, failure: 'not_charged' } as const;
        const messages = [{ type: 'payments.payment-failed.v1' as const, data }];
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
