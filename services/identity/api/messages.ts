/** Texts of the pages that identity renders itself; every language has every text. */
const es = {
  title: 'Crea tu cuenta de administración',
  intro: 'Con ella manejas la tienda. Este enlace sirve una sola vez.',
  email: 'Correo',
  username: 'Usuario',
  usernameHint: 'De 3 a 32: letras sin acento, números, punto, guion.',
  password: 'Contraseña',
  passwordHint: 'Al menos 8 caracteres. Una frase larga es fácil de recordar.',
  confirmPassword: 'Repite la contraseña',
  submit: 'Crear la cuenta',
  fieldsNeedChanges: 'Revisa los campos marcados.',
  doneTitle: 'Tu cuenta está lista',
  doneText: 'Entra con {username} y tu contraseña.',
  doneNext: 'Ver la referencia de la API',
  deadTitle: 'Este enlace ya no sirve',
  deadText: 'Se usó, venció o ya hay una cuenta de administración. Crea otra con este comando:',
  'identity.email_invalid': 'Escribe un correo, como ana@ejemplo.com.',
  'identity.email_taken': 'Ese correo ya tiene una cuenta.',
  'identity.username_invalid': 'Usa de 3 a 32: letras sin acento, números, punto, guion.',
  'identity.username_taken': 'Ese usuario ya existe. Elige otro.',
  'identity.passwords_differ': 'Las dos contraseñas no son iguales.',
  too_short: 'Necesita al menos 8 caracteres.',
  too_long: 'Tiene más de 128 caracteres.',
  too_common: 'Esa contraseña se adivina primero. Elige otra.',
  same_as_name: 'No puede ser tu correo ni tu usuario.',
  wrong: 'Revisa este campo.',
} as const;

export type MessageKey = keyof typeof es;
export type Messages = Readonly<Record<MessageKey, string>>;

const en: Messages = {
  title: 'Create your administrator account',
  intro: 'You run the shop with it. This link works once.',
  email: 'E-mail',
  username: 'User name',
  usernameHint: '3 to 32: plain letters, digits, dot, hyphen.',
  password: 'Password',
  passwordHint: 'At least 8 characters. A long phrase is easy to remember.',
  confirmPassword: 'Repeat the password',
  submit: 'Create the account',
  fieldsNeedChanges: 'Check the marked fields.',
  doneTitle: 'Your account is ready',
  doneText: 'Sign in with {username} and your password.',
  doneNext: 'See the API reference',
  deadTitle: 'This link no longer works',
  deadText: 'It was used, it expired, or there is an administrator already. Make another one with:',
  'identity.email_invalid': 'Write an e-mail address, such as ana@example.com.',
  'identity.email_taken': 'That address has an account already.',
  'identity.username_invalid': 'Use 3 to 32: plain letters, digits, dot, hyphen.',
  'identity.username_taken': 'That user name is taken. Choose another.',
  'identity.passwords_differ': 'The two passwords are not the same.',
  too_short: 'It needs at least 8 characters.',
  too_long: 'It has more than 128 characters.',
  too_common: 'That password is guessed first. Choose another.',
  same_as_name: 'It cannot be your e-mail or your user name.',
  wrong: 'Check this field.',
};

export type PageLanguage = 'es' | 'en';
export const messages: Readonly<Record<PageLanguage, Messages>> = { es, en };

/** The first of our languages that the reader prefers (RFC 9110, 12.5.4). */
export const preferredLanguage = (
  acceptLanguage: string | undefined,
  fallback: PageLanguage,
): PageLanguage => {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        language: tag.slice(0, 2).toLowerCase(),
        quality: quality ? Number(quality.trim().slice(2)) : 1,
      };
    })
    .filter(({ language, quality }) => (language === 'es' || language === 'en') && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return (wanted[0]?.language as PageLanguage | undefined) ?? fallback;
};
