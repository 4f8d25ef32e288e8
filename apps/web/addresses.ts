import type { Language } from './render-contract.ts';

/** Addresses of the store, each in both languages, in one place: pages link by these only. */
const words = {
  es: {
    search: 'buscar',
    seller: 'vendedor',
    cart: 'carrito',
    checkout: 'pagar',
    order: 'pedido',
    confirmed: 'confirmado',
    tracking: 'seguimiento',
    receipt: 'comprobante',
    details: 'datos',
    shipping: 'envio',
    payment: 'pago',
    review: 'revisar',
  },
  en: {
    search: 'search',
    seller: 'seller',
    cart: 'cart',
    checkout: 'checkout',
    order: 'order',
    confirmed: 'confirmed',
    tracking: 'tracking',
    receipt: 'receipt',
    details: 'details',
    shipping: 'shipping',
    payment: 'payment',
    review: 'review',
  },
} as const satisfies Record<Language, Record<string, string>>;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const shortLength = 22;

/** A UUID in 22 letters and digits, for addresses that people see. */
export const shortId = (id: string): string => {
  let rest = BigInt(`0x${id.replaceAll('-', '')}`);
  let text = '';
  for (let i = 0; i < shortLength; i++) {
    text = alphabet[Number(rest % 62n)]! + text;
    rest /= 62n;
  }
  return text;
};

/** The UUID of a short id; undefined: it is none. */
export const longId = (short: string): string | undefined => {
  if (!/^[0-9A-Za-z]{22}$/.test(short)) return undefined;
  let value = 0n;
  for (const char of short) value = value * 62n + BigInt(alphabet.indexOf(char));
  const hex = value.toString(16).padStart(32, '0');
  if (hex.length > 32) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

type Named = Readonly<{ id: string; slug: string }>;

export const homePath = (language: Language): string => `/${language}`;
export const categoryPath = (language: Language, slug: string): string => `/${language}/c/${slug}`;
export const productPath = (language: Language, { id, slug }: Named): string =>
  `/${language}/p/${slug}-${shortId(id)}`;
export const searchPath = (language: Language): string => `/${language}/${words[language].search}`;
export const sellerPath = (language: Language, id: string, name: string): string =>
  `/${language}/${words[language].seller}/${slugOf(name)}-${shortId(id)}`;
export const cartPath = (language: Language): string => `/${language}/${words[language].cart}`;
export const checkoutPath = (language: Language): string =>
  `/${language}/${words[language].checkout}`;

/** The steps of a purchase, each with an address of its own. */
export type CheckoutStep = 'details' | 'shipping' | 'payment';
export const checkoutStepPath = (language: Language, step: CheckoutStep): string =>
  `${checkoutPath(language)}/${words[language][step]}`;
/** The step that the last segment of an address names; the review is on the page of the payment. */
export const stepOfSegment = (language: Language, segment: string): CheckoutStep | undefined =>
  (['details', 'shipping', 'payment'] as const).find((step) => words[language][step] === segment) ??
  (segment === words[language].review ? 'payment' : undefined);

export const confirmedPath = (language: Language, orderId: string): string =>
  `/${language}/${words[language].order}/${shortId(orderId)}/${words[language].confirmed}`;
export const trackingPath = (language: Language, orderId?: string): string =>
  `/${language}/${words[language].tracking}${orderId === undefined ? '' : `/${orderId}`}`;

/** What of a name an address can hold. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'plaza';

/** Slug and id at the end of an address; undefined: it has none. */
export const readNamed = (segment: string): Named | undefined => {
  const match = /^(?:(?<slug>.*)-)?(?<short>[0-9A-Za-z]{22})$/.exec(segment);
  const id = match?.groups?.['short'] === undefined ? undefined : longId(match.groups['short']);
  return id === undefined ? undefined : { id, slug: match?.groups?.['slug'] ?? '' };
};

const wordPairs = Object.keys(words.es).map(
  (key) =>
    [words.es[key as keyof typeof words.es], words.en[key as keyof typeof words.en]] as const,
);

/** The same page in the other language: slugs stay, words of ours are translated. */
export const inLanguage = (path: string, language: Language): string => {
  if (!/^\/(?:es|en)(?:\/|$)/.test(path)) return path;
  const [, , ...segments] = path.split('/');
  const isCheckout = segments[0] === words.es.checkout || segments[0] === words.en.checkout;
  const translated = segments.map((segment, i) => {
    // Only the first segment, the last of an order's page and the steps of a purchase are words of ours.
    const pair =
      i === 0 || i === 2 || (i === 1 && isCheckout)
        ? wordPairs.find((words) => words.some((word) => word === segment))
        : undefined;
    return pair ? pair[language === 'es' ? 0 : 1] : segment;
  });
  return ['', language, ...translated].join('/');
};
