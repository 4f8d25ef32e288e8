import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openTestBrowser, skipWithoutChromium } from '#shared/testing/test-browser.ts';
import { en } from './messages-en.ts';
import { es, type PageMessages } from './messages-es.ts';
import { choosePageLanguage } from './pages.ts';
import { aPreference, startReceiver, startTestSimulator, token, valueOf } from './steps.test.ts';

describe('the words of the pages', () => {
  it('are other words in each language', () => {
    const same: string[] = [];
    const walk = (one: unknown, other: unknown, path: string): void => {
      if (typeof one === 'object' && one !== null) {
        for (const [key, value] of Object.entries(one))
          walk(value, (other as Record<string, unknown>)[key], `${path}.${key}`);
      } else if (one === other) same.push(path);
    };
    walk(es, en, '');
    assert.deepEqual(same, ['.total']);
  });

  it('are of the language asked for, else the browser’s, else English', () => {
    assert.equal(choosePageLanguage('es', 'en'), 'es');
    assert.equal(choosePageLanguage('fr', 'es-CO,es;q=0.9'), 'es');
    assert.equal(choosePageLanguage(undefined, 'de'), 'en');
    assert.equal(choosePageLanguage(undefined, undefined), 'en');
  });
});

/** A luminance as WCAG 2 defines it, of what the browser has computed; it runs in the page. */
const contrastScript = `(() => {
  const rgb = (css) => {
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const worst = { ratio: 99, text: '' };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim()) continue;
    const element = node.parentElement;
    if (!element.checkVisibility()) continue;
    const a = luminance(rgb(getComputedStyle(element).color));
    const b = luminance(groundOf(element));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) Object.assign(worst, { ratio, text: node.textContent.trim() });
  }
  return worst;
})()`;

describe('the pages in a browser', { skip: skipWithoutChromium }, () => {
  let browser: Browser;
  let shopUrl = '';
  const shop = createServer((_request, response) => void response.end('the shop'));
  before(async () => {
    browser = await openTestBrowser();
    await new Promise<void>((resolve) => void shop.listen(0, '127.0.0.1', resolve));
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  after(async () => {
    await browser.close();
    shop.closeAllConnections();
    shop.close();
  });

  const prepare = async () => {
    const receiver = await startReceiver();
    const simulator = await startTestSimulator({ panelUrl: receiver.url });
    const preference = aPreference({
      notificationUrl: receiver.url,
      items: [
        {
          id: 'a',
          title: '<script>alert(1)</script> & café',
          quantity: 2,
          unitPrice: { amountMinor: 2_000_000n, currency: 'COP' },
        },
      ],
      backUrls: {
        success: `${shopUrl}/success?kept=1`,
        pending: `${shopUrl}/pending`,
        failure: `${shopUrl}/failure`,
      },
    });
    const key = crypto.randomUUID();
    const made = valueOf(await simulator.client.createPreference({ token, key, preference }));
    return { simulator, receiver, made };
  };
  const open = async (given: object = {}): Promise<Page> => {
    const page = await (await browser.newContext({ locale: 'es-CO', ...given })).newPage();
    page.setDefaultTimeout(5_000);
    return page;
  };

  for (const [language, text] of [
    ['es', es],
    ['en', en],
  ] as const satisfies readonly (readonly [string, PageMessages])[])
    it(`let a person decline, leave pending, pay, and pay again, in ${language}`, async () => {
      const { simulator, receiver, made } = await prepare();
      const page = await open();
      const dialogs: string[] = [];
      page.on('dialog', (dialog) => void dialogs.push(dialog.message()));
      await page.goto(`${made.initPoint}?lang=${language}`);
      assert.equal(await page.getAttribute('html', 'lang'), language);
      await page.getByText('<script>alert(1)</script> & café').waitFor();

      const reason = text.declines.cc_rejected_insufficient_amount;
      await page.getByLabel(text.declineReason).selectOption({ label: reason });
      await page.getByRole('button', { name: text.decline }).click();
      await page.getByRole('status').getByText(text.outcome.rejected).waitFor();
      const back = page.getByRole('link', { name: text.back });
      assert.match((await back.getAttribute('href'))!, /\/failure\?.*status=rejected/);

      await page.getByLabel(text.waitReason).selectOption({ index: 1 });
      await page.getByRole('button', { name: text.wait }).click();
      await page.getByRole('status').getByText(text.outcome.pending).waitFor();
      assert.match((await back.getAttribute('href'))!, /\/pending\?.*status=pending/);

      for (const time of [1, 2]) {
        await page.goto(`${made.initPoint}?lang=${language}`);
        if (time === 2) await page.getByText(text.secondTime).waitFor();
        await page.getByRole('button', { name: text.approve }).click();
        await page.getByText('the shop').waitFor();
        const { searchParams, pathname } = new URL(page.url());
        assert.equal(pathname, '/success');
        assert.equal(searchParams.get('kept'), '1');
        assert.equal(searchParams.get('external_reference'), made.externalReference);
        assert.equal(searchParams.get('preference_id'), made.id);
        assert.equal(searchParams.get('collection_status'), 'approved');
        const read = await simulator.client.getPayment({
          token,
          id: searchParams.get('payment_id')!,
        });
        assert.equal(valueOf(read).amount.amountMinor, 4_800_000n);
      }
      const { charges } = await simulator.books();
      assert.deepEqual(
        charges.map(({ status }) => status),
        ['rejected', 'pending', 'approved', 'approved'],
      );
      assert.ok(receiver.received.every(({ verdict }) => verdict.is === 'genuine'));
      assert.deepEqual(dialogs, []);

      await page.goto(`${simulator.url}/books?lang=${language}`);
      await page.getByRole('button', { name: text.actions.approve }).click();
      await page.getByRole('button', { name: text.actions.charge_back }).nth(2).waitFor();
      await page.getByRole('button', { name: text.actions.charge_back }).first().click();
      await page.getByRole('button', { name: text.actions.lose }).click();
      await page.getByRole('definition').getByText(text.statuses['lost']!).waitFor();
      assert.equal((await simulator.books()).chargebacks[0]!.outcome, 'lost');
    });

  it('speak the language of the browser, and the other one on demand', async () => {
    const { made } = await prepare();
    const page = await open();
    await page.goto(made.initPoint);
    assert.equal(await page.getAttribute('html', 'lang'), 'es');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: en.pay, exact: true }).waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
  });

  for (const width of [390, 1440])
    for (const colorScheme of ['light', 'dark'] as const)
      it(`fit ${width} px and are legible in the ${colorScheme}`, async () => {
        const { simulator, made } = await prepare();
        const { client, ask } = simulator;
        for (const status of ['approved', 'rejected', 'pending', 'approved'])
          await ask('POST', `/simulator/preferences/${made.id}/pay`, { status });
        const [charge] = (await simulator.books()).charges;
        const key = crypto.randomUUID();
        await client.refundPayment({ token, key, id: charge!.id, currency: 'COP' });
        const other = (await simulator.books()).charges[3]!;
        await ask('POST', `/simulator/payments/${other.id}/chargeback`);
        await ask('POST', '/simulator/sellers', { name: 'Panadería del Sur' });

        const page = await open({ viewport: { width, height: 900 }, colorScheme });
        const outside: string[] = [];
        page.on('request', (request) => {
          if (!request.url().startsWith(simulator.url)) outside.push(request.url());
        });
        const folder = process.env['PLAZA_SCREENSHOTS'];
        const consent = `${simulator.url}/authorization?redirect_uri=${shopUrl}`;
        for (const [name, url] of [
          ['checkout', `${made.initPoint}?payment=${charge!.id}`],
          ['books', `${simulator.url}/books`],
          ['consent', consent],
        ] as const) {
          await page.goto(url);
          const wide = await page.evaluate('document.documentElement.scrollWidth');
          assert.ok(Number(wide) <= width, `${name} is ${String(wide)} px wide`);
          const worst = await page.evaluate<{ ratio: number; text: string }>(contrastScript);
          assert.ok(worst.ratio >= 4.5, `${name}: ${worst.ratio} for ${worst.text}`);
          const nameless = await page.evaluate(
            "[...document.querySelectorAll('select, input:not([type=hidden])')].filter((e) => !e.labels.length).length",
          );
          assert.equal(nameless, 0);
          const ids = await page.evaluate<string[]>(
            "[...document.querySelectorAll('[id]')].map((e) => e.id)",
          );
          assert.equal(new Set(ids).size, ids.length);
          if (folder)
            await page.screenshot({
              path: `${folder}/${name}-${width}-${colorScheme}.png`,
              fullPage: true,
            });
        }
        assert.deepEqual(
          outside.filter((url) => !url.startsWith('data:')),
          [],
        );
      });

  it('can be used by the keyboard alone', async () => {
    const { simulator, made } = await prepare();
    const page = await open();
    await page.goto(made.initPoint);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.className'), 'skip');
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      const text = await page.evaluate('document.activeElement.textContent.trim()');
      if (text === es.approve) break;
    }
    await page.keyboard.press('Enter');
    await page.getByText('the shop').waitFor();
    assert.equal((await simulator.books()).charges[0]!.status, 'approved');
  });
});
