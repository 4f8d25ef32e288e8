import { composeMail, type MailBlock } from '#shared/kernel/mail-look.ts';
import type { MailMessage } from '#shared/platform/mail.ts';
import type { Language } from '../domain/account.ts';
import { challengeRules, type ChallengePurpose } from '../domain/challenge.ts';
import type { Letter, Secrets } from './ports.ts';

type Text = Readonly<{
  subject: string;
  /** Paragraphs; `{name}`, `{username}`, `{minutes}` are filled in. */
  before: readonly string[];
  after: readonly string[];
}>;

/** Every text that identity mails. The subject never holds the code: it shows on locked phones. */
const texts: Readonly<Record<Language, Readonly<Record<ChallengePurpose, Text>>>> = {
  es: {
    verify_email: {
      subject: 'Tu código de verificación',
      before: ['Hola, {name}:', 'Escribe este código para confirmar tu correo:'],
      after: ['Vence en {minutes} minutos y sirve una sola vez. Nadie de la tienda te lo pedirá.'],
    },
    reset_password: {
      subject: 'Cambia tu contraseña',
      before: ['Hola, {name}:', 'Abre este enlace para elegir una contraseña nueva:'],
      after: [
        'Vence en {minutes} minutos y sirve una sola vez.',
        'Si no lo pediste, no hagas nada: tu contraseña sigue igual.',
      ],
    },
    second_step: {
      subject: 'Tu código para entrar',
      before: ['Hola, {name}:', 'Escribe este código para confirmar que eres tú:'],
      after: [
        'Vence en {minutes} minutos y sirve una sola vez. Nadie de la tienda te lo pedirá.',
        'Si no lo pediste, alguien sabe tu contraseña: cámbiala.',
      ],
    },
    address_taken: {
      subject: 'Ya tienes una cuenta',
      before: [
        'Hola, {name}:',
        'Alguien quiso crear una cuenta con tu correo. Ya tienes una: tu usuario es {username}.',
      ],
      after: [
        'Si fuiste tú y no recuerdas la contraseña, pide una nueva al entrar.',
        'Si no fuiste tú, no hagas nada: nadie entró en tu cuenta.',
      ],
    },
    password_changed: {
      subject: 'Cambiaste tu contraseña',
      before: ['Hola, {name}:', 'La contraseña de tu cuenta {username} cambió.'],
      after: ['Si no fuiste tú, pide una nueva al entrar: así se cierran todas las sesiones.'],
    },
    change_email_from: {
      subject: 'Confirma el cambio de tu correo',
      before: [
        'Hola, {name}:',
        'Pediste llevar tu cuenta {username} a otro correo. Escribe este código, y también el que llegó al correo nuevo:',
      ],
      after: [
        'Vence en {minutes} minutos y sirve una sola vez.',
        'Si no fuiste tú, no se lo des a nadie y cambia tu contraseña.',
      ],
    },
    change_email_to: {
      subject: 'Confirma tu correo nuevo',
      before: [
        'Hola, {name}:',
        'Escribe este código para llevar tu cuenta a este correo, junto con el que llegó al anterior:',
      ],
      after: [
        'Vence en {minutes} minutos y sirve una sola vez.',
        'Si no tienes una cuenta aquí, no hagas nada.',
      ],
    },
    email_changed: {
      subject: 'Tu cuenta tiene otro correo',
      before: ['Hola, {name}:', 'El correo de tu cuenta {username} cambió: este ya no es el suyo.'],
      after: ['Si no fuiste tú, escribe cuanto antes a quien atiende la tienda.'],
    },
    factor_added: {
      subject: 'Tu cuenta tiene un segundo paso nuevo',
      before: [
        'Hola, {name}:',
        'Se agregó otra forma de confirmar que eres tú a tu cuenta {username}.',
      ],
      after: ['Si no fuiste tú, quítala en tu cuenta y cambia la contraseña.'],
    },
    factor_removed: {
      subject: 'Tu cuenta tiene un segundo paso menos',
      before: [
        'Hola, {name}:',
        'Se quitó una forma de confirmar que eres tú de tu cuenta {username}.',
      ],
      after: ['Si no fuiste tú ni se lo pediste a soporte, cambia la contraseña.'],
    },
  },
  en: {
    verify_email: {
      subject: 'Your verification code',
      before: ['Hello {name},', 'Enter this code to confirm your e-mail address:'],
      after: ['It works once, for {minutes} minutes. Nobody at the shop will ask you for it.'],
    },
    reset_password: {
      subject: 'Change your password',
      before: ['Hello {name},', 'Open this link to choose a new password:'],
      after: [
        'It works once, for {minutes} minutes.',
        'If you did not ask for it, do nothing: your password stays as it is.',
      ],
    },
    second_step: {
      subject: 'Your sign-in code',
      before: ['Hello {name},', 'Enter this code to confirm that it is you:'],
      after: [
        'It works once, for {minutes} minutes. Nobody at the shop will ask you for it.',
        'If you did not ask for it, somebody knows your password: change it.',
      ],
    },
    address_taken: {
      subject: 'You have an account already',
      before: [
        'Hello {name},',
        'Someone tried to open an account with your address. You have one: your user name is {username}.',
      ],
      after: [
        'If it was you and you forgot the password, ask for a new one when you sign in.',
        'If it was not you, do nothing: nobody got into your account.',
      ],
    },
    password_changed: {
      subject: 'You changed your password',
      before: ['Hello {name},', 'The password of your account {username} was changed.'],
      after: ['If it was not you, ask for a new one when you sign in: that ends every session.'],
    },
    change_email_from: {
      subject: 'Confirm the change of your address',
      before: [
        'Hello {name},',
        'You asked to move your account {username} to another address. Enter this code, and the one that went to the new address:',
      ],
      after: [
        'It works once, for {minutes} minutes.',
        'If it was not you, give it to nobody and change your password.',
      ],
    },
    change_email_to: {
      subject: 'Confirm your new address',
      before: [
        'Hello {name},',
        'Enter this code to move your account to this address, together with the one that went to the old:',
      ],
      after: ['It works once, for {minutes} minutes.', 'If you have no account here, do nothing.'],
    },
    email_changed: {
      subject: 'Your account has another address',
      before: [
        'Hello {name},',
        'The address of your account {username} was changed: this one is no longer its own.',
      ],
      after: ['If it was not you, write at once to those who run the shop.'],
    },
    factor_added: {
      subject: 'Your account has a new second step',
      before: [
        'Hello {name},',
        'Another way to confirm that it is you was added to your account {username}.',
      ],
      after: ['If it was not you, remove it in your account and change the password.'],
    },
    factor_removed: {
      subject: 'Your account has one second step less',
      before: [
        'Hello {name},',
        'A way to confirm that it is you was removed from your account {username}.',
      ],
      after: ['If neither you nor support on your request did it, change the password.'],
    },
  },
};

const linkLabels: Readonly<Record<Language, string>> = {
  es: 'Elegir contraseña',
  en: 'Choose a password',
};

const codePurposes: ReadonlySet<ChallengePurpose> = new Set([
  'verify_email',
  'second_step',
  'change_email_from',
  'change_email_to',
]);

/** The mail of a challenge. Only here do code and link token exist as text, besides the mail itself. */
export const composeLetter = (
  letter: Letter,
  { secrets, publicUrl }: Readonly<{ secrets: Secrets; publicUrl: () => string }>,
): MailMessage => {
  const { challengeId, purpose, email, language } = letter;
  const text = texts[language][purpose];
  const values: Readonly<Record<string, string>> = {
    name: letter.fullName ?? letter.username,
    username: letter.username,
    minutes: String(challengeRules[purpose].lifeMinutes),
  };
  const fill = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!));
  const before = fill(text.before);
  const after = fill(text.after);

  const key = ((): readonly MailBlock[] => {
    if (codePurposes.has(purpose))
      return [{ kind: 'code', text: secrets.codeOf(challengeId, purpose) }];
    if (purpose !== 'reset_password') return [];
    // That of the key which the stored hash was made with.
    const tokens = secrets.linkTokensOf(challengeId);
    const token = tokens.find((one) => secrets.hashOf(one) === letter.secretHash) ?? tokens[0];
    const url = `${publicUrl()}/restablecer/${token}`;
    return [{ kind: 'link', label: linkLabels[language], url }];
  })();
  const paragraph = (line: string): MailBlock => ({ kind: 'text', text: line });
  const blocks = [...before.map(paragraph), ...key, ...after.map(paragraph)];
  return {
    id: challengeId,
    to: email,
    ...composeMail({ language, subject: text.subject, blocks }),
  };
};
