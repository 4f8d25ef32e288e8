const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that ISO 3166-1 gives to users or has taken back, and groups of countries. */
const none = new Set([
  'ZZ',
  'XA',
  'XB',
  'XK',
  'EU',
  'EZ',
  'UN',
  'QO',
  'AC',
  'CP',
  'DG',
  'EA',
  'IC',
  'TA',
]);

/** Whether `code` is an assigned code of ISO 3166-1, as the Unicode data in Node has it. */
export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  !none.has(code) &&
  new Intl.Locale(`und-${code}`).region === code &&
  // A code that was replaced, such as UK for GB, is canonicalised to another.
  Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}` &&
  names.of(code) !== undefined;
