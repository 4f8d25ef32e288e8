import type { Text } from '../i18n/text.ts';
import type { Failure, FieldFailure } from './problems.ts';

/** The key of the message of a code: the part that a person reads in their own language. */
export const keyOfCode = (code: string): string => `problem.${code}`;

/** What is said of a status alone, when no code of ours came with it. */
const codeOfStatus: Readonly<Record<number, string>> = {
  0: 'web.unreachable',
  400: 'http.malformed_request',
  401: 'auth.required',
  402: 'payments.refused',
  403: 'auth.insufficient_role',
  404: 'http.not_found',
  405: 'http.method_not_allowed',
  409: 'http.stale',
  412: 'http.stale',
  413: 'http.too_large',
  415: 'http.malformed_request',
  422: 'http.validation',
  429: 'http.too_many_requests',
  503: 'http.unavailable',
};

/** What is said of a failure: by its code, else by its status, else by what the server said. */
export const wordFailure = (text: Text, failure: Failure): string => {
  const key = keyOfCode(failure.code);
  const seconds = failure.retryAfterSeconds ?? 0;
  if (text.has(key)) return text.say(key, { seconds });
  const code = codeOfStatus[failure.status];
  if (code === undefined) return failure.detail ?? text.say('problem.http.internal', { seconds });
  return text.say(keyOfCode(code), { seconds });
};

/** What is said at a field. Words of the server are the last resort. */
export const wordFieldFailure = (text: Text, { code, params, detail }: FieldFailure): string => {
  const key = `field.${code}`;
  return text.has(key) ? text.say(key, params) : detail;
};
