/** Who leaves a form that is not saved is asked first, by keyboard, and comes back to where they were. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { wordsOf } from './support/web-keyboard.ts';
import { axeFaults, open } from './support/web-pages.ts';

const say = wordsOf('es', ['kit', 'account', 'admin', 'office']);

type Form = Readonly<{
  path: string;
  /** The field that is changed. */
  label: string;
  /** Where somebody wants to go. */
  link: string;
}>;

const leave = async (page: Page, origin: string, { path, label, link }: Form): Promise<void> => {
  await open(page, origin + link);
  const field = page.getByLabel(label).first();
  const goTo = async (to: string): Promise<void> => {
    await page.locator(`a[href="${to}"]`).first().click();
    await page.waitForURL(`**${to}`);
  };
  await goTo(path);
  await field.waitFor();
  const saved = await field.inputValue();
  const away = page.locator(`a[href="${link}"]`).first();
  // What is as it was is left without a question.
  await away.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${link}`);
  await goTo(path);

  await field.fill('12');
  await away.focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: say('leave.title') });
  await question.waitFor();
  assert.deepEqual(await axeFaults(page), []);
  // Nothing jumps: the page keeps its scroll bar, and the dialog has room for one.
  assert.deepEqual(
    await question.evaluate((dialog) => [
      getComputedStyle(document.documentElement).overflowY,
      getComputedStyle(dialog.querySelector('.overflow-y-auto')!).scrollbarGutter,
    ]),
    ['visible', 'stable'],
  );
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  assert.equal(new URL(page.url()).pathname, path);
  assert.equal(await field.inputValue(), '12', 'what was typed is lost');
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('href')),
    link,
    'the focus did not come back',
  );
  // The way back in the browser is asked about too, and a tab that closes asks in its own words.
  await page.evaluate(() => history.back());
  await question.waitFor();
  await question.getByRole('button', { name: say('leave.stay') }).press('Enter');
  await question.waitFor({ state: 'hidden' });
  const isAsked = await page.evaluate(
    () => !dispatchEvent(new Event('beforeunload', { cancelable: true })),
  );
  assert.ok(isAsked, 'the tab closes without a question');

  await away.focus();
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: say('leave.leave') }).press('Enter');
  await page.waitForURL(`**${link}`);
  await goTo(path);
  await field.waitFor();
  assert.equal(await field.inputValue(), saved, 'what was discarded is back');
};

export const leaveForm = async (
  browser: Browser,
  origin: string,
  state: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<void> => {
  const context = await browser.newContext({ storageState: state, bypassCSP: true });
  await context.addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await leave(page, origin, {
    path: '/cuenta/perfil',
    label: say('profile.phone'),
    link: '/cuenta/direcciones',
  });
  await leave(page, origin, {
    path: '/admin/ajustes/tienda',
    label: say('shop.days'),
    link: '/admin/ajustes',
  });
  await context.close();
};
