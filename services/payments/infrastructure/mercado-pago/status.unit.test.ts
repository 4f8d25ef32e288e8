import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manyCases } from '#shared/testing/many-cases.ts';
import {
  orderStatuses,
  paymentStatuses,
  statusOf,
  statusOfMerchantOrder,
  statusOfOrder,
} from './status.ts';

/**
 * The table of Mercado Pago's page "Payment creation results", in its order, whole:
 * https://www.mercadopago.com.mx/developers/en/docs/checkout-api-payments/response-handling/collection-results
 * as read in November 2026.
 */
const documented: readonly (readonly [
  status: string,
  detail: string,
  is: string,
  reason: string,
])[] = [
  ['approved', 'accredited', 'approved', 'accredited'],
  ['approved', 'partially_refunded', 'approved', 'partially_refunded'],
  ['authorized', 'pending_capture', 'authorized', 'waiting_capture'],
  ['in_process', 'offline_process', 'pending', 'in_process'],
  ['in_process', 'pending_contingency', 'pending', 'in_process'],
  ['in_process', 'pending_review_manual', 'pending', 'in_review'],
  ['pending', 'pending_waiting_transfer', 'pending', 'waiting_transfer'],
  ['pending', 'pending_waiting_payment', 'pending', 'waiting_payment'],
  ['pending', 'pending_challenge', 'pending', 'waiting_challenge'],
  ['cancelled', 'expired', 'cancelled', 'expired'],
  ['cancelled', 'by_collector', 'cancelled', 'by_seller'],
  ['cancelled', 'by_payer', 'cancelled', 'by_buyer'],
  ['charged_back', 'settled', 'charged_back', 'lost'],
  ['charged_back', 'reimbursed', 'charged_back', 'won'],
  ['charged_back', 'in_process', 'charged_back', 'open'],
  ['refunded', 'refunded', 'refunded', 'by_seller'],
  ['refunded', 'by_admin', 'refunded', 'by_provider'],
  ['rejected', 'bank_error', 'declined', 'bank_error'],
  ['rejected', 'cc_rejected_3ds_challenge', 'declined', 'challenge_failed'],
  ['rejected', 'cc_rejected_3ds_mandatory', 'declined', 'challenge_needed'],
  ['rejected', 'cc_rejected_bad_filled_card_number', 'declined', 'card_number_invalid'],
  ['rejected', 'cc_rejected_bad_filled_date', 'declined', 'expired_card'],
  ['rejected', 'cc_rejected_bad_filled_other', 'declined', 'card_data_invalid'],
  ['rejected', 'cc_rejected_bad_filled_security_code', 'declined', 'security_code_invalid'],
  ['rejected', 'cc_rejected_blacklist', 'declined', 'suspected_fraud'],
  ['rejected', 'cc_rejected_call_for_authorize', 'declined', 'call_bank'],
  ['rejected', 'cc_rejected_card_disabled', 'declined', 'card_disabled'],
  ['rejected', 'cc_rejected_card_error', 'declined', 'card_declined'],
  ['rejected', 'cc_rejected_duplicated_payment', 'declined', 'duplicated_payment'],
  ['rejected', 'cc_rejected_high_risk', 'declined', 'suspected_fraud'],
  ['rejected', 'cc_rejected_insufficient_amount', 'declined', 'insufficient_funds'],
  ['rejected', 'cc_rejected_invalid_installments', 'declined', 'installments_not_allowed'],
  ['rejected', 'cc_rejected_max_attempts', 'declined', 'too_many_attempts'],
  ['rejected', 'cc_rejected_other_reason', 'declined', 'card_declined'],
  ['rejected', 'cc_amount_rate_limit_exceeded', 'declined', 'limit_exceeded'],
  ['rejected', 'rejected_insufficient_data', 'declined', 'data_missing'],
  ['rejected', 'rejected_by_bank', 'declined', 'bank_declined'],
  ['rejected', 'rejected_by_regulations', 'declined', 'against_regulations'],
  ['rejected', 'insufficient_amount', 'declined', 'insufficient_funds'],
  ['rejected', 'cc_rejected_card_type_not_allowed', 'declined', 'card_type_not_allowed'],
  ['in_mediation', 'pending', 'in_mediation', 'open'],
];

/** On other pages of theirs: returns of wallet connect, and details that its own SDKs know. */
const elsewhere: readonly (readonly [status: string, detail: string, reason: string])[] = [
  ['rejected', 'insufficient_money', 'insufficient_funds'],
  ['rejected', 'cc_rejected_fraud', 'suspected_fraud'],
  ['rejected', 'cc_rejected_time_out', 'bank_error'],
  ['rejected', 'rejected_high_risk', 'suspected_fraud'],
];

/** Documented for one status and, since what is told of both differs, read with the other too. */
const shared = ['in_process', 'pending'];
/** `by_admin` of a payment that was not made is said as of one that went back. */
const alike: readonly string[] = ['cancelled by_admin'];

/** The same of the Orders API: `order-status`, `payment-status` and, of terminals, `status-order-transaction`. */
const documentedOfOrders: readonly (readonly [
  status: string,
  detail: string,
  is: string,
  reason: string,
])[] = [
  ['created', 'created', 'pending', 'created'],
  ['at_terminal', 'at_terminal', 'pending', 'waiting_terminal'],
  ['processing', 'in_process', 'pending', 'in_process'],
  ['processing', 'in_review', 'pending', 'in_review'],
  ['processing', 'pending_review_manual', 'pending', 'in_review'],
  ['action_required', 'action_required', 'pending', 'waiting_terminal'],
  ['action_required', 'check_on_terminal', 'pending', 'waiting_terminal'],
  ['action_required', 'pending_challenge', 'pending', 'waiting_challenge'],
  ['action_required', 'waiting_payment', 'pending', 'waiting_payment'],
  ['action_required', 'waiting_transfer', 'pending', 'waiting_transfer'],
  ['action_required', 'waiting_capture', 'authorized', 'waiting_capture'],
  ['processed', 'accredited', 'approved', 'accredited'],
  ['processed', 'processed', 'approved', 'accredited'],
  ['processed', 'partially_refunded', 'approved', 'partially_refunded'],
  ['processed', 'refunded', 'refunded', 'by_seller'],
  ['refunded', 'refunded', 'refunded', 'by_seller'],
  ['canceled', 'canceled', 'cancelled', 'by_seller'],
  ['canceled', 'canceled_by_api', 'cancelled', 'by_seller'],
  ['canceled', 'canceled_on_terminal', 'cancelled', 'by_buyer'],
  ['expired', 'expired', 'cancelled', 'expired'],
  ['charged_back', 'settled', 'charged_back', 'lost'],
  ['charged_back', 'reimbursed', 'charged_back', 'won'],
  ['charged_back', 'in_process', 'charged_back', 'open'],
  ['failed', '3ds_challenge_expired', 'declined', 'challenge_failed'],
  ['failed', 'amount_limit_exceeded', 'declined', 'limit_exceeded'],
  ['failed', 'bad_filled_card_data', 'declined', 'card_data_invalid'],
  ['failed', 'card_disabled', 'declined', 'card_disabled'],
  ['failed', 'card_insufficient_amount', 'declined', 'insufficient_funds'],
  ['failed', 'failed', 'declined', 'card_declined'],
  ['failed', 'high_risk', 'declined', 'suspected_fraud'],
  ['failed', 'in_review', 'declined', 'card_declined'],
  ['failed', 'insufficient_amount', 'declined', 'insufficient_funds'],
  ['failed', 'invalid_card_token', 'declined', 'card_data_invalid'],
  ['failed', 'invalid_installments', 'declined', 'installments_not_allowed'],
  ['failed', 'max_attempts_exceeded', 'declined', 'too_many_attempts'],
  ['failed', 'processing_error', 'declined', 'bank_error'],
  ['failed', 'rejected_by_issuer', 'declined', 'bank_declined'],
  ['failed', 'rejected_other_reason', 'declined', 'card_declined'],
  ['failed', 'required_call_for_authorize', 'declined', 'call_bank'],
];

describe('a payment', () => {
  it('has no word in our table that nobody documented', () => {
    const known = new Set([
      ...documented.map(([status, detail]) => `${status} ${detail}`),
      ...elsewhere.map(([status, detail]) => `${status} ${detail}`),
      ...alike,
    ]);
    const isShared = (status: string, detail: string): boolean =>
      shared.includes(status) && shared.some((other) => known.has(`${other} ${detail}`));
    const invented = Object.entries(paymentStatuses).flatMap(([status, [, details]]) =>
      Object.keys(details)
        .filter((detail) => !known.has(`${status} ${detail}`) && !isShared(status, detail))
        .map((detail) => `${status} ${detail}`),
    );
    assert.deepEqual(invented, []);
  });

  for (const [status, statusDetail, reason] of elsewhere)
    it(`that is ${status}, ${statusDetail} is declined for us: ${reason}`, () => {
      assert.deepEqual(statusOf({ status, statusDetail }), { is: 'declined', reason });
    });

  for (const [status, statusDetail, is, reason] of documented)
    it(`that is ${status}, ${statusDetail} is ${is} for us: ${reason}`, () => {
      assert.deepEqual(statusOf({ status, statusDetail }), { is, reason });
    });

  it('with a status or a detail that nobody documented is unknown, and never paid', () => {
    for (const [status, statusDetail] of [
      ['approved', 'something_new'],
      ['approved', null],
      ['approved', 'toString'],
      ['accredited', 'accredited'],
      ['APPROVED', 'accredited'],
      ['constructor', 'name'],
      ['__proto__', 'accredited'],
      ['', null],
      ['rejected', 'accredited'],
    ] as const)
      assert.deepEqual(statusOf({ status, statusDetail }), {
        is: 'unknown',
        status,
        detail: statusDetail,
      });
  });

  it('is paid by its two documented pairs alone, among any words', () => {
    const wordsOf = (table: object): readonly string[] => [
      ...Object.keys(table),
      ...Object.keys(Object.getOwnPropertyDescriptors(Object.prototype)),
    ];
    const statuses = [...wordsOf(paymentStatuses), ...wordsOf(orderStatuses)];
    const details = [
      null,
      ...wordsOf(paymentStatuses['rejected']![1]),
      'accredited',
      'partially_refunded',
      'accredited',
      'partially_refunded',
      'refunded',
    ];
    const letters = Array.from('abcdeprost_ Aé');
    manyCases((draw) => {
      const isWord = draw.below(5) > 0;
      const status = isWord ? draw.of(statuses) : draw.text(letters, 0, 9);
      const statusDetail = draw.below(5) > 0 ? draw.of(details) : draw.text(letters, 0, 9);
      const isNamed = statusDetail === 'accredited' || statusDetail === 'partially_refunded';
      const payment = statusOf({ status, statusDetail }).is === 'approved';
      const order = statusOfOrder({ status, statusDetail }).is === 'approved';
      assert.equal(payment, status === 'approved' && isNamed);
      const isOfOrder = isNamed || statusDetail === 'processed';
      assert.equal(order, status === 'processed' && isOfOrder);
    });
  });
});

describe('an order', () => {
  for (const [status, statusDetail, is, reason] of documentedOfOrders)
    it(`that is ${status}, ${statusDetail} is ${is} for us: ${reason}`, () => {
      assert.deepEqual(statusOfOrder({ status, statusDetail }), { is, reason });
    });

  it('has no word in our table that nobody documented, but those of payments', () => {
    const known = new Set(documentedOfOrders.map(([status, detail]) => `${status} ${detail}`));
    const ofPayments = Object.keys(paymentStatuses['rejected']![1]);
    const invented = Object.entries(orderStatuses).flatMap(([status, rows]) =>
      rows
        .flatMap(([, details]) => Object.keys(details))
        .filter((detail) => !known.has(`${status} ${detail}`))
        .filter((detail) => !(status === 'failed' && ofPayments.includes(detail)))
        .map((detail) => `${status} ${detail}`),
    );
    assert.deepEqual(invented, []);
  });

  it('with a word that nobody documented is unknown', () => {
    for (const [status, statusDetail] of [
      ['processed', 'something_new'],
      ['processed', null],
      ['failed', 'toString'],
      ['done', 'accredited'],
    ] as const)
      assert.equal(statusOfOrder({ status, statusDetail }).is, 'unknown');
  });
});

describe('a merchant order', () => {
  const approved = (amountMinor: bigint, refundedMinor = 0n, currency = 'COP') => ({
    status: 'approved',
    statusDetail: 'accredited',
    amountMinor,
    refundedMinor,
    currency,
  });
  const declined = { ...approved(900n), status: 'rejected', statusDetail: 'cc_rejected_high_risk' };
  const of = (...payments: readonly ReturnType<typeof approved>[]) =>
    statusOfMerchantOrder({ currency: 'COP', totalMinor: 800n, shippingMinor: 100n, payments });

  for (const [why, found, is, paidMinor, surplusMinor] of [
    ['nobody paid', of(), 'unpaid', 0n, 0n],
    ['a card was refused', of(declined), 'unpaid', 0n, 0n],
    ['a second try worked', of(declined, approved(900n)), 'paid', 900n, 0n],
    ['two cards paid it', of(approved(500n), approved(400n)), 'paid', 900n, 0n],
    ['the shipping is missing', of(approved(800n)), 'partly_paid', 800n, 0n],
    ['it was paid twice', of(approved(900n), approved(900n)), 'overpaid', 1800n, 900n],
    ['the surplus went back', of(approved(900n), approved(900n, 900n)), 'paid', 900n, 0n],
    ['all went back', of(approved(900n, 900n)), 'unpaid', 0n, 0n],
    ['a word is new', of({ ...approved(900n), statusDetail: 'new' }), 'unknown', 0n, 0n],
    ['other money came', of(approved(900n, 0n, 'USD')), 'unknown', 0n, 0n],
  ] as const)
    it(`is ${is} when ${why}`, () => assert.deepEqual(found, { is, paidMinor, surplusMinor }));
});
