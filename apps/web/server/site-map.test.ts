import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import fastify from 'fastify';
import { siteMapRoutes } from './site-map.ts';

const changedAt = '2026-03-04T05:06:07.000Z';

it('the map of the shop says when each product changed last', async () => {
  const product = {
    id: '01a22421-ceb6-7562-ad51-c7865a2299c3',
    slug: 'canasto',
    updated_at: changedAt,
    image: null,
  };
  const app = fastify();
  await app.register(
    siteMapRoutes({
      publicUrl: () => 'http://shop.example',
      backend: async ({ path }) => ({
        status: 200,
        headers: {},
        body: Readable.from(
          [
            JSON.stringify(
              path.startsWith('/api/v1/products')
                ? { items: [product], next_cursor: null }
                : { items: [{ slug: 'hogar', children: [] }] },
            ),
          ].map((text) => Buffer.from(text)),
        ),
      }),
    }),
  );
  const { body } = await app.inject('/sitemap.xml');
  await app.close();
  const lines = body.split('\n').filter((line) => line.includes('<loc>'));
  assert.equal(lines.length, 6, 'home, category and product in two languages');
  for (const line of lines)
    assert.equal(line.includes(`<lastmod>${changedAt}</lastmod>`), /<loc>[^<]*\/p\//.test(line));
});
