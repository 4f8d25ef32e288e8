/**
 * Who takes which message, over the whole system: `<context>.<reaction>` and the type it reads. A
 * broker keeps a message for a consumer only in a queue that is already there, so every process
 * declares the queues of all of them, also of those that run elsewhere or not yet.
 */
export const subscriptions: Readonly<Record<string, string>> = {
  'identity.send-letter-when-code-requested': 'identity.code-requested.v1',
  'identity.record-staff-act-in-identity': 'identity.staff-acted.v1',
  'identity.record-staff-act-in-catalog': 'catalog.staff-acted.v1',
  'identity.record-staff-act-in-orders': 'orders.staff-acted.v1',
  'identity.record-staff-act-in-payments': 'payments.staff-acted.v1',
  'catalog.reserve-stock-when-order-placed': 'orders.order-placed.v1',
  'catalog.commit-stock-when-order-paid': 'orders.order-paid.v1',
  'catalog.release-stock-when-order-cancelled': 'orders.order-cancelled.v1',
  'catalog.release-stock-when-order-failed': 'orders.order-failed.v1',
  'orders.confirm-stock-when-reserved': 'catalog.stock-reserved.v1',
  'orders.refuse-stock-when-rejected': 'catalog.stock-rejected.v1',
  'orders.pay-order-when-payment-completed': 'payments.payment-completed.v1',
  'orders.fail-order-when-payment-failed': 'payments.payment-failed.v1',
  'orders.record-refund-when-completed': 'payments.refund-completed.v1',
  'orders.keep-offers-when-product-changed': 'catalog.product-changed.v1',
  'payments.open-payable-when-payment-requested': 'orders.payment-requested.v1',
  'payments.close-payable-when-order-failed': 'orders.order-failed.v1',
  'payments.close-payable-when-order-cancelled': 'orders.order-cancelled.v1',
  'payments.refund-payment-when-requested': 'orders.refund-requested.v1',
  'notifications.learn-recipient-when-account-registered': 'identity.account-registered.v1',
  'notifications.keep-address-when-email-changed': 'identity.email-changed.v1',
  'notifications.tell-buyer-when-order-paid': 'orders.order-paid.v1',
  'notifications.tell-buyer-when-order-shipped': 'orders.order-shipped.v1',
  'notifications.tell-buyer-when-order-delivered': 'orders.order-delivered.v1',
  'notifications.tell-buyer-when-order-cancelled': 'orders.order-cancelled.v1',
  'notifications.tell-buyer-when-order-failed': 'orders.order-failed.v1',
  'notifications.tell-buyer-when-order-refunded': 'orders.order-refunded.v1',
};
