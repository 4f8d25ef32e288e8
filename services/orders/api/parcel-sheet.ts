import { documentText } from '#shared/kernel/identity-documents.ts';
import type { PostalAddress } from '#shared/kernel/postal-address.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import type { ParcelPaper, ParcelSheet } from '../application/parcel-sheet.ts';
import type { Parcel } from '../application/queries/prepare-parcels.ts';
import { parcelMessages } from './parcel-messages.ts';

export type ParcelOptions = Readonly<{
  paper: ParcelPaper;
  language: Language;
  shopName: string;
  /** Of days. */
  timeZone: string;
  /** Where whoever packs it finds an order. */
  urlOf: (orderId: string) => string;
}>;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** From the door outwards, as an envelope says it. */
const doorKeys = ['street', 'number', 'details', 'neighbourhood'];
/** What carriers sort by, from the smallest part on. */
const placeKeys =
  'district commune locality municipality city province department state region'.split(' ');

const wordsOfAddress = ({ country, fields }: PostalAddress, language: Language) => {
  const valuesOf = (keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => fields[key] ?? []);
  const known = new Set([...doorKeys, ...placeKeys, 'postal_code']);
  const others = Object.keys(fields).filter((key) => !known.has(key));
  const street = valuesOf(['street', 'number']).join(' ');
  const name = new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
  const place = valuesOf(placeKeys);
  return {
    lines: [...(street === '' ? [] : [street]), ...valuesOf([...doorKeys.slice(2), ...others])],
    // A city and its state may have one name.
    place: [...new Set([...place, name])],
    postalCode: fields['postal_code'] ?? null,
  };
};

/** Of an order that is fetched by somebody without a name nobody is said. */
const recipientOf = ({ contact, order }: Parcel, options: ParcelOptions) => {
  const texts = parcelMessages[options.language];
  const address = contact?.address;
  const place = order.shipping?.pickupPlace ?? null;
  const phone = address?.phoneNumber ?? contact?.phoneNumber ?? null;
  return {
    title: texts.recipient,
    name: address?.recipient ?? contact?.fullName ?? '',
    ...(address
      ? wordsOfAddress(address, options.language)
      : {
          lines: place === null ? [] : [fill(texts.pickUp, { place })],
          place: [],
          postalCode: null,
        }),
    phone: phone === null ? null : fill(texts.phone, { phone }),
  };
};

/** All that the paper of one parcel says, in one language; of what was paid nothing. */
export const parcelSheet = (parcel: Parcel, options: ParcelOptions): ParcelSheet => {
  const { language, paper, shopName, timeZone, urlOf } = options;
  const texts = parcelMessages[language];
  const { order, sender, tracking, lines } = parcel;
  const { number } = order;
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  const locale = language === 'es' ? 'es-419' : 'en-US';
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
  return {
    title: fill(texts[paper], { number }),
    number,
    sender: {
      title: texts.sender,
      lines: sender
        ? [sender.legalName, documentText({ country: sender.country, ...sender.document })]
        : [shopName],
    },
    recipient: recipientOf(parcel, options),
    facts: [
      { name: texts.number, value: number },
      { name: texts.date, value: date.format(new Date(order.placedAt)) },
      ...(order.shipping ? [{ name: texts.method, value: order.shipping.name[language] }] : []),
    ],
    tracking: tracking
      ? [
          fill(texts.carrier, { carrier: tracking.carrier }),
          fill(texts.tracking, { number: tracking.number }),
        ]
      : [],
    columns: { quantity: texts.quantity, product: texts.product, sku: texts.sku },
    rows: lines.map((line) => ({
      quantity: String(line.quantity),
      product: line.name,
      sku: line.sku,
    })),
    countText: count === 1 ? texts.one : fill(texts.several, { count: String(count) }),
    url: urlOf(order.orderId),
    qrCodeText: texts.qrCode,
    pageText: texts.page,
  };
};
