import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import fastify from 'fastify';
import { siteMapRoutes } from './site-map.ts';

const changedAt = '2026-03-04T05:06:07.000Z';

const productOf = (n: number) => ({
  id: `01a22421-ceb6-7562-ad51-c7865a2299c${n}`,
  slug: `canasto-${n}`,
  updated_at: n === 0 ? changedAt : `2026-02-0${n}T00:00:00.000Z`,
  image: null,
});

/** Of a shop with a category and so many products, each on a page of its own. */
const appOf = async (products: number, partSize?: number) => {
  const app = fastify();
  const answerOf = (path: string): object => {
    if (!path.startsWith('/api/v1/products')) return { items: [{ slug: 'hogar', children: [] }] };
    const n = Number(/cursor=(\d+)/.exec(path)?.[1] ?? 0);
    return { items: [productOf(n)], next_cursor: n + 1 < products ? String(n + 1) : null };
  };
  await app.register(
    siteMapRoutes({
      publicUrl: () => 'http://shop.example',
      ...(partSize === undefined ? {} : { partSize }),
      backend: async ({ path }) => ({
        status: 200,
        headers: {},
        body: Readable.from([Buffer.from(JSON.stringify(answerOf(path)))]),
      }),
    }),
  );
  return app;
};

it('the map of the shop says when each product changed last', async () => {
  const app = await appOf(1);
  const { body } = await app.inject('/sitemap-1.xml');
  await app.close();
  const lines = body.split('\n').filter((line) => line.includes('<loc>'));
  assert.equal(lines.length, 6, 'home, category and product in two languages');
  for (const line of lines)
    assert.equal(line.includes(`<lastmod>${changedAt}</lastmod>`), /<loc>[^<]*\/p\//.test(line));
});

it('what one file may not hold goes on in the next, and the index names them all', async () => {
  const app = await appOf(3, 2);
  const { body: index } = await app.inject('/sitemap.xml');
  assert.match(index, /<sitemapindex /);
  assert.deepEqual(
    [...index.matchAll(/<loc>(.*?)<\/loc>(?:<lastmod>(.*?)<\/lastmod>)?/g)].map(([, loc, last]) => [
      loc,
      last,
    ]),
    [
      ['http://shop.example/sitemap-1.xml', undefined],
      ['http://shop.example/sitemap-2.xml', changedAt],
      ['http://shop.example/sitemap-3.xml', '2026-02-02T00:00:00.000Z'],
    ],
  );
  const found: string[] = [];
  for (const part of [1, 2, 3]) {
    const { body } = await app.inject(`/sitemap-${part}.xml`);
    found.push(...[...body.matchAll(/<loc>([^<]*\/es\/p\/)/g)].map(([, loc]) => loc!));
  }
  assert.equal(found.length, 3);
  for (const none of ['/sitemap-0.xml', '/sitemap-4.xml', '/sitemap-.xml', '/sitemap-1e1.xml'])
    assert.equal((await app.inject(none)).statusCode, 404, none);
  await app.close();
});
