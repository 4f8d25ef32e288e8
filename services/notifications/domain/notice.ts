import { composeMail } from '#shared/kernel/mail-look.ts';
import type { MoneyJson } from '#shared/kernel/money.ts';
import { moneyText } from '#shared/kernel/money-text.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';

/** What somebody is told: of an order, by its human number, or of where their money goes. */
export type Notice =
  | OrderNotice
  | Readonly<{ kind: 'payout_destination_changed'; last4: string; usableAt: string }>
  | Readonly<{ kind: 'seller_link_ended' }>;

type OrderNotice = Readonly<{ number: string }> &
  (
    | Readonly<{ kind: 'order_paid'; amount: MoneyJson; tax?: MoneyJson }>
    | Readonly<{ kind: 'order_shipped' | 'order_delivered' }>
    | Readonly<{
        kind: 'order_cancelled';
        reason: 'buyer' | 'seller' | 'unpaid' | 'stock';
        wasPaid: boolean;
      }>
    | Readonly<{ kind: 'order_failed'; reason: 'stock' | 'payment' }>
    | Readonly<{ kind: 'order_refunded'; amount: MoneyJson; isFull: boolean }>
  );

type Text = Readonly<{ subject: string; lines: readonly string[] }>;
type Catalogue = Readonly<{
  greeting: string;
  stranger: string;
  refundFollows: string;
  taxIncluded: string;
  texts: Readonly<Record<TextKey, Text>>;
}>;
type TextKey =
  | 'payout_destination_changed'
  | 'seller_link_ended'
  | 'order_paid'
  | 'order_shipped'
  | 'order_delivered'
  | `order_cancelled.${'buyer' | 'seller' | 'unpaid' | 'stock'}`
  | `order_failed.${'stock' | 'payment'}`
  | `order_refunded.${'full' | 'part'}`;

const es: Catalogue = {
  greeting: 'Hola, {name}:',
  stranger: 'Hola:',
  refundFollows: 'Te devolvemos todo lo que pagaste y te avisamos cuando salga.',
  taxIncluded: 'De ese total, {tax} son impuestos.',
  texts: {
    payout_destination_changed: {
      subject: 'Cambió la cuenta donde recibes tu dinero',
      lines: [
        'La cuenta donde recibes tu dinero ahora termina en {last4}. La usamos desde el {usableAt}.',
        'Si no fuiste tú, cambia tu contraseña, corrige la cuenta y escríbenos antes de esa fecha.',
      ],
    },
    seller_link_ended: {
      subject: 'Tu cuenta de Mercado Pago se desconectó',
      lines: [
        'Ya no podemos usar tu cuenta de Mercado Pago: retiraste el permiso allá, o no pudimos renovarlo.',
        'Conéctala de nuevo desde tu panel. Lo que vendas mientras tanto te lo pagamos como siempre.',
      ],
    },
    order_paid: {
      subject: 'Pedido {number}: pago recibido',
      lines: ['Recibimos tu pago de {amount}. Ya preparamos tu pedido {number}.'],
    },
    order_shipped: {
      subject: 'Pedido {number}: en camino',
      lines: ['Tu pedido {number} salió y va en camino.'],
    },
    order_delivered: {
      subject: 'Pedido {number}: entregado',
      lines: ['Tu pedido {number} fue entregado. Gracias por comprar aquí.'],
    },
    'order_cancelled.buyer': {
      subject: 'Pedido {number}: cancelado',
      lines: ['Cancelaste tu pedido {number}.'],
    },
    'order_cancelled.seller': {
      subject: 'Pedido {number}: cancelado',
      lines: ['La tienda canceló tu pedido {number}.'],
    },
    'order_cancelled.unpaid': {
      subject: 'Pedido {number}: cancelado',
      lines: [
        'No recibimos el pago de tu pedido {number} a tiempo y lo cancelamos.',
        'Puedes hacerlo de nuevo cuando quieras.',
      ],
    },
    'order_cancelled.stock': {
      subject: 'Pedido {number}: cancelado',
      lines: ['Un producto de tu pedido {number} se agotó y lo cancelamos.'],
    },
    'order_failed.stock': {
      subject: 'Pedido {number}: producto agotado',
      lines: ['Un producto de tu pedido {number} se agotó. No te cobramos nada.'],
    },
    'order_failed.payment': {
      subject: 'Pedido {number}: pago rechazado',
      lines: [
        'No pudimos cobrar tu pedido {number}. No te cobramos nada.',
        'Haz el pedido de nuevo con otro medio de pago.',
      ],
    },
    'order_refunded.full': {
      subject: 'Pedido {number}: dinero devuelto',
      lines: [
        'Te devolvimos {amount}, todo lo que pagaste por tu pedido {number}.',
        'Según tu banco puede tardar unos días en aparecer.',
      ],
    },
    'order_refunded.part': {
      subject: 'Pedido {number}: dinero devuelto',
      lines: [
        'Te devolvimos {amount} de tu pedido {number}.',
        'Según tu banco puede tardar unos días en aparecer.',
      ],
    },
  },
};

const en: Catalogue = {
  greeting: 'Hello {name},',
  stranger: 'Hello,',
  refundFollows: 'We return all that you paid and write again when it is on its way.',
  taxIncluded: '{tax} of that total is tax.',
  texts: {
    payout_destination_changed: {
      subject: 'The account that receives your money has changed',
      lines: [
        'The account that receives your money now ends in {last4}. We use it from {usableAt} on.',
        'If that was not you, change your password, correct the account and write to us before then.',
      ],
    },
    seller_link_ended: {
      subject: 'Your Mercado Pago account was disconnected',
      lines: [
        'We can no longer use your Mercado Pago account: you withdrew your consent there, or we could not renew it.',
        'Connect it again from your panel. What you sell meanwhile is paid out to you as before.',
      ],
    },
    order_paid: {
      subject: 'Order {number}: payment received',
      lines: ['We received your payment of {amount} and are preparing your order {number}.'],
    },
    order_shipped: {
      subject: 'Order {number}: on its way',
      lines: ['Your order {number} was shipped and is on its way.'],
    },
    order_delivered: {
      subject: 'Order {number}: delivered',
      lines: ['Your order {number} was delivered. Thank you for buying here.'],
    },
    'order_cancelled.buyer': {
      subject: 'Order {number}: cancelled',
      lines: ['You cancelled your order {number}.'],
    },
    'order_cancelled.seller': {
      subject: 'Order {number}: cancelled',
      lines: ['The shop cancelled your order {number}.'],
    },
    'order_cancelled.unpaid': {
      subject: 'Order {number}: cancelled',
      lines: [
        'The payment of your order {number} did not arrive in time, so we cancelled it.',
        'You can place it again whenever you like.',
      ],
    },
    'order_cancelled.stock': {
      subject: 'Order {number}: cancelled',
      lines: ['A product of your order {number} sold out, so we cancelled it.'],
    },
    'order_failed.stock': {
      subject: 'Order {number}: sold out',
      lines: ['A product of your order {number} sold out. You were not charged.'],
    },
    'order_failed.payment': {
      subject: 'Order {number}: payment refused',
      lines: [
        'Your order {number} could not be charged. You were not charged.',
        'Place it again with another means of payment.',
      ],
    },
    'order_refunded.full': {
      subject: 'Order {number}: refunded',
      lines: [
        'We returned {amount}, all that you paid for your order {number}.',
        'Your bank may take a few days to show it.',
      ],
    },
    'order_refunded.part': {
      subject: 'Order {number}: refunded',
      lines: [
        'We returned {amount} of your order {number}.',
        'Your bank may take a few days to show it.',
      ],
    },
  },
};

/** In UTC, and it says so: where the reader is, is not known. */
const instantText = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-CO' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(instant));

const catalogues: Readonly<Record<Language, Catalogue>> = { es, en };

const keyOf = (notice: Notice): TextKey => {
  switch (notice.kind) {
    case 'order_cancelled':
      return `order_cancelled.${notice.reason}`;
    case 'order_failed':
      return `order_failed.${notice.reason}`;
    case 'order_refunded':
      return `order_refunded.${notice.isFull ? 'full' : 'part'}`;
    default:
      return notice.kind;
  }
};

/** The words of a notice for one reader. */
export const wordNotice = (
  notice: Notice,
  reader: Readonly<{ fullName: string | null; language: Language }>,
  shopCurrency: string,
): Readonly<{ subject: string; text: string; html: string }> => {
  const { greeting, stranger, refundFollows, taxIncluded, texts } = catalogues[reader.language];
  const { subject, lines } = texts[keyOf(notice)];
  const tax = notice.kind === 'order_paid' ? notice.tax : undefined;
  const values: Readonly<Record<string, string>> = {
    name: reader.fullName ?? '',
    number: 'number' in notice ? notice.number : '',
    last4: 'last4' in notice ? notice.last4 : '',
    usableAt: 'usableAt' in notice ? instantText(notice.usableAt, reader.language) : '',
    amount: 'amount' in notice ? moneyText(notice.amount, reader.language, shopCurrency) : '',
    tax: tax ? moneyText(tax, reader.language, shopCurrency) : '',
  };
  const fill = (line: string): string =>
    line.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const isRefundDue = notice.kind === 'order_cancelled' && notice.wasPaid;
  const paragraphs = [
    reader.fullName === null ? stranger : greeting,
    ...lines,
    ...(tax && tax.amountMinor !== '0' ? [taxIncluded] : []),
    ...(isRefundDue ? [refundFollows] : []),
  ].map(fill);
  const blocks = paragraphs.map((text) => ({ kind: 'text', text }) as const);
  return composeMail({ language: reader.language, subject: fill(subject), blocks });
};
