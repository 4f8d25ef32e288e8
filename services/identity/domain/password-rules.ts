import { identityError } from './account.ts';
import { commonPasswords } from './common-passwords.ts';

export const passwordLength = { least: 8, most: 128 } as const;

/**
 * What a shop and its people are called: guessed first here, in no list of leaked passwords. In the
 * form that is compared: lower case, without accents.
 */
export const contextWords: ReadonlySet<string> = new Set(
  `plaza marketplace market mercado tienda tiendas shop shopping store comercio admin administrador
  administradora administrator root soporte support usuario user cliente clientes customer comprador
  compradora compra compras buyer vendedor vendedora venta ventas seller profesional professional
  servicio servicios service services producto productos product products pedido pedidos order orders
  carrito cart checkout pago pagos payment payments cuenta account password contrasena clave`.split(
    /\s+/,
  ),
);

/** What is left of a password without its digits, signs, blanks and accents. */
const wordIn = (folded: string): string => folded.normalize('NFD').replace(/\P{L}/gu, '');

/** The form that is hashed: the same password typed on two keyboards is one password. */
export const canonicalPassword = (text: string): string => text.normalize('NFKC');

const faultOf = (password: string, names: readonly string[]): string | undefined => {
  // Characters as people count them on a keyboard: code points, not UTF-16 units.
  const { length } = Array.from(password);
  if (length < passwordLength.least) return 'too_short';
  if (length > passwordLength.most) return 'too_long';
  const folded = password.toLowerCase();
  if (commonPasswords.has(folded) || new Set(folded).size <= 2) return 'too_common';
  if (contextWords.has(wordIn(folded))) return 'too_common';
  const own = names.flatMap((name) => [name, name.split('@', 1)[0]!]);
  return own.includes(folded) ? 'same_as_name' : undefined;
};

const details: Readonly<Record<string, string>> = {
  too_short: `needs at least ${passwordLength.least} characters`,
  too_long: `has more than ${passwordLength.most} characters`,
  too_common: 'is one of the passwords that are tried first',
  same_as_name: 'is the e-mail address or the user name',
};

/**
 * The password in the form that is hashed, or `identity.password_refused`. Length and a list of
 * what attackers try first; no rules of composition, which make passwords worse (NIST SP 800-63B).
 * `names` are the e-mail address and the user name.
 */
export const readNewPassword = (
  given: Readonly<{ password: string; confirmation: string; pointer: string }>,
  names: readonly string[],
): string => {
  const { pointer } = given;
  const password = canonicalPassword(given.password);
  if (password !== canonicalPassword(given.confirmation))
    throw identityError('passwords_differ', {
      errors: [
        { pointer: '#/confirm_password', code: 'differs', detail: 'is not the same password' },
      ],
    });
  const code = faultOf(password, names);
  if (code === undefined) return password;
  throw identityError('password_refused', { errors: [{ pointer, code, detail: details[code]! }] });
};
