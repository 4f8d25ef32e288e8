/** Pictures of a product in the back office: pasted, sent again, and put in order, whatever fails on the way. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { must, send } from './support/http.ts';
import type { Server } from './support/server-process.ts';
import { assertNone, axeFaults, lookAt, open } from './support/web-pages.ts';
import { eventually, whileRefused } from './web-optimism.ts';

type Given = Readonly<{ name: string; type: string; base64: string; megabytes?: number }>;

const colour = async (name: string, background: string): Promise<Given> => {
  const create = { width: 320, height: 320, channels: 3, background } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  return { name, type: 'image/png', base64: bytes.toString('base64') };
};

/** As the browser gives what is on the clipboard to a page. */
const paste = (page: Page, files: readonly Given[]): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    for (const { name, type, base64, megabytes = 0 } of given) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.codePointAt(0)!);
      const rest = new Uint8Array(megabytes * 1024 * 1024);
      clipboardData.items.add(new File([bytes, rest], name, { type }));
    }
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, files);

/**
 * Five are pasted: three that are pictures, of which the answer to the second is lost, one that is too
 * large and one that is none. The third gets there all the same, and the second is there once.
 */
const pasteFive = async (page: Page, read: () => Promise<readonly string[]>): Promise<string[]> => {
  const keys: (string | undefined)[] = [];
  let held: (() => void) | undefined;
  await page.route('**/images', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.fallback();
    keys.push(request.headers()['idempotency-key']);
    if (keys.length === 1) await new Promise<void>((resolve) => (held = resolve));
    if (keys.length !== 2) return route.fallback();
    await route.fetch();
    return route.abort('connectionreset');
  });
  const before = await read();
  await paste(page, [
    await colour('uno.png', '#27a'),
    await colour('dos.png', '#a72'),
    await colour('tres.png', '#2a7'),
    { name: 'enorme.png', type: 'image/png', base64: '', megabytes: 11 },
    { name: 'notas.pdf', type: 'application/pdf', base64: '' },
  ]);
  const row = (name: string) =>
    page.getByRole('list', { name: 'Imágenes en camino' }).getByRole('listitem').filter({
      hasText: name,
    });
  await page.getByRole('progressbar', { name: 'Avance de uno.png' }).waitFor();
  await row('dos.png').getByText('En espera').waitFor();
  await row('enorme.png')
    .getByText(/^Pesa 11 MB y el límite es de 10 MB/)
    .waitFor();
  await row('notas.pdf')
    .getByText(/^No es una imagen que podamos usar/)
    .waitFor();
  assert.equal(
    await row('notas.pdf')
      .getByRole('button', { name: /^Reintentar/ })
      .count(),
    0,
  );
  held?.();
  const again = page.getByRole('button', { name: 'Reintentar: dos.png' });
  await again.waitFor();
  await row('tres.png').waitFor({ state: 'detached' });
  await page.getByText('2 imágenes agregadas, 1 con error').waitFor();
  const faults = [...(await lookAt(page)).faults, ...(await axeFaults(page))];
  await again.click();
  await row('dos.png').waitFor({ state: 'detached' });
  await page.unroute('**/images');
  assert.equal(keys.length, 4, 'three files and one more try');
  assert.equal(keys[1], keys[3], 'the same request');
  assert.equal(new Set(keys).size, 3);
  await eventually(async () => assert.equal((await read()).length, before.length + 3));
  for (const name of ['enorme.png', 'notas.pdf'])
    await page.getByRole('button', { name: `Quitar de esta lista: ${name}` }).click();
  assert.equal(await page.getByRole('list', { name: 'Imágenes en camino' }).count(), 0);
  assert.equal(await page.locator('input[capture=environment][accept="image/*"]').count(), 1);
  return [...faults];
};

export const addPictures = async (page: Page, server: Server, id: string): Promise<string> => {
  const request = { method: 'GET', path: `/products/${id}`, token: server.token() } as const;
  const read = async (): Promise<readonly string[]> => {
    const { images } = must(200, request, await send(server.url, request));
    return (images as { url: string }[]).map(({ url }) => url.replace(/-\d+\.webp$/, ''));
  };
  await open(page, `${server.url}/admin/productos/${id}`);
  await page.getByLabel('Texto de la imagen 1').waitFor();
  const faults = await pasteFive(page, read);
  const pictures = page.locator('ol li img[srcset]');
  const isSame = async (): Promise<void> => {
    const shown = await pictures.evaluateAll((all) =>
      all.map((image) => new URL((image as HTMLImageElement).src).pathname),
    );
    assert.deepEqual(
      shown.map((path) => path.replace(/-\d+\.webp$/, '')),
      await read(),
    );
  };
  await eventually(isSame);
  const first = await read();
  const up = page.getByRole('button', { name: 'Subir la imagen 2' });
  await whileRefused(page, () => up.click(), isSame);
  assert.deepEqual(await read(), first);
  await up.click();
  await page.getByText('Imagen en el lugar 1 de 4').waitFor();
  await eventually(async () => assert.deepEqual((await read()).slice(0, 2), [first[1], first[0]]));
  const rows = page.locator('ol > li');
  await rows.nth(3).getByTitle('Arrastra para cambiar el orden').dragTo(rows.nth(0));
  await eventually(async () => assert.equal((await read())[0], first[3]));
  await eventually(isSame);
  assertNone(faults);
  return 'five pasted, one sent twice and there once; moved by button and by hand';
};
