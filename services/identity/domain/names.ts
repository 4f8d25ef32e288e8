import { canonicalName, readEmailAddress } from '#shared/kernel/email-address.ts';
import { identityError } from './account.ts';

const usernamePattern = /^[a-z0-9_.-]{3,32}$/;

export { canonicalName };

/** The canonical address, or `identity.email_invalid` at `pointer`. */
export const readEmail = (text: string, pointer = '#/email'): string => {
  const email = readEmailAddress(text);
  if (email !== undefined) return email;
  throw identityError('email_invalid', {
    errors: [{ pointer, code: 'wrong_format', detail: 'is not an e-mail address' }],
  });
};

/** The canonical user name, or `identity.username_invalid`. */
export const readUsername = (text: string): string => {
  const username = canonicalName(text);
  if (usernamePattern.test(username)) return username;
  const detail = 'must be 3 to 32 of a-z, 0-9, dot, hyphen, underscore';
  throw identityError('username_invalid', {
    errors: [{ pointer: '#/username', code: 'wrong_format', detail }],
  });
};
