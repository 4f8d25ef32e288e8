/** What an account is told, and the second factor that an operator asks for, as people meet them. */
import assert from 'node:assert/strict';
import { generateSync } from 'otplib';
import type { Browser } from 'playwright-core';
import { must, send } from './support/http.ts';
import { assertNone, axeFaults, lookAt, openWatched } from './support/web-pages.ts';
import type { signUpByPage } from './support/web-purchase.ts';
import type { WebShop } from './support/web-shop.ts';

type Options = Readonly<{
  browser: Browser;
  origin: string;
  token: () => string;
  shop: WebShop;
  state: Awaited<ReturnType<typeof signUpByPage>>;
  step: (name: string, work: () => Promise<string | void>) => Promise<void>;
}>;

const phone = { theme: 'light', width: 390 } as const;
const desk = { theme: 'dark', width: 1280 } as const;

/** The list of who has bought, been declined, and had their parcel sent. */
const readNotifications = async ({ browser, origin, state }: Options): Promise<string> => {
  const watched = await openWatched(browser, origin, desk, state);
  const { page } = watched;
  await page.context().addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  page.setDefaultTimeout(15_000);
  await page.goto(`${origin}/es`);
  const bell = page.getByRole('link', { name: /^Notificaciones\s*3 sin leer$/ });
  await bell.waitFor();
  await bell.click();
  await page.getByRole('heading', { level: 1, name: 'Notificaciones' }).waitFor();
  await page.getByRole('link', { name: /en camino$/ }).waitFor();
  assert.equal(await page.getByText('Nueva', { exact: true }).count(), 3);
  await page.getByRole('button', { name: /^Marcar como leída: .*en camino/ }).click();
  await page.getByRole('link', { name: 'Notificaciones, 2 sin leer' }).waitFor();
  await page.getByRole('button', { name: 'Marcar todo como leído' }).click();
  await page.getByRole('link', { name: 'Notificaciones', exact: true }).last().waitFor();
  await page.getByRole('button', { name: 'Sin leer' }).click();
  await page.getByText('Todo está leído').waitFor();
  const mail = page.getByRole('checkbox', { name: 'Pedido entregado: Por correo' });
  await mail.uncheck();
  assert.ok(await page.getByRole('checkbox', { name: /^Seguridad.*correo/ }).isDisabled());
  await page.waitForTimeout(300);
  await page.reload();
  await mail.waitFor();
  assert.equal(await mail.isChecked(), false, 'what was chosen stays');
  const faults = [...(await lookAt(page)).faults, ...watched.takeFaults()];
  await watched.close();
  assertNone(faults);
  return 'three causes, read one by one and all at once';
};

/** Somebody of support, of whom the operator asks for a second factor that they do not have yet. */
const enrol = async ({ browser, origin, token }: Options): Promise<string> => {
  const password = 'nueve hilos de fique';
  const body = {
    email: 'soporte@example.com',
    username: 'soporte',
    password,
    roles: ['customer', 'support'],
  };
  const request = { method: 'POST', path: '/users', token: token(), body } as const;
  must(201, request, await send(origin, request));
  const watched = await openWatched(browser, origin, phone, undefined);
  const { page } = watched;
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  const look = async (): Promise<void> => {
    faults.push(...(await lookAt(page)).faults, ...(await axeFaults(page)));
  };
  const signIn = async (): Promise<void> => {
    await page.getByLabel('Usuario o correo').fill('soporte');
    await page.getByLabel('Contraseña', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
  };
  const { length } = await page.context().cookies();
  await page.goto(`${origin}/entrar/segundo-paso`);
  assert.equal(new URL(page.url()).pathname, '/entrar', 'only after a password');
  await page.context().addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  await page.goto(`${origin}/entrar?volver=%2Fadmin`);
  await page.waitForSelector('html[data-ready]');
  await signIn();
  await page.waitForURL('**/entrar/segundo-paso**');
  await page.getByRole('heading', { level: 1, name: 'Agrega un segundo paso' }).waitFor();
  await look();
  await page.getByRole('button', { name: 'Usar una aplicación de códigos' }).click();
  await page.getByAltText('Código para tu aplicación').waitFor();
  const secret = await page.locator('p.font-mono').innerText();
  const code = (): string => generateSync({ secret: secret.trim() });
  await look();
  await page.getByLabel('Código de tu aplicación').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText(/^Ese código no sirve/).waitFor();
  await page.getByLabel('Código de tu aplicación').fill(code());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Códigos de recuperación' }).waitFor();
  const codes = await page.locator('ul.font-mono li').allInnerTexts();
  const [firstCode = ''] = codes;
  assert.equal(codes.length, 10);
  await look();
  await page.getByRole('link', { name: /^Continuar/ }).click();
  await page.getByText('Segundo paso agregado. Entra otra vez para usarlo.').waitFor();
  await page.waitForSelector('html[data-ready]');
  await signIn();
  await page.waitForURL('**/entrar/codigo**');
  await page.getByLabel('Código de recuperación').check();
  await page.getByLabel('Código', { exact: true }).fill(firstCode);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin');
  await watched.close();
  assert.equal(length, 0);
  assertNone(faults);
  return 'an app, ten codes, and in with one of them';
};

/** An order that was left before it was paid, from the account to the page that takes the card. */
const payFromAccount = async (options: Options): Promise<void> => {
  const { browser, origin, state, shop } = options;
  const watched = await openWatched(browser, origin, desk, state);
  const { page } = watched;
  page.setDefaultTimeout(15_000);
  const ask = async (path: string, data: object): Promise<Record<string, unknown>> => {
    const headers = { origin, 'idempotency-key': 'left-before-paying' };
    const answer = await page.request.post(`${origin}/web/api/v1${path}`, { data, headers });
    assert.ok(answer.ok(), await answer.text());
    return (await answer.json()) as Record<string, unknown>;
  };
  await page.context().addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  await ask('/cart/add', { variant_id: shop.product.variantId, quantity: 1 });
  const answer = await page.request.get(`${origin}/web/api/v1/shipping-options?country=CO`);
  const { items } = (await answer.json()) as {
    items: { method_id: string; pickup_place: string | null }[];
  };
  const pickup = items.find(({ pickup_place }) => pickup_place !== null)!;
  const order = await ask('/orders', { shipping: { method_id: pickup.method_id } });
  await page.goto(`${origin}/cuenta/pedidos/${String(order['id'])}`);
  await page.getByText(/^Se puede pagar hasta el /).waitFor();
  const faults = [...(await lookAt(page)).faults];
  assert.equal(await page.locator('main .bg-primary-fill').count(), 1, 'one way on');
  await page.getByRole('link', { name: 'Pagar', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^Pagar el pedido PZ-/ }).waitFor();
  faults.push(...(await lookAt(page)).faults, ...watched.takeFaults());
  await watched.close();
  assertNone(faults);
};

export const checkAccount = async (options: Options): Promise<void> => {
  const { step } = options;
  await Promise.all([
    step('an account reads what it was told, and chooses what to be told', () =>
      readNotifications(options),
    ),
    step('who needs a second factor adds one on the way in', () => enrol(options)),
  ]);
  await step('an account pays the order that it left', () => payFromAccount(options));
};
