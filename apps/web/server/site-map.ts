import type { FastifyPluginAsync } from 'fastify';
import { productPath } from '../addresses.ts';
import { readAll, type Backend } from './backend.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

const config = { access: 'public' } as const;
const schema = { hide: true, querystring: {} };
const pageSize = 100;
/** What one file of the protocol may hold, with two languages an address. */
const addressesMax = 25_000;
const keepMs = 10 * 60_000;

type Product = Readonly<{
  id: string;
  slug: string;
  updated_at: string;
  image: { url: string } | null;
}>;
type Category = Readonly<{ slug: string; children: readonly unknown[] }>;

const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&'"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** `robots.txt` and `sitemap.xml`, as the catalogue of this moment has them. */
export const siteMapRoutes =
  ({
    backend,
    publicUrl,
  }: Readonly<{ backend: Backend; publicUrl: () => string }>): FastifyPluginAsync =>
  async (app) => {
    const ask = async <Body>(path: string, clientAddress: string): Promise<Body> => {
      const answer = await backend({ method: 'GET', path, headers: {}, clientAddress });
      const text = (await readAll(answer.body)).toString('utf8');
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
      return parseJson(text) as Body;
    };

    const entry = (
      paths: readonly [es: string, en: string],
      { image, changedAt }: Readonly<{ image?: string | undefined; changedAt?: string }> = {},
    ): string => {
      const [es, en] = paths.map((path) => escapeXml(publicUrl() + path)) as [string, string];
      const links = `<xhtml:link rel="alternate" hreflang="es" href="${es}"/><xhtml:link rel="alternate" hreflang="en" href="${en}"/>`;
      const picture = image
        ? `<image:image><image:loc>${escapeXml(new URL(image, publicUrl()).href)}</image:loc></image:image>`
        : '';
      const last = changedAt === undefined ? '' : `<lastmod>${escapeXml(changedAt)}</lastmod>`;
      return [es, en]
        .map((url) => `<url><loc>${url}</loc>${last}${links}${picture}</url>`)
        .join('\n');
    };

    const make = async (clientAddress: string): Promise<string> => {
      const entries = [entry(['/es', '/en'])];
      const addCategories = (categories: readonly Category[]): void => {
        for (const { slug, children } of categories) {
          entries.push(entry([`/es/c/${slug}`, `/en/c/${slug}`]));
          addCategories(children as readonly Category[]);
        }
      };
      addCategories((await ask<{ items: Category[] }>('/api/v1/categories', clientAddress)).items);
      for (let cursor: string | null = ''; cursor !== null && entries.length < addressesMax;) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { items: Product[]; next_cursor: string | null } = await ask(
          `/api/v1/products?sort=newest&limit=${pageSize}${from}`,
          clientAddress,
        );
        for (const product of page.items)
          entries.push(
            entry([productPath('es', product), productPath('en', product)], {
              image: product.image?.url,
              changedAt: product.updated_at,
            }),
          );
        cursor = page.next_cursor;
      }
      return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
${entries.join('\n')}
</urlset>
`;
    };

    let kept: { until: number; xml: Promise<string> } | undefined;
    app.get('/sitemap.xml', { config, schema }, async (request, reply) => {
      if (!kept || kept.until < Date.now()) {
        const xml = make(request.ip);
        kept = { until: Date.now() + keepMs, xml };
        xml.catch(() => (kept = undefined));
      }
      return reply
        .header('cache-control', 'public, max-age=600')
        .type('application/xml; charset=utf-8')
        .send(await kept.xml);
    });

    app.get('/robots.txt', { config, schema }, (_request, reply) => {
      const closed = [
        '/api/',
        '/web/',
        '/cuenta',
        '/admin',
        '/sistema',
        '/es/carrito',
        '/en/cart',
        '/es/pagar',
        '/en/checkout',
      ];
      const text = `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join('')}\nSitemap: ${publicUrl()}/sitemap.xml\n`;
      return reply
        .header('cache-control', 'public, max-age=3600')
        .type('text/plain; charset=utf-8')
        .send(text);
    });
  };
