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
      after: ['Vence en {minutes} minutos y sirve una sola vez. Nadie de Plaza te lo pedirá.'],
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
        'Vence en {minutes} minutos y sirve una sola vez. Nadie de Plaza te lo pedirá.',
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
      after: ['It works once, for {minutes} minutes. Nobody at Plaza will ask you for it.'],
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
        'It works once, for {minutes} minutes. Nobody at Plaza will ask you for it.',
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

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

const style = `font: 16px/24px system-ui, sans-serif; color: #151A21`;
const keyStyle = `font-size: 26px; line-height: 32px; font-weight: 600; letter-spacing: 2px`;

/** Eight digits are read in two halves. */
const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** The mail of a challenge. Only here do code and link token exist as text, besides the mail itself. */
export const composeLetter = (
  letter: Letter,
  { secrets, publicUrl }: Readonly<{ secrets: Secrets; publicUrl: string }>,
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

  const hasCode = purpose === 'verify_email' || purpose === 'second_step';
  const code = hasCode ? secrets.codeOf(challengeId, purpose) : undefined;
  const link =
    purpose === 'reset_password'
      ? `${publicUrl}/restablecer/${secrets.linkTokenOf(challengeId)}`
      : undefined;
  const key = code ?? link;
  const paragraph = (line: string): string => `<p>${escapeHtml(line)}</p>`;
  const keyHtml =
    code === undefined
      ? link && `<p><a href="${link}">${escapeHtml(link)}</a></p>`
      : `<p style="${keyStyle}">${spaced(code)}</p>`;
  const html = [...before.map(paragraph), keyHtml ?? '', ...after.map(paragraph)].join('\n');
  return {
    id: challengeId,
    to: email,
    subject: text.subject,
    text: `${[...before, ...(key === undefined ? [] : [key]), ...after].join('\n\n')}\n`,
    html: `<div style="${style}">\n${html}\n</div>`,
  };
};
