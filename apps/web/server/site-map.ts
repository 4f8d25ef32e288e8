import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { productPath } from '../addresses.ts';
import { readAll, type Backend } from './backend.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

const config = { access: 'public' } as const;
const schema = { hide: true, querystring: {} };
const pageSize = 100;
/** Crawlers come a few times a day; making it walks the whole catalogue. */
const keepMs = 60 * 60_000;
/** The protocol allows 50,000 addresses a file; each entry has two, a language each. */
const entriesOfPart = 25_000;

type Product = Readonly<{
  id: string;
  slug: string;
  updated_at: string;
  image: { url: string } | null;
}>;
type Category = Readonly<{ slug: string; children: readonly unknown[] }>;

const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&'"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** One file of the map; `changedAt` is its newest change, where any is known. */
type Part = Readonly<{ xml: string; changedAt: string | undefined }>;

const partOf = (entries: readonly string[], changedAt: string | undefined): Part => ({
  xml: `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
${entries.join('\n')}
</urlset>
`,
  changedAt,
});

/** `robots.txt` and `sitemap.xml`, an index of as many files as the catalogue of this hour needs. */
export const siteMapRoutes =
  ({
    backend,
    publicUrl,
    partSize = entriesOfPart,
  }: Readonly<{
    backend: Backend;
    publicUrl: () => string;
    partSize?: number;
  }>): FastifyPluginAsync =>
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

    const make = async (clientAddress: string): Promise<readonly Part[]> => {
      const parts: Part[] = [];
      let entries = [entry(['/es', '/en'])];
      let newest: string | undefined;
      const add = (text: string, changedAt?: string): void => {
        if (entries.length >= partSize) {
          parts.push(partOf(entries, newest));
          entries = [];
          newest = undefined;
        }
        entries.push(text);
        if (changedAt !== undefined && (newest === undefined || changedAt > newest))
          newest = changedAt;
      };
      const addCategories = (categories: readonly Category[]): void => {
        for (const { slug, children } of categories) {
          add(entry([`/es/c/${slug}`, `/en/c/${slug}`]));
          addCategories(children as readonly Category[]);
        }
      };
      addCategories((await ask<{ items: Category[] }>('/api/v1/categories', clientAddress)).items);
      for (let cursor: string | null = ''; cursor !== null;) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { items: Product[]; next_cursor: string | null } = await ask(
          `/api/v1/products?sort=newest&limit=${pageSize}${from}`,
          clientAddress,
        );
        for (const product of page.items) {
          const { image, updated_at: changedAt } = product;
          const paths = [productPath('es', product), productPath('en', product)] as const;
          add(entry(paths, { image: image?.url, changedAt }), changedAt);
        }
        cursor = page.next_cursor;
      }
      return [...parts, partOf(entries, newest)];
    };

    let kept: { until: number; parts: Promise<readonly Part[]> } | undefined;
    const partsNow = (clientAddress: string): Promise<readonly Part[]> => {
      if (!kept || kept.until < Date.now()) {
        const parts = make(clientAddress);
        kept = { until: Date.now() + keepMs, parts };
        parts.catch(() => (kept = undefined));
      }
      return kept.parts;
    };
    const sendXml = (reply: FastifyReply, xml: string): FastifyReply =>
      reply
        .header('cache-control', 'public, max-age=600')
        .type('application/xml; charset=utf-8')
        .send(xml);

    app.get('/sitemap.xml', { config, schema }, async (request, reply) => {
      const parts = await partsNow(request.ip);
      const lines = parts.map(({ changedAt }, i) => {
        const last = changedAt === undefined ? '' : `<lastmod>${escapeXml(changedAt)}</lastmod>`;
        return `<sitemap><loc>${escapeXml(`${publicUrl()}/sitemap-${i + 1}.xml`)}</loc>${last}</sitemap>`;
      });
      return sendXml(
        reply,
        `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lines.join('\n')}
</sitemapindex>
`,
      );
    });
    app.get<{ Params: { part: string } }>(
      '/sitemap-:part(^\\d{1,5}$).xml',
      { config, schema },
      async (request, reply) => {
        const part = (await partsNow(request.ip))[Number(request.params.part) - 1];
        return part ? sendXml(reply, part.xml) : reply.callNotFound();
      },
    );

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
