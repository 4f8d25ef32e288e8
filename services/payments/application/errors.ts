/** Errors of the context, for routes that refuse before any command runs. */
export { paymentError } from '../domain/errors.ts';
