import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { demoCategories, demoOptionWords, demoSellers, type DemoProduct } from './catalogue.ts';
import { buyerCount, buyersOf } from './buyers.ts';
import { addressOf, type DemoAddress } from './addresses.ts';
import type { DemoCountry } from './countries/demo-countries.ts';
import { hourMs, minuteMs, type Story } from './order-plan.ts';
import type { Answer, PastPlaza } from './past-plaza.ts';
import { taxClassOf } from './tax-class.ts';
import { localPrice, localPriceAbove } from './prices.ts';

/** The operator at the machine, as identity names it. */
const operatorId = '00000000-0000-7000-8000-000000000001';
/** Hashing a password takes a thread for 50 ms: two at once leave room for the shop. */
const registrationsAtOnce = 2;

export type Language = 'es' | 'en';
export type Progress = (done: number) => void;
/** `since` is when the account was opened. */
export type Account = Readonly<{ id: string; token: string; home: DemoAddress; since: Date }>;
/** What all of the seeding needs to know: which example it is, and in which words. */
export type Setting = Readonly<{ country: DemoCountry; language: Language }>;

/** The answer's body, or an error that says what was refused: the demo has no excuse for one. */
export const expectStatus = <Body>(answer: Answer, status: number, what: string): Body => {
  if (answer.status === status) return answer.body as Body;
  throw new Error(`${what}: HTTP ${answer.status} ${JSON.stringify(answer.body)}`);
};

/** Runs `work` for each item, a few at once, in the order of the list. */
export const forEachOf = async <T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

export const signInOperator = (plaza: PastPlaza): string =>
  plaza.signIn(operatorId, ['service', 'admin']);

const codePattern = /\b(\d{8})\b/;

/** Registers as anybody does, with a password that nobody knows, and confirms by the mailed code. */
const register = async (
  plaza: PastPlaza,
  person: Readonly<{ email: string; username: string; fullName: string }>,
  at: Date,
  language: Language,
): Promise<string> => {
  const password = randomBytes(24).toString('base64url');
  const { email, username, fullName } = person;
  const answer = await plaza.call(at, 'POST', '/auth/register', {
    body: {
      email,
      username,
      password,
      confirm_password: password,
      full_name: fullName,
      language,
    },
  });
  const { challenge_id: challengeId } = expectStatus<{ challenge_id: string }>(
    answer,
    201,
    `register ${username}`,
  );
  const code = await mailedCode(plaza, challengeId);
  const confirmed = await plaza.call(
    new Date(at.getTime() + 2 * minuteMs),
    'POST',
    '/auth/verify-email',
    { body: { challenge_id: challengeId, code } },
  );
  return expectStatus<{ account: { id: string } }>(confirmed, 200, `confirm ${username}`).account
    .id;
};

const mailedCode = async (plaza: PastPlaza, id: string): Promise<string> => {
  for (let tries = 0; tries < 2_000; tries++) {
    const mail = plaza.mails.find((one) => one.id === id);
    const code = mail && codePattern.exec(mail.text)?.[1];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the code of a demo account was not mailed');
};

export const seedSellers = async (
  plaza: PastPlaza,
  at: Date,
  { country, language }: Setting,
): Promise<ReadonlyMap<string, Account>> => {
  const operator = signInOperator(plaza);
  const sellers = new Map<string, Account>();
  await forEachOf(demoSellers, registrationsAtOnce, async (seller, index) => {
    const { username, email, shopName } = seller;
    // Buyers see the account's name: the shop's.
    const id = await register(plaza, { username, email, fullName: shopName }, at, language);
    const answer = await plaza.call(new Date(at.getTime() + hourMs), 'PUT', `/users/${id}/roles`, {
      token: operator,
      body: { roles: ['customer', 'seller'] },
    });
    expectStatus(answer, 200, `roles of ${username}`);
    const token = plaza.signIn(id, ['customer', 'seller']);
    const { contactName, place } = country.shops[username]!;
    const home = addressOf(country, place, contactName, buyerCount + index);
    sellers.set(username, { id, token, home, since: at });
  });
  return sellers;
};

/** Each buyer opens an account an hour or so before the first order. */
export const seedBuyers = async (
  plaza: PastPlaza,
  stories: readonly Story[],
  { country, language }: Setting,
  progress: Progress,
): Promise<readonly (Account | undefined)[]> => {
  const people = buyersOf(country);
  const buyers: (Account | undefined)[] = people.map(() => undefined);
  await forEachOf(people, registrationsAtOnce, async (buyer, index) => {
    const first = stories.find((story) => story.buyer === index);
    if (!first) return;
    const at = new Date(first.placedAt.getTime() - (20 + index) * minuteMs);
    const id = await register(plaza, buyer, at, language);
    buyers[index] = { id, token: plaza.signIn(id, ['customer']), home: buyer.home, since: at };
    progress(1);
  });
  return buyers;
};

/** Puts everybody's own address in their account, as soon as there is one to put it in. */
export const seedAddresses = async (
  plaza: PastPlaza,
  accounts: readonly Account[],
  language: Language,
): Promise<void> => {
  const label = language === 'es' ? 'Principal' : 'Main';
  await forEachOf(accounts, 4, async ({ token, home, since }) => {
    const at = new Date(since.getTime() + 6 * minuteMs);
    const body = { ...home, label };
    const answer = await plaza.call(at, 'POST', '/users/me/addresses', { token, body });
    expectStatus(answer, 201, 'an address');
  });
};

export const seedCategories = async (
  plaza: PastPlaza,
  at: Date,
  language: Language,
): Promise<ReadonlyMap<string, string>> => {
  const token = signInOperator(plaza);
  const ids = new Map<string, string>();
  for (const [position, { slug, name, parent }] of demoCategories.entries()) {
    const parentId = parent === null ? null : ids.get(parent)!;
    const body = { name: name[language], slug, position, parent_id: parentId };
    const answer = await plaza.call(at, 'POST', '/categories', { token, body });
    ids.set(slug, expectStatus<{ id: string }>(answer, 201, `category ${slug}`).id);
  }
  return ids;
};

const drawingOf = async ({ illustration }: DemoProduct): Promise<Buffer> => {
  const svg = await readFile(new URL(`./illustrations/${illustration}`, import.meta.url));
  return sharp(svg).png({ compressionLevel: 1 }).toBuffer();
};

const translated = (word: string, language: Language): string =>
  language === 'es' ? word : (demoOptionWords[word] ?? word);

const pricesOf = (
  { prices: rule }: DemoCountry,
  { price, compareAtPrice }: Readonly<{ price: string; compareAtPrice?: string }>,
) => ({
  price: localPrice(rule, price),
  ...(compareAtPrice === undefined
    ? {}
    : { compare_at_price: localPriceAbove(rule, compareAtPrice, price) }),
});

const productBody = (
  product: DemoProduct,
  categoryId: string,
  sold: ReadonlyMap<string, number>,
  { country, language }: Setting,
) => {
  const word = (text: string): string => translated(text, language);
  return {
    slug: product.handle,
    title: language === 'es' ? product.title : product.titleEn,
    description: language === 'es' ? product.description : product.descriptionEn,
    vendor: demoSellers.find(({ username }) => username === product.seller)!.shopName,
    category_id: categoryId,
    tax_class: taxClassOf(country, product.category),
    tags: product.tags,
    options: product.options.map(({ name }) => word(name)),
    variants: product.variants.map(({ sku, options, stock, gramsWeight, barcode, ...prices }) => ({
      sku,
      options: Object.fromEntries(
        Object.entries(options).map(([name, value]) => [word(name), word(value)]),
      ),
      ...pricesOf(country, prices),
      // What the month sells was on the shelf at its beginning.
      stock: stock + (sold.get(sku) ?? 0),
      weight_grams: gramsWeight,
      ...(barcode === undefined ? {} : { barcode }),
    })),
  };
};

/** Each product with its picture, put on sale; answers its variants by SKU. */
export const seedProducts = async (
  plaza: PastPlaza,
  shop: Setting &
    Readonly<{
      at: Date;
      products: readonly DemoProduct[];
      categories: ReadonlyMap<string, string>;
      sellers: ReadonlyMap<string, Account>;
      sold: ReadonlyMap<string, number>;
      progress: Progress;
    }>,
): Promise<ReadonlyMap<string, string>> => {
  const { language, categories, sold, progress } = shop;
  const variants = new Map<string, string>();
  // Two at once: one is drawn while the other is encoded.
  await forEachOf(shop.products, 2, async (product, index) => {
    const { token } = shop.sellers.get(product.seller)!;
    const at = new Date(shop.at.getTime() + (index + 1) * 37 * minuteMs);
    const body = productBody(product, categories.get(product.category)!, sold, shop);
    const made = await plaza.call(at, 'POST', '/products', { token, body });
    const created = expectStatus<{ id: string; variants: { id: string; sku: string }[] }>(
      made,
      201,
      `product ${product.handle}`,
    );
    for (const { id, sku } of created.variants) variants.set(sku, id);

    const form = new FormData();
    form.append('alt', product.alt[language]);
    form.append(
      'file',
      new Blob([new Uint8Array(await drawingOf(product))], { type: 'image/png' }),
      'face.png',
    );
    const path = `/products/${created.id}`;
    const pictured = await plaza.call(at, 'POST', `${path}/images`, { token, body: form });
    expectStatus(pictured, 201, `picture of ${product.handle}`);
    const active = await plaza.call(at, 'POST', `${path}/activate`, { token });
    expectStatus(active, 200, `activate ${product.handle}`);
    progress(1);
  });
  return variants;
};
