/** How most products are taxed. */
export const defaultTaxClass = 'standard';

/** Of what a file calls not taxable. */
export const exemptTaxClass = 'exempt';

/** Small letters: the tax codes of other shops are not taken for classes. */
export const isTaxClass = (text: string): boolean =>
  text.length <= 40 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
