import { defineErrors } from '#shared/kernel/errors.ts';

export const paymentError = defineErrors('payments', {
  not_found: ['not_found', 'There is no such payment.'],
  order_not_payable: ['conflict', 'This order cannot be paid now.'],
  already_paid: ['conflict', 'This order already has a payment.'],
  card_number_invalid: ['invalid', 'This is not a card number.'],
  card_expired: ['invalid', 'The card has expired.'],
  card_not_supported: ['invalid', 'The sandbox takes its test cards only.'],
  refused: ['payment_refused', 'The payment was refused.'],
  refund_too_large: ['conflict', 'More than is left of the payment cannot be refunded.'],
  refund_lines_too_many: ['conflict', 'More pieces than are left of a line cannot be refunded.'],
  line_not_found: ['invalid', 'The payment has no line of this variant.'],
  refund_ambiguous: ['invalid', 'A refund is of an amount or of lines, not of both.'],
  commission_rule_not_found: ['not_found', 'There is no such rule.'],
  commission_rule_taken: ['conflict', 'A rule for this from the same time is there already.'],
  not_confirmed: ['conflict', 'The provider does not confirm this state.'],
  difference_not_found: ['not_found', 'There is no such difference.'],
  period_not_valid: ['invalid', 'A period begins before it ends, and is a year long at most.'],
  difference_settled: ['conflict', 'This difference is settled already.'],
});
