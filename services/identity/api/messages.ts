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
  signInTitle: 'Entra para seguir',
  signInIntro: '{client} pide que entres en Plaza. Tu contraseña se queda aquí.',
  signInName: 'Usuario o correo',
  signIn: 'Entrar',
  notNow: 'No entrar',
  'identity.wrong_credentials': 'El usuario o la contraseña no es correcto.',
  'identity.too_many_tries': 'Demasiados intentos. Espera {seconds} segundos.',
  'identity.busy': 'Muchas personas entran a la vez. Inténtalo de nuevo.',
  'identity.code_not_valid': 'Ese código no sirve: es otro, ya se usó o venció.',
  'identity.challenge_not_valid': 'Pasó mucho tiempo. Vuelve a la aplicación y empieza de nuevo.',
  'identity.too_many_codes': 'Espera {seconds} segundos antes de pedir otro código.',
  enrolment_required:
    'Tu cuenta necesita un segundo paso. Agrégalo en ella y vuelve a entrar aquí.',
  secondStepTitle: 'Confirma que eres tú',
  secondStepIntro: 'Tu cuenta pide un segundo paso. Elige cómo y escribe el código.',
  secondStepHow: 'Cómo confirmas',
  methodTotp: 'Código de tu aplicación',
  methodEmail: 'Código de tu correo',
  methodRecovery: 'Código de recuperación',
  code: 'Código',
  confirm: 'Confirmar',
  mailCode: 'Enviar un código a mi correo',
  codeMailed: 'Si tu cuenta recibe códigos por correo, uno va en camino.',
  consentTitle: '{client} quiere usar tu cuenta',
  consentIntro: 'Entraste como {username}. Si permites, podrá:',
  consentEnd: 'El acceso termina a más tardar en {days} días.',
  consentReturn: 'Después vuelves a {place}. Puedes retirar el permiso cuando quieras.',
  allow: 'Permitir',
  refuse: 'No permitir',
  goneTitle: 'Esta página ya no sirve',
  goneText:
    'Pasó mucho tiempo o se abrió en otro navegador. Vuelve a la aplicación y empieza de nuevo.',
  requestTitle: 'La aplicación pidió algo que no se puede',
  requestText: 'Vuelve a ella e inténtalo de nuevo. Si sigue igual, avisa a quien la hizo.',
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
  signInTitle: 'Sign in to continue',
  signInIntro: '{client} asks you to sign in to Plaza. Your password stays here.',
  signInName: 'User name or e-mail',
  signIn: 'Sign in',
  notNow: 'Do not sign in',
  'identity.wrong_credentials': 'The user name or the password is wrong.',
  'identity.too_many_tries': 'Too many tries. Wait {seconds} seconds.',
  'identity.busy': 'Many people sign in at this moment. Try again.',
  'identity.code_not_valid': 'This code is no good: it is another one, was used, or is too old.',
  'identity.challenge_not_valid': 'It took too long. Go back to the application and begin again.',
  'identity.too_many_codes': 'Wait {seconds} seconds before you ask for another code.',
  enrolment_required: 'Your account needs a second step. Add it there, then sign in here again.',
  secondStepTitle: 'Confirm that it is you',
  secondStepIntro: 'Your account asks for a second step. Choose how and enter the code.',
  secondStepHow: 'How you confirm',
  methodTotp: 'Code of your app',
  methodEmail: 'Code from your mail',
  methodRecovery: 'Recovery code',
  code: 'Code',
  confirm: 'Confirm',
  mailCode: 'Send a code to my mail',
  codeMailed: 'If your account gets codes by mail, one is on its way.',
  consentTitle: '{client} wants to use your account',
  consentIntro: 'You signed in as {username}. If you allow it, it can:',
  consentEnd: 'The access ends after {days} days at the latest.',
  consentReturn: 'Then you return to {place}. You can take the permission back at any time.',
  allow: 'Allow',
  refuse: 'Do not allow',
  goneTitle: 'This page no longer works',
  goneText:
    'It took too long, or it was opened in another browser. Go back to the application and start again.',
  requestTitle: 'The application asked for something that cannot be done',
  requestText: 'Go back to it and try again. If it stays so, tell whoever made it.',
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
