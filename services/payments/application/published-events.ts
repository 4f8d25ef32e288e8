import type { ChargebackClosedV1 } from '#contracts/payments/chargeback-closed.v1.ts';
import type { ChargebackOpenedV1 } from '#contracts/payments/chargeback-opened.v1.ts';
import type { FraudAlertedV1 } from '#contracts/payments/fraud-alerted.v1.ts';
import type { PaymentCompletedV1 } from '#contracts/payments/payment-completed.v1.ts';
import type { PaymentFailedV1 } from '#contracts/payments/payment-failed.v1.ts';
import type { RefundCompletedV1 } from '#contracts/payments/refund-completed.v1.ts';
import type { RefundFailedV1 } from '#contracts/payments/refund-failed.v1.ts';

/** What other contexts learn of payments. */
export type PublishedEvent =
  | { type: 'payments.payment-completed.v1'; data: PaymentCompletedV1 }
  | { type: 'payments.payment-failed.v1'; data: PaymentFailedV1 }
  | { type: 'payments.refund-completed.v1'; data: RefundCompletedV1 }
  | { type: 'payments.refund-failed.v1'; data: RefundFailedV1 }
  | { type: 'payments.chargeback-opened.v1'; data: ChargebackOpenedV1 }
  | { type: 'payments.chargeback-closed.v1'; data: ChargebackClosedV1 }
  | { type: 'payments.fraud-alerted.v1'; data: FraudAlertedV1 };
