/** What a shop is called whose owner has not said. */
export const productName = 'Plaza';

export const shopNameMax = 60;

/**
 * Control characters, ends of lines, and the marks that turn the direction of all that follows:
 * a name stands inside of the sentences of others. Letters of any script and pictures are welcome.
 */
const refused = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Something to be seen: no name is made of spaces, or of marks that nobody sees. */
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The name as it is kept; undefined: it is none. Counted in characters, as the database counts. */
export const readShopName = (text: string): string | undefined => {
  const name = text.normalize('NFC').trim();
  const isName = seen.test(name) && Array.from(name).length <= shopNameMax && !refused.test(name);
  return isName ? name : undefined;
};
