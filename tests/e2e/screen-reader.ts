/**
 * What somebody who listens is told on the two journeys by keyboard, written to docs/reference/screen-reader.md:
 *
 *     node tests/e2e/screen-reader.ts
 *
 * The journeys are those of the browser suite. Role and name are what Chromium computes for the tools that
 * read aloud; which words a reader makes of them differs from one to the next, so none is imitated.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { defaults, startSimulator } from '../../apps/simulator/mercado-pago/simulator.ts';
import { chromiumPath } from './support/chromium.ts';
import { freePort } from './support/plaza-process.ts';
import { shopEnvironment, startServer } from './support/server-process.ts';
import { signUpByPage } from './support/web-purchase.ts';
import { openWebShop } from './support/web-shop.ts';
import { lookAtBackOffice } from './web-admin.ts';
import { buyAsGuest } from './web-guest.ts';

const path = 'docs/reference/screen-reader.md';

/** Runs in the page: tells what is under the keys, what is announced by itself, and each page. */
const listen = (): void => {
  type Computed = HTMLElement & { computedRole?: string; computedName?: string };
  const tell = (line: string): void =>
    (globalThis as unknown as { plazaSaid: (line: string) => void }).plazaSaid(line);
  const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
  const described = (element: Computed): string => {
    const field = element as Computed & HTMLInputElement;
    const states = [
      element.getAttribute('aria-expanded') === 'true' && 'expanded',
      element.getAttribute('aria-expanded') === 'false' && 'collapsed',
      element.getAttribute('aria-pressed') === 'true' && 'pressed',
      (field.type === 'checkbox' || field.type === 'radio') &&
        (field.checked ? 'checked' : 'not checked'),
      element.getAttribute('aria-invalid') === 'true' && 'invalid',
      field.required && 'required',
    ].filter((state) => state !== false);
    const about = (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => tidy(document.getElementById(id)?.innerText ?? ''))
      .filter((text) => text !== '')
      .join(' ');
    const more = [...states, ...(about === '' ? [] : [`“${about}”`])].join(', ');
    return `${element.computedRole} **${tidy(element.computedName ?? '')}**${more === '' ? '' : ` (${more})`}`;
  };
  const isWritten = (element: Element | null): boolean =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement &&
      !['checkbox', 'radio', 'button', 'submit'].includes(element.type));

  let tabs = 0;
  let last: Element | null = null;
  let typed = '';
  const endTyping = (): void => {
    const isSecret = last instanceof HTMLInputElement && last.type === 'password';
    if (typed !== '') tell(`  - types “${isSecret ? '•'.repeat(8) : typed}”`);
    typed = '';
  };
  addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Tab') {
        endTyping();
        tabs += 1;
        return;
      }
      const here = document.activeElement as Computed | null;
      if (here && (here !== last || tabs > 0)) {
        tell(`- ${tabs === 0 ? 'focus' : `Tab × ${tabs}`}: ${described(here)}`);
        last = here;
        tabs = 0;
      }
      const isModified = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key.length === 1 && isWritten(here) && !isModified) typed += event.key;
      else if (!isModified && !['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) {
        endTyping();
        tell(`  - presses ${event.key === ' ' ? 'Space' : event.key}`);
      }
    },
    true,
  );

  const isLive = '[aria-live=polite],[aria-live=assertive],[role=status],[role=alert],[role=log]';
  const told = new Map<Element, string>();
  let title = '';
  const look = (): void => {
    if (document.title !== title && document.title !== '') {
      title = document.title;
      const heading = document.querySelector<HTMLElement>('h1');
      tell(`\n**${tidy(title)}**, heading level 1 **${tidy(heading?.innerText ?? '')}**\n`);
      for (const region of document.querySelectorAll<HTMLElement>(isLive))
        told.set(region, tidy(region.innerText));
      return;
    }
    for (const region of document.querySelectorAll<HTMLElement>(isLive)) {
      const text = tidy(region.innerText);
      if (text !== '' && told.get(region) !== text) {
        endTyping();
        tell(`  - announced: “${text}”`);
      }
      told.set(region, text);
    }
  };
  let isDue = false;
  const lookSoon = (): void => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      look();
    }, 60);
  };
  addEventListener('DOMContentLoaded', () => {
    lookSoon();
    new MutationObserver(lookSoon).observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
};

/** The same browser, of which every page is listened to. */
const listenedTo = (browser: Browser, hear: (line: string) => void): Browser =>
  new Proxy(browser, {
    get: (target, key) => {
      if (key !== 'newContext') return Reflect.get(target, key).bind(target);
      return async (...options: Parameters<Browser['newContext']>) => {
        const context = await target.newContext(...options);
        await context.exposeBinding('plazaSaid', (_, line: string) => hear(line));
        await context.addInitScript(listen);
        return context;
      };
    },
  });

const root = mkdtempSync(join(tmpdir(), 'plaza-listen-'));
const data = join(root, 'data');
const simulator = await startSimulator({ port: 0 });
const server = await startServer(
  data,
  shopEnvironment(data, await freePort(), {
    PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
    PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
    PLAZA_MERCADOPAGO_BASE_URL: simulator.url,
    PLAZA_MERCADOPAGO_MODE: 'test',
  }),
);
const shop = await openWebShop(server.url, server.token);
const browser = await chromium.launch({
  executablePath: chromiumPath,
  // So much time passes between two keys that what changes by itself is heard in its place.
  slowMo: 80,
  args: ['--no-sandbox', '--disable-gpu', '--enable-blink-features=ComputedAccessibilityInfo'],
});

const sections: string[] = [];
let heard: string[] = [];
const listened = listenedTo(browser, (line) => heard.push(line));
const record = async (name: string, journey: () => Promise<string> | string): Promise<void> => {
  heard = [];
  await journey();
  sections.push(`## ${name}\n${heard.join('\n')}\n`);
  console.log(`${name}: ${heard.length} lines`);
};

try {
  for (const language of ['es', 'en'] as const)
    await record(`A guest buys, and a new account keeps the order (${language})`, () =>
      buyAsGuest(listened, server.url, shop, language),
    );
  await lookAtBackOffice({
    // Of the back office the refund alone.
    step: async (name, work) => {
      const language = /by keyboard in (es|en)$/.exec(name)?.[1];
      if (language)
        await record(`A part of an order is refunded and restocked (${language})`, work);
    },
    browser: listened,
    server,
    data,
    stranger: await signUpByPage(browser, server.url, shop),
  });
} finally {
  await browser.close();
  await server.stop();
  await simulator.close();
  rmSync(root, { recursive: true, force: true });
}
writeFileSync(
  path,
  `# What a screen reader is told

<!-- Made by tests/e2e/screen-reader.ts. -->

The journeys by keyboard of the browser suite, as Chromium tells them to the tools that read aloud: role, name,
state and description of what each key meets, how many times Tab led there, what is announced by itself, and
title and heading of each page. No reader is imitated: their words for a role differ.

${sections.join('\n')}`,
);
