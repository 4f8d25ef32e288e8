import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** Messages of the pages in one language, so that a journey is written once for both. */
export const wordsOf = (
  language: 'es' | 'en',
  parts: readonly string[] = ['kit', 'store', 'checkout', 'account'],
) => {
  const all = Object.assign(
    {},
    ...parts.map(
      (part) =>
        JSON.parse(
          readFileSync(`apps/web/client/${part}/messages/${language}.json`, 'utf8'),
        ) as object,
    ),
  ) as Record<string, string>;
  return (key: string): string => {
    const message = all[key];
    if (message === undefined) throw new Error(`no message ${key}`);
    return message;
  };
};

/** What the focused element is called, as somebody who listens is told. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    const label = element?.labels?.[0]?.innerText.split('\n')[0];
    return (element?.getAttribute('aria-label') ?? label ?? element?.innerText ?? '').trim();
  });

/** Presses Tab until something of that name has the focus. */
export const tabTo = async (page: Page, name: RegExp | string, most = 90): Promise<void> => {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const found = await focusedName(page);
    if (typeof name === 'string' ? found.startsWith(name) : name.test(found)) return;
  }
  throw new Error(`no Tab reaches ${String(name)}`);
};

/** Types over what a field holds. */
export const typeInto = async (page: Page, name: string, text: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
};
