/** A status with its detail, as Mercado Pago documents them. */
export type Outcome = Readonly<{ status: string; detail: string }>;

const rejected = (detail: string): Outcome => ({ status: 'rejected', detail });
export const approved: Outcome = { status: 'approved', detail: 'accredited' };
export const pending: Outcome = { status: 'pending', detail: 'pending_waiting_payment' };
export const inProcess: Outcome = { status: 'in_process', detail: 'pending_contingency' };

/** Every documented reason to decline, in the order of the page. */
export const declineDetails = [
  'cc_rejected_other_reason',
  'cc_rejected_insufficient_amount',
  'cc_rejected_bad_filled_card_number',
  'cc_rejected_bad_filled_date',
  'cc_rejected_bad_filled_security_code',
  'cc_rejected_bad_filled_other',
  'cc_rejected_call_for_authorize',
  'cc_rejected_card_disabled',
  'cc_rejected_card_error',
  'cc_rejected_card_type_not_allowed',
  'cc_rejected_blacklist',
  'cc_rejected_high_risk',
  'cc_rejected_max_attempts',
  'cc_rejected_duplicated_payment',
  'cc_rejected_invalid_installments',
  'cc_rejected_3ds_challenge',
  'cc_rejected_3ds_mandatory',
  'cc_amount_rate_limit_exceeded',
  'bank_error',
  'insufficient_amount',
  'rejected_by_bank',
  'rejected_by_regulations',
  'rejected_insufficient_data',
] as const;
export type DeclineDetail = (typeof declineDetails)[number];

export const pendingDetails = [
  'pending_waiting_payment',
  'pending_waiting_transfer',
  'pending_challenge',
] as const;
export const inProcessDetails = [
  'pending_contingency',
  'pending_review_manual',
  'offline_process',
] as const;

/** What each test buyer's first name does, as with Mercado Pago's test cards. */
const byFirstName: ReadonlyMap<string, Outcome> = new Map([
  ['APRO', approved],
  ['CONT', inProcess],
  ['OTHE', rejected('cc_rejected_other_reason')],
  ['CALL', rejected('cc_rejected_call_for_authorize')],
  ['FUND', rejected('cc_rejected_insufficient_amount')],
  ['SECU', rejected('cc_rejected_bad_filled_security_code')],
  ['EXPI', rejected('cc_rejected_bad_filled_date')],
  ['FORM', rejected('cc_rejected_bad_filled_other')],
  ['CARD', rejected('cc_rejected_bad_filled_card_number')],
  ['INST', rejected('cc_rejected_invalid_installments')],
  ['DUPL', rejected('cc_rejected_duplicated_payment')],
  ['LOCK', rejected('cc_rejected_card_disabled')],
  ['CTNA', rejected('cc_rejected_card_type_not_allowed')],
  ['ATTE', rejected('cc_rejected_max_attempts')],
  ['BLAC', rejected('cc_rejected_blacklist')],
]);

/** A buyer of any other name pays. */
export const outcomeOf = (firstName: unknown): Outcome =>
  (typeof firstName === 'string' ? byFirstName.get(firstName.trim().toUpperCase()) : undefined) ??
  approved;

/** The outcome that somebody asked for; undefined when it is none. */
export const readOutcome = (status: unknown, detail: unknown): Outcome | undefined => {
  const details: Readonly<Record<string, readonly string[]>> = {
    approved: ['accredited'],
    rejected: declineDetails,
    pending: pendingDetails,
    in_process: inProcessDetails,
    cancelled: ['by_payer', 'by_collector', 'expired'],
  };
  if (typeof status !== 'string' || !Object.hasOwn(details, status)) return undefined;
  const known = details[status]!;
  if (detail === undefined || detail === '') return { status, detail: known[0]! };
  const isKnown = typeof detail === 'string' && known.includes(detail);
  return isKnown ? { status, detail } : undefined;
};
