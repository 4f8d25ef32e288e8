import { defineErrors } from '../kernel/errors.ts';

/** What any route can answer, whatever its context. */
export const httpError = defineErrors('http', {
  malformed_json: ['malformed', 'The body is not valid JSON in UTF-8.'],
  forbidden_key: ['malformed', 'The body has a key that is never accepted.'],
  malformed_request: ['malformed', 'The request could not be read.'],
  validation: ['invalid', 'The request does not match its schema.'],
  not_found: ['not_found', 'There is nothing here.'],
  method_not_allowed: ['method_not_allowed', 'This method is not for this address.'],
  upgrade_required: ['upgrade_required', 'This address is for WebSockets.'],
  foreign_origin: ['forbidden', 'Pages of this site may not connect here.'],
  internal: ['internal', 'Something went wrong here; the request id tells the operator where.'],
  too_large: ['too_large', 'The body is larger than this route takes.'],
  too_many_requests: ['too_many', 'Too many requests; wait and try again.'],
  precondition_missing: ['precondition_missing', 'This change needs an If-Match header.'],
  stale: ['stale', 'It was changed by someone else since you read it.'],
  idempotency_key_invalid: [
    'malformed',
    'An Idempotency-Key is 1 to 255 visible ASCII characters.',
  ],
  idempotency_key_reused: ['invalid', 'This Idempotency-Key was used for a different request.'],
  idempotency_in_progress: ['conflict', 'The first request with this Idempotency-Key still runs.'],
  nothing_to_sell: ['conflict', 'Nothing is for sale that could be ordered now.'],
  example_busy: ['conflict', 'Something of the example is under way; try again in a moment.'],
  example_books_unsound: [
    'conflict',
    'The books or the audit log do not verify; nothing may be removed from them.',
  ],
  example_own_account: ['conflict', 'Your account is one of the example; use one of your own.'],
  unavailable: ['unavailable', 'This part of Plaza is not available right now.'],
});

export const authError = defineErrors('auth', {
  required: ['unauthenticated', 'Sign in first.'],
  invalid_token: ['unauthenticated', 'The access token is not valid.'],
  insufficient_role: ['forbidden', 'Your account may not do this.'],
  email_not_verified: ['forbidden', 'Confirm your e-mail address first.'],
  insufficient_scope: ['forbidden', 'This application or key was not given the right to do this.'],
  session_ended: ['unauthenticated', 'This session has ended. Sign in again.'],
  step_up_required: ['forbidden', 'Prove once more who you are, then try again.'],
});
