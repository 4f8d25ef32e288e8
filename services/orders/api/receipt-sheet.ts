import { documentText, type IssuedDocument } from '#shared/kernel/identity-documents.ts';
import { addMoney, moneyToJson, money, multiplyMoney, type Money } from '#shared/kernel/money.ts';
import { moneyText } from '#shared/kernel/money-text.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import type { StoredOrder } from '../application/ports.ts';
import type { Receipt } from '../application/queries/show-receipt.ts';
import type { ReceiptFact, ReceiptSheet } from '../application/receipt-sheet.ts';
import { receiptMessages, type ReceiptMessages } from './receipt-messages.ts';

export type ReceiptOptions = Readonly<{
  language: Language;
  shopName: string;
  shopCurrency: string;
  timeZone: string;
  /** Where it can be checked. */
  url: string;
}>;

type Show = (amount: Money) => string;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

const localeOf = (language: Language): string => (language === 'es' ? 'es-419' : 'en-US');

const dayText = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

const rateText = (rateBasisPoints: number, language: Language): string =>
  new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(
    rateBasisPoints / 100,
  );

const taxCodeText = (
  { code, rateBasisPoints }: Readonly<{ code: string; rateBasisPoints: number }>,
  texts: ReceiptMessages,
  language: Language,
): string => fill(texts.taxRate, { code, rate: rateText(rateBasisPoints, language) });

const statusText = (status: string, texts: ReceiptMessages): string =>
  status === 'refunded' ? texts.refunded_all : (texts as Record<string, string>)[status]!;

type Order = StoredOrder['order'];

/** Providers by the names that people know them by; the one for trying things out is none. */
const providerNames: Readonly<Record<string, string>> = { mercadopago: 'Mercado Pago' };

const paidWithText = ({ paidBy }: Order, texts: ReceiptMessages): string | undefined => {
  const { card, provider = '' } = paidBy ?? {};
  if (!card) return providerNames[provider];
  const brand = card.brand.replace(/^./, (letter) => letter.toUpperCase());
  return fill(texts.card, { brand, last4: card.last4 });
};

/** What the buyer saves on a line; undefined where the price is what it always is. */
const discountOf = ({ listPrice, quantity, total }: Order['lines'][number]): Money | undefined =>
  listPrice &&
  money(multiplyMoney(listPrice, quantity).amountMinor - total.amountMinor, total.currency);

/** What the buyer gave as its own; where only who gets the parcel has one, as it was once, that. */
const buyerDocumentOf = (contact: Receipt['contact']): IssuedDocument | undefined => {
  if (contact?.document) return contact.document;
  const address = contact?.address;
  return address?.document ? { country: address.country, ...address.document } : undefined;
};

const factsOf = (
  { stored, contact, issuers }: Receipt,
  texts: ReceiptMessages,
  { language, timeZone }: ReceiptOptions,
): readonly ReceiptFact[] => {
  const { order } = stored;
  const at = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(order.placedAt));
  const document = buyerDocumentOf(contact);
  const buyer = [contact?.fullName ?? order.buyerId, contact?.email ?? ''].filter((t) => t !== '');
  const paidWith = paidWithText(order, texts);
  return [
    ...issuers.map((issuer) => ({
      name: texts.seller,
      value: `${issuer.legalName} · ${documentText({ country: issuer.country, ...issuer.document })}`,
    })),
    { name: texts.number, value: order.number },
    { name: texts.date, value: `${at} (${timeZone.replaceAll('_', ' ')})` },
    { name: texts.status, value: statusText(order.status, texts) },
    { name: texts.buyer, value: buyer.join(' · ') },
    ...(document ? [{ name: texts.document, value: documentText(document) }] : []),
    ...(paidWith === undefined ? [] : [{ name: texts.paidWith, value: paidWith }]),
  ];
};

const deliveryOf = (
  { stored, addressLines }: Receipt,
  texts: ReceiptMessages,
  language: Language,
): ReceiptSheet['delivery'] => {
  const { shipping } = stored.order;
  if (!shipping) return undefined;
  const [from, to] = [dayText(shipping.from, language), dayText(shipping.to, language)];
  const { pickupPlace: place } = shipping;
  return {
    title: texts.deliverTo,
    lines: [
      shipping.name[language],
      ...(place === null ? [] : [fill(texts.pickUp, { place })]),
      ...addressLines,
      fill(texts.arrives, { from, to }),
    ],
  };
};

const sumsOf = (
  { stored: { order }, taxes }: Receipt,
  texts: ReceiptMessages,
  language: Language,
  show: Show,
): ReceiptSheet['sums'] => {
  const { currency } = order.total;
  const subtotal = order.lines.map((line) => line.total).reduce(addMoney, money(0n, currency));
  const sum = (name: string, amount: Money, isTotal = false) => ({
    name,
    value: show(amount),
    isTotal,
  });
  return [
    sum(texts.subtotal, subtotal),
    ...(order.shipping ? [sum(texts.shipping, order.shipping.price)] : []),
    ...taxes.map(({ code, rateBasisPoints, net, tax }) => {
      const rate = rateText(rateBasisPoints, language);
      return sum(fill(texts.taxIncluded, { code, rate, net: show(net) }), tax);
    }),
    sum(`${texts.total} (${currency})`, order.total, true),
    ...(order.refunded.amountMinor > 0n ? [sum(texts.refunded, order.refunded)] : []),
  ];
};

const discountText = (line: Order['lines'][number], show: Show): string => {
  const discount = discountOf(line);
  return discount ? `−${show(discount)}` : '';
};

/** All that a receipt says, in one language. */
export const receiptSheet = (receipt: Receipt, options: ReceiptOptions): ReceiptSheet => {
  const { language, shopCurrency, url } = options;
  const { order } = receipt.stored;
  const { number } = order;
  const texts = receiptMessages[language];
  const show: Show = (amount) => moneyText(moneyToJson(amount), language, shopCurrency);
  return {
    language,
    shopName: options.shopName,
    title: fill(texts.title, { number }),
    facts: factsOf(receipt, texts, options),
    delivery: deliveryOf(receipt, texts, language),
    columns: {
      quantity: texts.quantity,
      product: texts.product,
      unitPrice: texts.unitPrice,
      discount: texts.discount,
      tax: texts.tax,
      total: texts.lineTotal,
    },
    hasDiscounts: order.lines.some((line) => discountOf(line) !== undefined),
    rows: order.lines.map((line) => ({
      quantity: String(line.quantity),
      product: line.name,
      sku: line.sku,
      unitPrice: show(line.listPrice ?? line.unitPrice),
      discount: discountText(line, show),
      tax: line.tax ? show(line.tax.tax) : '',
      taxCode: line.tax ? taxCodeText(line.tax, texts, language) : '',
      total: show(line.total),
    })),
    sums: sumsOf(receipt, texts, language, show),
    notes: [fill(texts.verify, { url }), texts.notAnInvoice],
    url,
    qrCodeText: texts.qrCode,
    pageText: texts.page,
    fileName: `${texts.file}-${number}`,
  };
};
