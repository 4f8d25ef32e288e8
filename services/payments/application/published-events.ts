import type { EscrowDisputedV1 } from '#contracts/payments/escrow-disputed.v1.ts';
import type { EscrowHeldV1 } from '#contracts/payments/escrow-held.v1.ts';
import type { EscrowRefundedV1 } from '#contracts/payments/escrow-refunded.v1.ts';
import type { EscrowReleasedV1 } from '#contracts/payments/escrow-released.v1.ts';
import type { PayoutDestinationChangedV1 } from '#contracts/payments/payout-destination-changed.v1.ts';
import type { PayoutFailedV1 } from '#contracts/payments/payout-failed.v1.ts';
import type { PayoutPaidV1 } from '#contracts/payments/payout-paid.v1.ts';
import type { PayoutRequestedV1 } from '#contracts/payments/payout-requested.v1.ts';
import type { ChargebackClosedV1 } from '#contracts/payments/chargeback-closed.v1.ts';
import type { ChargebackOpenedV1 } from '#contracts/payments/chargeback-opened.v1.ts';
import type { FraudAlertedV1 } from '#contracts/payments/fraud-alerted.v1.ts';
import type { PaymentCompletedV1 } from '#contracts/payments/payment-completed.v1.ts';
import type { PaymentFailedV1 } from '#contracts/payments/payment-failed.v1.ts';
import type { RefundCompletedV1 } from '#contracts/payments/refund-completed.v1.ts';
import type { RefundFailedV1 } from '#contracts/payments/refund-failed.v1.ts';
import type { SellerLinkEndedV1 } from '#contracts/payments/seller-link-ended.v1.ts';
import type { RestockRequestedV1 } from '#contracts/payments/restock-requested.v1.ts';

/** What other contexts learn of payments. */
export type PublishedEvent =
  | { type: 'payments.payment-completed.v1'; data: PaymentCompletedV1 }
  | { type: 'payments.payment-failed.v1'; data: PaymentFailedV1 }
  | { type: 'payments.refund-completed.v1'; data: RefundCompletedV1 }
  | { type: 'payments.refund-failed.v1'; data: RefundFailedV1 }
  | { type: 'payments.restock-requested.v1'; data: RestockRequestedV1 }
  | { type: 'payments.escrow-held.v1'; data: EscrowHeldV1 }
  | { type: 'payments.escrow-disputed.v1'; data: EscrowDisputedV1 }
  | { type: 'payments.escrow-released.v1'; data: EscrowReleasedV1 }
  | { type: 'payments.escrow-refunded.v1'; data: EscrowRefundedV1 }
  | { type: 'payments.payout-requested.v1'; data: PayoutRequestedV1 }
  | { type: 'payments.payout-paid.v1'; data: PayoutPaidV1 }
  | { type: 'payments.payout-failed.v1'; data: PayoutFailedV1 }
  | { type: 'payments.payout-destination-changed.v1'; data: PayoutDestinationChangedV1 }
  | { type: 'payments.chargeback-opened.v1'; data: ChargebackOpenedV1 }
  | { type: 'payments.chargeback-closed.v1'; data: ChargebackClosedV1 }
  | { type: 'payments.seller-link-ended.v1'; data: SellerLinkEndedV1 }
  | { type: 'payments.fraud-alerted.v1'; data: FraudAlertedV1 };
