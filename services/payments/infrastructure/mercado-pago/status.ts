/**
 * Why a payment was declined, in our words: the provider's many details are one vocabulary here,
 * because a buyer can do one of few things about them.
 */
export type DeclineReason =
  | 'card_number_invalid'
  | 'expired_card'
  | 'security_code_invalid'
  | 'card_data_invalid'
  | 'card_declined'
  | 'card_disabled'
  | 'card_type_not_allowed'
  | 'call_bank'
  | 'insufficient_funds'
  | 'installments_not_allowed'
  | 'limit_exceeded'
  | 'too_many_attempts'
  | 'duplicated_payment'
  | 'suspected_fraud'
  | 'challenge_failed'
  | 'challenge_needed'
  | 'data_missing'
  | 'against_regulations'
  | 'bank_error'
  | 'bank_declined';

export type PendingReason =
  | 'created'
  | 'waiting_payment'
  | 'waiting_transfer'
  | 'waiting_challenge'
  | 'waiting_terminal'
  | 'in_process'
  | 'in_review';

/** What a status of Mercado Pago means. Only `approved` is paid; `unknown` changes nothing. */
export type ProviderStatus =
  | Readonly<{ is: 'pending'; reason: PendingReason }>
  /** The money is reserved on the card, and not ours until it is captured. */
  | Readonly<{ is: 'authorized'; reason: 'waiting_capture' }>
  /** `partially_refunded` is still approved: the rest of the money is ours. */
  | Readonly<{ is: 'approved'; reason: 'accredited' | 'partially_refunded' }>
  | Readonly<{ is: 'declined'; reason: DeclineReason }>
  | Readonly<{ is: 'cancelled'; reason: 'expired' | 'by_seller' | 'by_buyer' | 'by_provider' }>
  | Readonly<{ is: 'refunded'; reason: 'by_seller' | 'by_provider' }>
  /** `open` holds the money back, `lost` keeps it from us, `won` gave it back to us. */
  | Readonly<{ is: 'charged_back'; reason: 'open' | 'lost' | 'won' }>
  /** The buyer complained at the provider, who holds the money until it has decided. */
  | Readonly<{ is: 'in_mediation'; reason: 'open' }>
  /** Nobody told us what this means: keep what is known and call a person. */
  | Readonly<{ is: 'unknown'; status: string; detail: string | null }>;

type Known = Exclude<ProviderStatus, { is: 'unknown' }>;
type Details<Status extends Known['is']> = Readonly<
  Record<string, Extract<Known, { is: Status }>['reason']>
>;

const declineReasons: Details<'declined'> = {
  bank_error: 'bank_error',
  cc_amount_rate_limit_exceeded: 'limit_exceeded',
  cc_rejected_3ds_challenge: 'challenge_failed',
  cc_rejected_3ds_mandatory: 'challenge_needed',
  cc_rejected_bad_filled_card_number: 'card_number_invalid',
  cc_rejected_bad_filled_date: 'expired_card',
  cc_rejected_bad_filled_other: 'card_data_invalid',
  cc_rejected_bad_filled_security_code: 'security_code_invalid',
  cc_rejected_blacklist: 'suspected_fraud',
  cc_rejected_call_for_authorize: 'call_bank',
  cc_rejected_card_disabled: 'card_disabled',
  cc_rejected_card_error: 'card_declined',
  cc_rejected_card_type_not_allowed: 'card_type_not_allowed',
  cc_rejected_duplicated_payment: 'duplicated_payment',
  cc_rejected_fraud: 'suspected_fraud',
  cc_rejected_high_risk: 'suspected_fraud',
  cc_rejected_insufficient_amount: 'insufficient_funds',
  cc_rejected_invalid_installments: 'installments_not_allowed',
  cc_rejected_max_attempts: 'too_many_attempts',
  cc_rejected_other_reason: 'card_declined',
  cc_rejected_time_out: 'bank_error',
  insufficient_amount: 'insufficient_funds',
  insufficient_money: 'insufficient_funds',
  rejected_by_bank: 'bank_declined',
  rejected_by_regulations: 'against_regulations',
  rejected_high_risk: 'suspected_fraud',
  rejected_insufficient_data: 'data_missing',
};

/** Both statuses wait, and details of one were seen with the other. */
const pendingReasons: Details<'pending'> = {
  offline_process: 'in_process',
  pending_challenge: 'waiting_challenge',
  pending_contingency: 'in_process',
  pending_review_manual: 'in_review',
  pending_waiting_payment: 'waiting_payment',
  pending_waiting_transfer: 'waiting_transfer',
};

const chargebackReasons: Details<'charged_back'> = {
  in_process: 'open',
  reimbursed: 'won',
  settled: 'lost',
};

type Row = { [Is in Known['is']]: readonly [is: Is, details: Details<Is>] }[Known['is']];

/** Statuses of the Payments API with their documented details. */
export const paymentStatuses: Readonly<Record<string, Row>> = {
  approved: ['approved', { accredited: 'accredited', partially_refunded: 'partially_refunded' }],
  authorized: ['authorized', { pending_capture: 'waiting_capture' }],
  in_process: ['pending', pendingReasons],
  pending: ['pending', pendingReasons],
  cancelled: [
    'cancelled',
    {
      expired: 'expired',
      by_collector: 'by_seller',
      by_payer: 'by_buyer',
      by_admin: 'by_provider',
    },
  ],
  charged_back: ['charged_back', chargebackReasons],
  refunded: ['refunded', { refunded: 'by_seller', by_admin: 'by_provider' }],
  rejected: ['declined', declineReasons],
};

/** Statuses of the Orders API, of an order and of a transaction in it. */
export const orderStatuses: Readonly<Record<string, readonly Row[]>> = {
  created: [['pending', { created: 'created' }]],
  at_terminal: [['pending', { at_terminal: 'waiting_terminal' }]],
  processing: [
    [
      'pending',
      { in_process: 'in_process', in_review: 'in_review', pending_review_manual: 'in_review' },
    ],
  ],
  action_required: [
    [
      'pending',
      {
        action_required: 'waiting_terminal',
        check_on_terminal: 'waiting_terminal',
        pending_challenge: 'waiting_challenge',
        waiting_payment: 'waiting_payment',
        waiting_transfer: 'waiting_transfer',
      },
    ],
    ['authorized', { waiting_capture: 'waiting_capture' }],
  ],
  processed: [
    [
      'approved',
      // What an order of a terminal says of itself, its transaction being `accredited`.
      {
        accredited: 'accredited',
        processed: 'accredited',
        partially_refunded: 'partially_refunded',
      },
    ],
    ['refunded', { refunded: 'by_seller' }],
  ],
  refunded: [['refunded', { refunded: 'by_seller' }]],
  charged_back: [['charged_back', chargebackReasons]],
  canceled: [
    [
      'cancelled',
      { canceled: 'by_seller', canceled_by_api: 'by_seller', canceled_on_terminal: 'by_buyer' },
    ],
  ],
  expired: [['cancelled', { expired: 'expired' }]],
  failed: [
    [
      'declined',
      {
        ...declineReasons,
        '3ds_challenge_expired': 'challenge_failed',
        amount_limit_exceeded: 'limit_exceeded',
        bad_filled_card_data: 'card_data_invalid',
        card_disabled: 'card_disabled',
        card_insufficient_amount: 'insufficient_funds',
        failed: 'card_declined',
        high_risk: 'suspected_fraud',
        // It failed, and why is not told.
        in_review: 'card_declined',
        invalid_card_token: 'card_data_invalid',
        invalid_installments: 'installments_not_allowed',
        max_attempts_exceeded: 'too_many_attempts',
        processing_error: 'bank_error',
        rejected_by_issuer: 'bank_declined',
        rejected_other_reason: 'card_declined',
        required_call_for_authorize: 'call_bank',
      },
    ],
  ],
};

/** Own members only: a status called `constructor` is none of ours. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const lookUp = (rows: readonly Row[], status: string, detail: string | null): ProviderStatus => {
  for (const [is, details] of rows) {
    const reason = detail === null ? undefined : own<string>(details, detail);
    if (reason !== undefined) return { is, reason } as Known;
  }
  return { is: 'unknown', status, detail };
};

type Stated = Readonly<{ status: string; statusDetail: string | null }>;

/**
 * What a payment of the Payments API says. A detail that is not documented makes the whole answer
 * unknown: it never becomes paid by its status alone. Mediation has no documented details.
 */
export const statusOf = ({ status, statusDetail }: Stated): ProviderStatus => {
  if (status === 'in_mediation') return { is: 'in_mediation', reason: 'open' };
  const row = own(paymentStatuses, status);
  return lookUp(row ? [row] : [], status, statusDetail);
};

/** What an order, or a transaction, of the Orders API says. */
export const statusOfOrder = ({ status, statusDetail }: Stated): ProviderStatus =>
  lookUp(own(orderStatuses, status) ?? [], status, statusDetail);

/** What the payments of a merchant order come to. Amounts in minor units of the order's currency. */
export type MerchantOrderStatus = Readonly<{
  is: 'unpaid' | 'partly_paid' | 'paid' | 'overpaid' | 'unknown';
  /** Approved payments, minus what of them was refunded. */
  paidMinor: bigint;
  /** What was paid beyond the total and has to go back. */
  surplusMinor: bigint;
}>;

/**
 * Whether a merchant order is paid: not by its own words but by its payments, since a buyer may try
 * again after a refusal, pay with two cards, or pay twice. Shipping is part of what is due. One
 * payment that we cannot read, or an approved one in another currency, makes it unknown.
 */
export const statusOfMerchantOrder = (
  order: Readonly<{
    currency: string;
    totalMinor: bigint;
    shippingMinor: bigint;
    payments: readonly (Stated &
      Readonly<{ amountMinor: bigint; refundedMinor: bigint; currency: string }>)[];
  }>,
): MerchantOrderStatus => {
  const stated = order.payments.map((payment) => ({ payment, is: statusOf(payment).is }));
  const counted = stated.filter(({ is }) => is === 'approved').map(({ payment }) => payment);
  const paidMinor = counted
    .filter(({ currency }) => currency === order.currency)
    .reduce((sum, { amountMinor, refundedMinor }) => sum + amountMinor - refundedMinor, 0n);
  const dueMinor = order.totalMinor + order.shippingMinor;
  const surplusMinor = paidMinor > dueMinor ? paidMinor - dueMinor : 0n;
  if (
    stated.some(({ is }) => is === 'unknown') ||
    counted.some(({ currency }) => currency !== order.currency)
  )
    return { is: 'unknown', paidMinor, surplusMinor: 0n };
  if (surplusMinor > 0n) return { is: 'overpaid', paidMinor, surplusMinor };
  if (paidMinor <= 0n) return { is: 'unpaid', paidMinor, surplusMinor };
  return { is: paidMinor === dueMinor ? 'paid' : 'partly_paid', paidMinor, surplusMinor };
};
