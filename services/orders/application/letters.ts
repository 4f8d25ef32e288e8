import { composeMail } from '#shared/kernel/mail-look.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import type { MailMessage } from '#shared/platform/mail.ts';
import type { GuestOrder } from './guest-ports.ts';

type Text = Readonly<{
  subject: string;
  /** Paragraphs; `{number}` is filled in. */
  before: readonly string[];
  link: string;
  after: readonly string[];
}>;

type LetterKind = 'paid' | 'asked';

const greetings: Readonly<Record<Language, readonly [known: string, stranger: string]>> = {
  es: ['Hola, {name}:', 'Hola:'],
  en: ['Hello {name},', 'Hello,'],
};

/** Every text that orders mails: to guests, with the link that only they have. */
const texts: Readonly<Record<Language, Readonly<Record<LetterKind, Text>>>> = {
  es: {
    paid: {
      subject: 'Pedido {number}: pago recibido',
      before: ['Recibimos tu pago y ya preparamos tu pedido {number}.'],
      link: 'Ver mi pedido',
      after: [
        'Quien tenga este enlace ve tu pedido: no lo compartas. Sirve 7 días; después pides otro con el número y este correo.',
      ],
    },
    asked: {
      subject: 'Pedido {number}: tu enlace',
      before: ['Este es el enlace a tu pedido {number}.'],
      link: 'Ver mi pedido',
      after: [
        'Quien tenga este enlace ve tu pedido: no lo compartas. Sirve 7 días.',
        'Si no lo pediste, no hagas nada: nadie más lo recibió.',
      ],
    },
  },
  en: {
    paid: {
      subject: 'Order {number}: payment received',
      before: ['We received your payment and are preparing your order {number}.'],
      link: 'See my order',
      after: [
        'Whoever has this link sees your order: do not share it. It works for 7 days; after that ask for another with the number and this address.',
      ],
    },
    asked: {
      subject: 'Order {number}: your link',
      before: ['This is the link to your order {number}.'],
      link: 'See my order',
      after: [
        'Whoever has this link sees your order: do not share it. It works for 7 days.',
        'If you did not ask for it, do nothing: nobody else received it.',
      ],
    },
  },
};

/** How long a mailed link works; the texts say it. */
export const mailedAccessMs = 7 * 24 * 3_600_000;

/** Where a guest's order is shown. What is behind `#` is sent to no server and stands in no log. */
const linkTo = (publicUrl: string, language: Language, orderId: string, token: string): string =>
  `${publicUrl}/${language}/${language === 'es' ? 'seguimiento' : 'tracking'}/${orderId}#${token}`;

export const composeLetter = (
  kind: LetterKind,
  order: GuestOrder,
  link: Readonly<{ id: string; token: string; publicUrl: string }>,
): MailMessage => {
  const { language, fullName, number, email } = order;
  const { subject, before, link: label, after } = texts[language][kind];
  const [known, stranger] = greetings[language];
  const fill = (text: string): string =>
    text.replaceAll('{number}', number).replaceAll('{name}', () => fullName ?? '');
  const url = linkTo(link.publicUrl, language, order.orderId, link.token);
  const textBlock = (text: string) => ({ kind: 'text', text: fill(text) }) as const;
  const blocks = [
    textBlock(fullName === null ? stranger : known),
    ...before.map(textBlock),
    { kind: 'link', label, url } as const,
    ...after.map(textBlock),
  ];
  return { id: link.id, to: email, ...composeMail({ language, subject: fill(subject), blocks }) };
};
