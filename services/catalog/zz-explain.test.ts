import { it } from 'node:test';
import pg from 'pg';
import { startTestCatalog } from './infrastructure/test-catalog.ts';
import { generateCatalogue } from './infrastructure/generate-catalogue.ts';
import { createPgProductLists } from './infrastructure/pg-product-lists.ts';
it('explain', async () => {
  const c = await startTestCatalog();
  try {
    const sellerIds = Array.from({ length: 20 }, () => crypto.randomUUID());
    const lists = createPgProductLists(c.catalogPool);
    const admin = new pg.Client({ ...c.plaza.admin }); admin.on('error', () => {}); await admin.connect();
    await admin.query('set search_path = catalog, extensions');
    await generateCatalogue(c.catalogPool as never, { products: Number(process.env.SIZE ?? 10000), sellerIds });
    await admin.query('vacuum analyze');
    const base = { q: null, category: null, seller: null, minPriceMinor: null, maxPriceMinor: null, inStock: false, attributes: [], sort: 'newest', after: null, limit: 20, withFacets: false } as const;
    const all: [string, unknown[]][] = [];
    const query = c.catalogPool.query.bind(c.catalogPool) as any;
    (c.catalogPool as any).query = (a: any, b: any) => { if (typeof a === 'string') all.push([a, b]); else all.push([a.text, a.values]); return query(a, b); };
    await lists.loadPublic({ ...base, ...JSON.parse(process.env.Q ?? '{}') } as never);
    for (const [text, values] of all) {
      if (/outbox|catalog_changes/.test(text)) continue;
      const { rows } = await query(`explain (analyze, buffers, costs ${process.env.COSTS ?? 'off'}) ${text}`, values);
      console.log(text.slice(0, 80), '\n', rows.map((r: any) => r['QUERY PLAN']).join('\n').slice(0, 7000));
    }
    if (process.env.SQL) { const t = performance.now(); const { rows } = await admin.query(process.env.SQL); console.log(rows.map((r: any) => JSON.stringify(r)).join('\n').slice(0, 5000), performance.now() - t); }
    await admin.end();
  } catch (e) { console.log(e); throw e; } finally { await c.plaza.stop(); }
}, { timeout: 600_000 });
