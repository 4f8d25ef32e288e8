import type { Text } from '../i18n/text.ts';
import type { Failure, FieldFailure } from './problems.ts';

/** The key of the message of a code: the part that a person reads in their own language. */
export const keyOfCode = (code: string): string => `problem.${code}`;

/** What is said of a failure: by its code, else by its status, else by what the server said. */
export const wordFailure = (text: Text, failure: Failure): string => {
  const key = keyOfCode(failure.code);
  const seconds = failure.retryAfterSeconds ?? 0;
  if (text.has(key)) return text.say(key, { seconds });
  if (failure.status === 0) return text.say('problem.web.unreachable');
  if (failure.status === 429) return text.say('problem.http.too_many_requests', { seconds });
  if (failure.status >= 500) return text.say('problem.http.internal');
  return failure.detail ?? text.say('problem.http.internal');
};

/** What is said at a field. Words of the server are the last resort. */
export const wordFieldFailure = (text: Text, { code, params, detail }: FieldFailure): string => {
  const key = `field.${code}`;
  return text.has(key) ? text.say(key, params) : detail;
};
