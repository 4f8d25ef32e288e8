import { composeMail, type MailBlock } from '#shared/kernel/mail-look.ts';
import type { MoneyJson } from '#shared/kernel/money.ts';
import { moneyText } from '#shared/kernel/money-text.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import { noticeTexts as catalogues, type NoticeKey } from './notice-texts.ts';

/** What somebody is told: of an order, by its human number, or of where their money goes. */
export type Notice =
  | OrderNotice
  | Readonly<{ kind: 'payout_destination_changed'; last4: string; usableAt: string }>
  | Readonly<{ kind: 'seller_link_ended' }>
  | Readonly<{ kind: 'account_security_changed'; change: SecurityChange }>;

type SecurityChange = 'password' | 'email' | 'factor_added' | 'factor_removed';

/** Who carries a parcel, and under which number they know it. */
export type Parcel = Readonly<{ carrier: string; number: string }>;

/** Notices that older releases stored have no `orderId`. */
export type OrderNotice = Readonly<{ number: string; orderId?: string }> &
  (
    | Readonly<{ kind: 'order_paid'; amount: MoneyJson; tax?: MoneyJson }>
    | Readonly<{ kind: 'order_shipped'; parcels?: readonly Parcel[] }>
    | Readonly<{ kind: 'order_delivered' }>
    | Readonly<{
        kind: 'order_cancelled';
        reason: 'buyer' | 'seller' | 'unpaid' | 'stock';
        wasPaid: boolean;
      }>
    | Readonly<{ kind: 'order_failed'; reason: 'stock' | 'payment' }>
    | Readonly<{ kind: 'order_refunded'; amount: MoneyJson; isFull: boolean }>
  );

/** In UTC, and it says so: where the reader is, is not known. */
const instantText = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-CO' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(instant));

const keyOf = (notice: Notice): NoticeKey => {
  switch (notice.kind) {
    case 'order_cancelled':
      return `order_cancelled.${notice.reason}`;
    case 'order_failed':
      return `order_failed.${notice.reason}`;
    case 'account_security_changed':
      return `account_security_changed.${notice.change}`;
    case 'order_refunded':
      return `order_refunded.${notice.isFull ? 'full' : 'part'}`;
    default:
      return notice.kind;
  }
};

type Values = Readonly<Record<string, string>>;

const fill = (line: string, values: Values): string =>
  line.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** What a notice says beside its greeting. */
const sayNotice = (
  notice: Notice,
  language: Language,
  shopCurrency: string,
): Readonly<{ subject: string; lines: readonly string[] }> => {
  const { refundFollows, taxIncluded, parcel, texts } = catalogues[language];
  const { subject, lines } = texts[keyOf(notice)];
  const tax = notice.kind === 'order_paid' ? notice.tax : undefined;
  const parcels = notice.kind === 'order_shipped' ? (notice.parcels ?? []) : [];
  const values: Values = {
    number: 'number' in notice ? notice.number : '',
    last4: 'last4' in notice ? notice.last4 : '',
    usableAt: 'usableAt' in notice ? instantText(notice.usableAt, language) : '',
    amount: 'amount' in notice ? moneyText(notice.amount, language, shopCurrency) : '',
    tax: tax ? moneyText(tax, language, shopCurrency) : '',
  };
  const isRefundDue = notice.kind === 'order_cancelled' && notice.wasPaid;
  return {
    subject: fill(subject, values),
    lines: [
      ...[
        ...lines,
        ...(tax && tax.amountMinor !== '0' ? [taxIncluded] : []),
        ...(isRefundDue ? [refundFollows] : []),
      ].map((line) => fill(line, values)),
      ...parcels.map(({ carrier, number }) => fill(parcel, { carrier, tracking: number })),
    ],
  };
};

type Reader = Readonly<{ accountId: string; fullName: string | null; language: Language }>;

/** The id of who bought without an account is a UUID of version 8. */
const isGuest = ({ accountId }: Reader): boolean => accountId.at(14) === '8';

/** Where its reader finds the order of a notice: theirs in the account, or the page that asks for its number. */
const pathOf = (notice: Notice, reader: Reader): string | undefined => {
  if (!('orderId' in notice) || notice.orderId === undefined) return undefined;
  if (!isGuest(reader)) return `/cuenta/pedidos/${notice.orderId}`;
  return reader.language === 'es' ? '/es/seguimiento' : '/en/tracking';
};

/** The words of a notice for one reader of mails; `publicUrl` is where the shop is. */
export const wordNotice = (
  notice: Notice,
  reader: Reader,
  shopCurrency: string,
  publicUrl: string,
): Readonly<{ subject: string; text: string; html: string }> => {
  const { language, fullName } = reader;
  const { greeting, stranger, seeOrder } = catalogues[language];
  const { subject, lines } = sayNotice(notice, language, shopCurrency);
  const hello = fullName === null ? stranger : fill(greeting, { name: fullName });
  const path = pathOf(notice, reader);
  const blocks: readonly MailBlock[] = [
    ...[hello, ...lines].map((text) => ({ kind: 'text', text }) as const),
    ...(path === undefined
      ? []
      : [{ kind: 'link', label: seeOrder, url: publicUrl + path } as const]),
  ];
  return composeMail({ language, subject, blocks });
};

/** The words of a notice in a list. */
export const listNotice = (
  notice: Notice,
  language: Language,
  shopCurrency: string,
): Readonly<{ title: string; text: string }> => {
  const { subject, lines } = sayNotice(notice, language, shopCurrency);
  return { title: subject, text: lines.join(' ') };
};
