import { identityError } from './account.ts';

// Quotes, brackets and separators are left out: they are legal in theory and only ever an attack.
const emailPattern =
  /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)+$/;
const usernamePattern = /^[a-z0-9_.-]{3,32}$/;
const emailMax = 254;

/** One spelling an address (reliability A7). Folding can undo the normal form, hence twice. */
export const canonicalName = (text: string): string =>
  text.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

/** The canonical address, or `identity.email_invalid` at `pointer`. */
export const readEmail = (text: string, pointer = '#/email'): string => {
  const email = canonicalName(text);
  if (email.length <= emailMax && emailPattern.test(email)) return email;
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
