// Quotes, brackets and separators are left out: they are legal in theory and only ever an attack.
const emailPattern =
  /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)+$/;
const emailMax = 254;

/** One spelling a name or address (reliability A7). Folding can undo the normal form, hence twice. */
export const canonicalName = (text: string): string =>
  text.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

/** The canonical address; undefined when it is none. */
export const readEmailAddress = (text: string): string | undefined => {
  const email = canonicalName(text);
  return email.length <= emailMax && emailPattern.test(email) ? email : undefined;
};
