import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

const ours = readFileSync(new URL('fixtures/tienda.csv', import.meta.url));
/** Catalogues of real merchants, beside the project on the machines that have them. */
const realFiles = join(process.cwd(), '../shared/data');

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

type Import = {
  id: string;
  status: string;
  failure: string | null;
  products_created: number;
  products_updated: number;
  products_unchanged: number;
  products_refused: number;
  rows_read: number;
  bytes_total: number;
  bytes_read: number;
  errors_count: number;
  errors: { line: number; column: string | null; code: string; handle: string | null }[];
};
const seller = () => catalog.plaza.account({ roles: ['seller'] });
const send = (file: Buffer | string, as: TestAccount, query = '') =>
  catalog.plaza.request({
    method: 'POST',
    url: `/api/v1/products/import${query}`,
    as,
    headers: { 'content-type': 'text/csv' },
    payload: file,
  });
const load = async (file: Buffer | string, as: TestAccount, query = ''): Promise<Import> => {
  const reply = await send(file, as, query);
  assert.ok([201, 202].includes(reply.statusCode), reply.body);
  // 202: it takes longer than a request waits, and its address tells how far it is.
  let result = reply.json<Import>();
  while (result.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 50));
    result = (await catalog.get(`/products/import/${result.id}`, as)).json<Import>();
  }
  return result;
};
const counts = (result: Import) => [
  result.products_created,
  result.products_updated,
  result.products_unchanged,
  result.products_refused,
];
const download = async (as: TestAccount, query = ''): Promise<string> => {
  const reply = await catalog.get(`/products/export${query}`, as);
  assert.equal(reply.headers['content-type'], 'text/csv; charset=utf-8');
  return reply.body;
};
/** Everything that an import may change, as text. */
const fingerprint = async (): Promise<string> => {
  const { rows } = await catalog.catalogPool.query(
    `select (select json_agg(p order by id) from products p) as products,
       (select json_agg(v order by id) from variants v) as variants,
       (select json_agg(s order by variant_id) from stock s) as stock,
       (select count(*) from stock_movements) as movements,
       -- That an administrator imported is recorded, whatever it changes.
       (select count(*) from outbox where type <> 'catalog.staff-acted.v1') as messages,
       (select count(*) from categories) as categories`,
  );
  return JSON.stringify(rows[0]);
};
const changesNothing = async (work: () => Promise<unknown>): Promise<void> => {
  const were = await fingerprint();
  await work();
  assert.equal(await fingerprint(), were);
};

describe('importing a file', () => {
  it('tries it first, then creates what it says, and the second time nothing', async () => {
    const as = await seller();
    await changesNothing(async () => {
      const tried = await load(ours, as, '?dry_run=true');
      assert.deepEqual(counts(tried), [3, 0, 0, 0]);
    });
    const result = await load(ours, as);
    assert.deepEqual(counts(result), [3, 0, 0, 0], JSON.stringify(result.errors));
    assert.deepEqual([result.rows_read, result.bytes_read], [6, result.bytes_total]);
    const coffee = (await catalog.get('/products/cafe-de-origen')).json();
    assert.partialDeepStrictEqual(coffee, {
      title: 'Café de origen',
      price: '24900.00',
      price_max: '48900.50',
      compare_at_price: '30000.00'.replace('30000', '55000'),
      category: { name: 'Despensa' },
      tags: ['café', 'grano', 'Nariño'],
      seller: { name: 'Finca La Ñapa' },
      seo: { title: 'Café de origen', description: 'Café de Nariño' },
      variants: [
        { sku: 'CAF-250-M', available: 12, options: { Presentación: 'Molido', Peso: '250 g' } },
        { sku: 'CAFE-DE-ORIGEN-GRANO-500-G', available: 4, weight_grams: 500 },
      ],
      images: [
        { url: 'https://imagenes.example/cafe.jpg', alt: 'Bolsa de café' },
        { url: 'https://imagenes.example/cafe-grano.jpg' },
        { url: 'https://imagenes.example/finca.jpg', alt: 'La finca' },
      ],
    });
    const [, grain] = (coffee as { variants: { image_id: string }[] }).variants;
    assert.equal(grain!.image_id, (coffee as { images: { id: string }[] }).images[1]!.id);
    assert.equal((await catalog.get('/products/ruana-de-lana')).statusCode, 404);
    const found = await catalog.get('/products?q=cafe narino');
    assert.equal(found.json<{ items: object[] }>().items.length, 1);
    assert.deepEqual(await catalog.findDrift(), []);

    await changesNothing(async () => {
      assert.deepEqual(counts(await load(ours, as)), [0, 0, 3, 0]);
    });
  });

  it('takes the same in Windows-1252, with commas, tabs, a BOM, as a form', async () => {
    const text = ours.toString('utf8');
    const again = (change: (text: string) => Buffer) =>
      change(
        text
          .replaceAll(/^(cafe|camiseta|ruana)/gm, `x${crypto.randomUUID().slice(0, 6)}-$1`)
          .replace('CAF-250-M', ''),
      );
    for (const [what, file] of [
      ['Windows-1252', again((t) => Buffer.from(t, 'latin1'))],
      ['a BOM and CRLF', again((t) => Buffer.from(`\ufeff${t.replaceAll('\n', '\r\n')}`))],
      // Without semicolons nothing says that commas are decimal: prices are plain there.
      [
        'tabs',
        again((t) =>
          Buffer.from(
            t
              .replaceAll(/"([^"]*)"/g, (_, s: string) => s.replaceAll(';', '.'))
              .replaceAll(';', '\t')
              .replaceAll('55.000', '55000'),
          ),
        ),
      ],
    ] as const) {
      const as = await seller();
      const result = await load(file, as);
      assert.deepEqual(
        [what, ...counts(result)],
        [what, 3, 0, 0, 0],
        JSON.stringify(result.errors),
      );
      const listed = await catalog.get('/products?status=any&q=algodón', as);
      assert.equal(
        listed.json<{ items: { title: string }[] }>().items[0]?.title,
        'Camiseta de algodón',
      );
    }
    const as = await seller();
    const form = await catalog.plaza.request({
      method: 'POST',
      url: '/api/v1/products/import',
      as,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: Buffer.concat([
        Buffer.from(
          '--x\r\ncontent-disposition: form-data; name="file"; filename="mi tienda.csv"\r\n\r\n',
        ),
        ours,
        Buffer.from('\r\n--x--\r\n'),
      ]),
    });
    assert.partialDeepStrictEqual(form.json(), { file_name: 'mi tienda.csv', products_created: 3 });
  });

  it('names every wrong row and stops at none', async () => {
    const as = await seller();
    const file = `Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty
bueno,Bueno,true,,,,100,1
,Sin nombre,true,,,,100,1
malo,Malo,true,Color,Azul,,12.500,1
malo,,,,Rojo,,100,muchos
otro,Otro,true,,,REPETIDO,100,1
tercero,Tercero,true,,,REPETIDO,100,1
bueno,Otra vez,true,,,,100,1
gratis,Gratis,true,,,,0,1
sin-titulo,,true,,,,10,1
ultimo,"Último, con coma",true,,,,"1,234.50",2
`;
    const result = await load(file, as);
    assert.deepEqual(counts(result), [3, 0, 0, 6]);
    assert.deepEqual(
      result.errors
        .map(({ line, column, code, handle }) => [line, column, code, handle])
        .toSorted(),
      [
        [10, 'Title', 'required', 'sin-titulo'],
        [3, 'Handle', 'required', null],
        [4, 'Variant Price', 'ambiguous', 'malo'],
        [5, 'Variant Inventory Qty', 'not_an_integer', 'malo'],
        [7, 'Variant SKU', 'sku_taken', 'tercero'],
        [8, 'Handle', 'repeated', 'bueno'],
        [9, 'Variant Price', 'too_small', 'gratis'],
      ],
    );
    const shown = await catalog.get(`/products/import/${result.id}`, as);
    assert.deepEqual(shown.json(), result);
    assert.equal(
      (await catalog.get(`/products/import/${result.id}`, await seller())).statusCode,
      404,
    );
    assert.equal(
      (await catalog.get(`/products/import/${result.id}`, catalog.admin)).statusCode,
      200,
    );
    assert.equal(
      (await catalog.get(`/products/import/${crypto.randomUUID()}`, as)).statusCode,
      404,
    );
  });

  it('says what is wrong with a file that is none', async () => {
    const as = await seller();
    for (const [file, what] of [
      ['', /empty/],
      ['Name,Price\na,1\n', /no column "Handle"/],
      ['Handle,Title\na,"never closed\n', /From line 2 on it is not CSV/],
    ] as const) {
      const result = await load(file, as);
      assert.equal(result.status, 'failed');
      assert.match(String(result.failure), what);
    }
    assert.equal((await catalog.post('/products/import', {}, as)).statusCode, 415);
    assert.equal((await send(ours, as, '?seller=' + crypto.randomUUID())).statusCode, 422);
    assert.equal((await send(ours, as, '?overwrite=true')).statusCode, 422);
  });

  it('does not put back what was sold since', async () => {
    const as = await seller();
    const file =
      'Handle,Title,Published,Variant Price,Variant Inventory Qty\nvendido-ya,Vendido,true,10,5\n';
    await load(file, as);
    const url = '/products/vendido-ya';
    const { variants } = (await catalog.get(url, as)).json<{ variants: { id: string }[] }>();
    const order = crypto.randomUUID();
    await catalog.orders.place(order, [{ variantId: variants[0]!.id, quantity: 2 }]);
    await catalog.orders.pay(order);
    await catalog.plaza.settle();
    await changesNothing(() => load(file, as));
    assert.deepEqual(await catalog.levels(variants[0]!.id), [3, 0]);
    assert.deepEqual(counts(await load(file.replace(',5\n', ',9\n'), as)), [0, 1, 0, 0]);
    assert.deepEqual(await catalog.levels(variants[0]!.id), [9, 0]);
    assert.deepEqual(await catalog.findDrift(), []);
    assert.equal((await catalog.get(url, as)).json<{ version: number }>().version, 1);
  });

  it('shows how far a long one is, and that an interrupted one ended', async () => {
    const as = await seller();
    const line = (i: number) =>
      `largo-${i},Producto largo ${i},true,Talla,S,${i}.50,3\nlargo-${i},,,,M,${i},4`;
    const rows = Array.from({ length: 3_000 }, (_, i) => line(i + 1)).join('\n');
    const file = `Handle,Title,Published,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty\n${rows}\n`;
    const began = performance.now();
    const sent = send(file, as);
    const isBegun = async () => {
      const { rowCount } = await catalog.catalogPool.query(
        `select from imports where account_id = $1 and status = 'running'`,
        [as.id],
      );
      return rowCount === 1;
    };
    while (!(await isBegun())) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await send(ours, as);
    assert.equal(second.json<{ code: string }>().code, 'catalog.import_running');
    const reply = await sent;
    const { id } = reply.json<Import>();
    const seen: number[] = [];
    let result = reply.json<Import>();
    assert.equal(reply.headers.location, `/api/v1/products/import/${id}`);
    while (result.status === 'running') {
      seen.push(result.rows_read);
      await new Promise((resolve) => setTimeout(resolve, 50));
      result = (await catalog.get(`/products/import/${id}`, as)).json<Import>();
    }
    assert.deepEqual(counts(result), [3_000, 0, 0, 0]);
    assert.ok(performance.now() - began < 15_000);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );

    await catalog.catalogPool.query(
      `update imports set status = 'running', ended_at = null, seen_at = now() - interval '2 minutes' where id = $1`,
      [id],
    );
    result = (await catalog.get(`/products/import/${id}`, as)).json<Import>();
    assert.equal(result.status, 'failed');
    assert.match(String(result.failure), /import the file again/);
  });
});

describe('exporting', () => {
  it('gives sellers their own, and importing it changes nothing', async () => {
    const as = await seller();
    await load(ours, as);
    await catalog.create(
      {
        title: '=cmd|calc "con comillas"',
        description: " -1\n'+2, tres ",
        tags: ['@a', 'b c'],
        options: ['Color', 'Talla'],
        price: undefined,
        variants: [
          { options: { Color: '-azul', Talla: 'M' }, price: '0.01', stock: 3, barcode: '=7' },
          { options: { Color: 'Rojo', Talla: 'M' }, price: 5, compare_at_price: 6 },
        ],
      },
      as,
    );
    const inactive = await catalog.create({ title: 'Inactivo' }, as);
    await catalog.post(`/products/${inactive.id}/deactivate`, {}, as);
    const archived = await catalog.create({ title: 'Archivado' }, as);
    await catalog.plaza.request({ method: 'DELETE', url: `/api/v1/products/${archived.id}`, as });

    const file = await download(as);
    assert.doesNotMatch(file, /(^|,|\r\n)"?[=@]/, 'no cell runs in a spreadsheet');
    assert.equal(file.split('\r\n').filter((line) => /^[\w-]+,/.test(line)).length >= 9, true);
    await changesNothing(async () => {
      const result = await load(file, as);
      assert.deepEqual(counts(result), [0, 0, 6, 0], JSON.stringify(result.errors));
    });
    assert.equal(await download(as), file);
    assert.equal((await download(await seller())).split('\r\n').length, 2);

    const all = await download(catalog.admin);
    await changesNothing(async () => {
      const result = await load(all, catalog.admin);
      assert.equal(result.products_unchanged, result.products_unchanged + result.products_updated);
      assert.deepEqual([result.products_created, result.products_refused], [0, 0]);
    });
    const one = await download(catalog.admin, `?seller=${as.id}`);
    assert.equal(one.split('\r\n').length, file.split('\r\n').length);
  });
});

describe('catalogues of real merchants', () => {
  const isThere = existsSync(realFiles);
  const skip = isThere ? false : 'the folder ../shared/data is not on this machine';
  for (const name of isThere
    ? readdirSync(realFiles).filter((file) => file.endsWith('.csv'))
    : ['-'])
    it(`${name}: dry run, import, again, export, import`, { skip }, async () => {
      const as = await seller();
      const file = readFileSync(join(realFiles, name));
      const handles = new Set(
        file
          .toString()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[0])
          .filter((handle) => /^[a-z0-9-]+$/.test(handle!)),
      );
      await changesNothing(async () => {
        assert.equal((await load(file, as, '?dry_run=true')).products_created, handles.size);
      });
      const result = await load(file, as);
      assert.deepEqual(counts(result), [handles.size, 0, 0, 0], JSON.stringify(result.errors));
      await changesNothing(async () => {
        assert.deepEqual(counts(await load(file, as)), [0, 0, handles.size, 0]);
      });
      await changesNothing(async () => {
        assert.deepEqual(counts(await load(await download(as), as)), [0, 0, handles.size, 0]);
      });
      assert.deepEqual(await catalog.findDrift(), []);
    });
});
