/** A purchase without an account, by keyboard alone, from the search to the account that keeps it. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import {
  checkoutStepPath,
  productPath,
  searchPath,
  trackingPath,
} from '../../apps/web/addresses.ts';
import { codeIn } from './support/http.ts';
import { until } from './support/plaza-process.ts';
import { tabTo, typeInto, wordsOf } from './support/web-keyboard.ts';
import type { WebShop } from './support/web-shop.ts';

type Language = 'es' | 'en';
type Visit = Readonly<{
  page: Page;
  origin: string;
  shop: WebShop;
  language: Language;
  say: (key: string) => string;
  email: string;
}>;

const people = { es: ['ines', 'Inés Rojas'], en: ['nora', 'Nora Peña'] } as const;

/** Chooses a product by search and filter, and puts it into the cart. */
const fillCart = async ({ page, origin, shop, language, say }: Visit): Promise<void> => {
  await page.goto(`${origin}/${language}`);
  await page.waitForSelector('html[data-ready]');
  await tabTo(page, say('frame.search'));
  // Without accents and with a mistake, as people type.
  await page.keyboard.type('canazto tapa');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${searchPath(language)}?q=**`);
  await tabTo(page, say('listing.inStock'));
  await page.keyboard.press('Space');
  await page.waitForURL('**stock=1**');
  await page
    .getByRole('listitem')
    .filter({ hasText: say('listing.inStock') })
    .first()
    .waitFor();
  await tabTo(page, shop.product.title);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${productPath(language, shop.product)}**`);
  await page.getByRole('heading', { level: 1, name: shop.product.title }).waitFor();
  await tabTo(page, say('product.add'));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: say('product.seeCart') }).waitFor();
  await tabTo(page, say('product.seeCart'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: say('cart.title') }).waitFor();
  await tabTo(page, say('cart.checkout'));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${checkoutStepPath(language, 'details')}`);
};

/** Says who buys and where it goes; a reload on the way loses nothing, and the way back works. */
const sayWhoAndWhere = async ({ page, language, say, email }: Visit): Promise<void> => {
  await typeInto(page, say('checkout.email'), 'no es un correo');
  await typeInto(page, say('checkout.name'), people[language][1]);
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid=true]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'email');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(email);
  await typeInto(page, say('checkout.phone'), '300 123 4567');
  await typeInto(page, say('checkout.idNumber'), '12');
  await page.keyboard.press('Enter');
  await page.locator('[name=document][aria-invalid=true]').waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1.020.304.050');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${checkoutStepPath(language, 'shipping')}`);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await page.goBack();
  await page.waitForURL(`**${checkoutStepPath(language, 'details')}`);
  assert.equal(await page.getByLabel(say('checkout.email'), { exact: true }).inputValue(), email);
  await page.goForward();
  await page.waitForURL(`**${checkoutStepPath(language, 'shipping')}`);
  await typeInto(page, say('checkout.recipient'), people[language][1]);
  const fields =
    language === 'es'
      ? ['Departamento', 'Municipio', 'Dirección']
      : ['Department', 'Municipality', 'Street address'];
  for (const [i, text] of ['Antioquia', 'Medellín', 'Carrera 70 # 44-21'].entries())
    await typeInto(page, fields[i] ?? '', text);
  await tabTo(page, language === 'es' ? 'Mensajería' : 'Courier');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${checkoutStepPath(language, 'payment')}`);
};

/** A card that is declined, then one that is not; an impatient hand orders once. */
const pay = async ({ page, say }: Visit): Promise<void> => {
  const fill = async (number: string): Promise<void> => {
    await typeInto(page, say('checkout.number'), number);
    await typeInto(page, say('checkout.expiry'), '1234');
    await typeInto(page, say('checkout.code'), '123');
  };
  /** There is also a provider with a page of its own, and it is offered first. */
  const chooseCard = async (): Promise<void> => {
    await page.getByRole('heading', { name: say('checkout.review') }).waitFor();
    await tabTo(page, say('checkout.method.checkout'));
    await page.keyboard.press('ArrowDown');
  };
  await chooseCard();
  await fill('4000000000000002');
  await page.keyboard.press('Enter');
  await page.getByText(say('refused.card_declined')).waitFor();
  // From the top of the page, as after a reload; the card is typed again, nothing else is.
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await chooseCard();
  await fill('4242424242424242');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: say('confirmed.paid.title') }).waitFor();
};

/** The mail leads to the order, in a browser that knows nothing of it. */
const openLink = async (browser: Browser, visit: Visit): Promise<void> => {
  const { origin, shop, language, email, say } = visit;
  const pattern = new RegExp(`${origin}${trackingPath(language)}/[\\w-]+#[\\w-]{43}`);
  let link: string | undefined;
  await until(
    async () => {
      const mail = (await shop.readMails()).find(({ to }) => to === email);
      link = pattern.exec(mail?.text ?? '')?.[0];
      return link !== undefined;
    },
    15_000,
    'the mail with the link',
  );
  const context = await browser.newContext({ locale: language });
  const page = await context.newPage();
  await page.goto(link!);
  await page.getByRole('heading', { name: say('tracking.timeline') }).waitFor();
  await page.getByText(say('tracked.OrderPaid')).waitFor();
  assert.equal(new URL(page.url()).hash, '', 'what opens it is out of the address');
  const seen = await page.evaluate(
    () => document.cookie + JSON.stringify(Object.entries(sessionStorage)),
  );
  assert.doesNotMatch(seen, /[\w-]{43}/, 'and no script has it');
  await context.close();
};

/** A new account keeps the order. */
const claim = async ({ page, origin, shop, language, say, email }: Visit): Promise<void> => {
  await tabTo(page, say('claim.register'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/registro?**');
  await page.waitForSelector(`text=${say('register.title')}`);
  assert.equal(await page.getByLabel(say('auth.email'), { exact: true }).inputValue(), email);
  await typeInto(page, say('register.username'), people[language][0]);
  await typeInto(page, say('auth.password'), 'tres tazas de tinto');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/verificar?**');
  let code: string | undefined;
  await until(
    async () => (code = codeIn(await shop.readMails(), email)) !== undefined,
    15_000,
    'the code',
  );
  await page.getByLabel(say('verify.code'), { exact: true }).waitFor();
  await typeInto(page, say('verify.code'), code!);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${origin}${trackingPath(language)}/**`);
  await page.waitForSelector('html[data-ready]');
  await tabTo(page, say('claim.go'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cuenta/pedidos/**');
  await page.getByText(say('event.OrderPaid')).waitFor();
};

export const buyAsGuest = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
  language: Language,
): Promise<string> => {
  const startedAt = performance.now();
  const context = await browser.newContext({
    locale: language === 'es' ? 'es-CO' : 'en-US',
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const email = `${people[language][0]}@example.com`;
  const visit: Visit = { page, origin, shop, language, say: wordsOf(language), email };
  await fillCart(visit);
  await sayWhoAndWhere(visit);
  await pay(visit);
  const receipt = page.getByRole('link', { name: visit.say('confirmed.receipt') });
  const sheet = await page.request.get(origin + (await receipt.getAttribute('href'))!);
  const said = await sheet.text();
  assert.match(said, /PZ-\d+[\s\S]*12\.900/, 'the receipt has number and shipping');
  assert.ok(said.includes('CC 1.020.304.050'), 'and whom it is for');
  await openLink(browser, visit);
  await claim(visit);
  await context.close();
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
};
