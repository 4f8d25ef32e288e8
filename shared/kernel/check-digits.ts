/** Digits of tax and identity numbers, by the rule that each country published. */

const digitsOf = (body: string): readonly number[] => body.split('').map(Number);

/** Sum of digits times weights; weights begin at the right and repeat. */
const weightedFromRight = (values: readonly number[], weights: readonly number[]): number =>
  values.toReversed().reduce((sum, value, i) => sum + value * weights[i % weights.length]!, 0);

/**
 * Colombia, NIT: weights 3, 7, 13 … from the right, modulo 11; 0 and 1 stand for themselves (DIAN, Orden
 * Administrativa 4 de 1989).
 */
export const nitDigit = (body: string): string => {
  const weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
  const rest = weightedFromRight(digitsOf(body), weights) % 11;
  return String(rest < 2 ? rest : 11 - rest);
};

/** Argentina, CUIT and CUIL: weights 2 to 7 from the right, modulo 11; where it would be 10 none exists. */
export const cuitDigit = (body: string): string | undefined => {
  const digit = (11 - (weightedFromRight(digitsOf(body), [2, 3, 4, 5, 6, 7]) % 11)) % 11;
  return digit === 10 ? undefined : String(digit);
};

/** Chile, RUT: weights 2 to 7 from the right, modulo 11; 10 is written K. */
export const rutDigit = (body: string): string => {
  const digit = (11 - (weightedFromRight(digitsOf(body), [2, 3, 4, 5, 6, 7]) % 11)) % 11;
  return digit === 10 ? 'K' : String(digit);
};

/** Peru, RUC: weights 5 4 3 2 7 6 5 4 3 2, modulo 11; 10 becomes 0 and 11 becomes 1 (SUNAT). */
export const rucDigit = (body: string): string => {
  const digit = 11 - (weightedFromRight(digitsOf(body), [2, 3, 4, 5, 6, 7]) % 11);
  return String(digit % 10);
};

const brazilianDigit = (values: readonly number[], weights: readonly number[]): number => {
  const rest = weightedFromRight(values, weights) % 11;
  return rest < 2 ? 0 : 11 - rest;
};

/** Brazil, CPF: two digits, weights 2 to 11 from the right, modulo 11 (Receita Federal). */
export const cpfDigits = (body: string): string => {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  const first = brazilianDigit(digitsOf(body), weights);
  return `${first}${brazilianDigit([...digitsOf(body), first], weights)}`;
};

/**
 * Brazil, CNPJ: two digits, weights 2 to 9 from the right, modulo 11. Since July 2026 the first twelve
 * may be letters, each worth its ASCII code less 48 (Instrução Normativa RFB 2.229/2024).
 */
export const cnpjDigits = (body: string): string => {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9];
  const values = body.split('').map((char) => char.charCodeAt(0) - 48);
  const first = brazilianDigit(values, weights);
  return `${first}${brazilianDigit([...values, first], weights)}`;
};

/** Letters of Mexican numbers by their value; a company's number, one shorter, begins with a space. */
const mexicanLetters = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';

/** Mexico, RFC: weights 13 down to 2, modulo 11; 10 is written A (SAT, Anexo III of the rules for the key). */
export const rfcDigit = (body: string): string => {
  const values = body.padStart(12).split('');
  const sum = values.reduce((all, char, i) => all + mexicanLetters.indexOf(char) * (13 - i), 0);
  return mexicanLetters[(11 - (sum % 11)) % 11]!;
};

/** Mexico, CURP: weights 18 down to 2, modulo 10 (RENAPO, Instructivo normativo); here Ñ follows N. */
export const curpDigit = (body: string): string => {
  const letters = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
  const sum = body.split('').reduce((all, char, i) => all + letters.indexOf(char) * (18 - i), 0);
  return String((10 - (sum % 10)) % 10);
};

/** Luhn: every second digit from the right counts double, and its own digits are added, modulo 10. */
export const luhnDigit = (body: string): string => {
  const folded = digitsOf(body)
    .toReversed()
    .map((digit, i) => (i % 2 === 0 ? ((digit * 2) % 10) + Math.floor(digit / 5) : digit));
  const sum = folded.reduce((all, digit) => all + digit, 0);
  return String((10 - (sum % 10)) % 10);
};

/** Uruguay, identity card: weights 2 9 8 7 6 3 4, modulo 10; short ones begin with zeros (DNIC). */
export const uruguayanCardDigit = (body: string): string =>
  String((10 - (weightedFromRight(digitsOf(body), [4, 3, 6, 7, 8, 9, 2]) % 10)) % 10);

/** Uruguay, RUT: weights 2 to 9 from the right, modulo 11; where it would be 10 none exists (DGI). */
export const uruguayanTaxDigit = (body: string): string | undefined => {
  const digit = (11 - (weightedFromRight(digitsOf(body), [2, 3, 4, 5, 6, 7, 8, 9]) % 11)) % 11;
  return digit === 10 ? undefined : String(digit);
};

/** Paraguay, RUC: weights 2 to 9 from the right, modulo 11; 10 and 11 become 0 (SET). */
export const paraguayanTaxDigit = (body: string): string => {
  const digit = 11 - (weightedFromRight(digitsOf(body), [2, 3, 4, 5, 6, 7, 8, 9]) % 11);
  return String((digit % 11) % 10);
};

/** Dominican Republic, RNC: weights 7 9 8 6 5 4 3 2, modulo 11; there is no 0 (DGII). */
export const dominicanTaxDigit = (body: string): string => {
  const rest = weightedFromRight(digitsOf(body), [2, 3, 4, 5, 6, 8, 9, 7]) % 11;
  return String(((10 - rest) % 9) + 1);
};

/** Whether the last `length` characters are what `digitOf` says of those before. */
export const endsInDigitOf =
  (digitOf: (body: string) => string | undefined, length = 1) =>
  (number: string): boolean =>
    digitOf(number.slice(0, -length)) === number.slice(-length);

/** `111.111.111-11` has right digits and is nobody's. */
export const isRepeated = (number: string): boolean => /^(.)\1*$/.test(number);
