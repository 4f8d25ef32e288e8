import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import {
  form,
  isProblem,
  picture,
  startTestCatalog,
  type TestCatalog,
} from './infrastructure/test-catalog.ts';

type Kept = Readonly<{
  id: string;
  title: string;
  image: { url: string } | null;
  price: string | null;
  in_stock: boolean;
  is_for_sale: boolean;
  variant_id: string | null;
}>;
type Page = Readonly<{ items: readonly Kept[]; next_cursor: string | null }>;

const nobody = '0199f3a2-7b1c-7d7e-8a55-0242ac120002';
const mine = '/users/me/favourites';

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

describe('favourites', () => {
  let buyer: TestAccount;
  beforeEach(async () => {
    buyer = await catalog.plaza.account();
  });
  const keep = (id: string, as = buyer) => catalog.ask('PUT', `${mine}/${id}`, { as });
  const remove = (id: string, as = buyer) => catalog.ask('DELETE', `${mine}/${id}`, { as });
  const list = async (query = '', as = buyer): Promise<Page> => {
    const reply = await catalog.get(`${mine}${query}`, as);
    assert.equal(reply.statusCode, 200, reply.body);
    assert.match(String(reply.headers['cache-control']), /no-store/);
    return reply.json<Page>();
  };
  const sizeOf = async ({ id }: TestAccount): Promise<number | undefined> => {
    const { rows } = await catalog.catalogPool.query<{ size: number }>(
      'select size from favourite_lists where account_id = $1',
      [id],
    );
    return rows[0]?.size;
  };

  it('are kept once however often, the newest first, and removed once however often', async () => {
    const cup = await catalog.create({ title: 'Taza', price: '12000', stock: 3 });
    const pot = await catalog.create({ title: 'Olla', price: '48900.50' });
    for (const id of [cup.id, cup.id]) assert.equal((await keep(id)).statusCode, 204);
    await catalog.plaza.advance(1_000);
    assert.equal((await keep(pot.id)).statusCode, 204);
    await catalog.plaza.advance(1_000);
    assert.equal((await keep(cup.id)).statusCode, 204, 'stays where it was');
    const { items, next_cursor: next } = await list();
    assert.equal(next, null);
    assert.partialDeepStrictEqual(items, [
      { id: pot.id, title: 'Olla', price: '48900.50', in_stock: false, is_for_sale: true },
      { id: cup.id, price: '12000.00', in_stock: true, variant_id: cup.variants[0]!.id },
    ]);
    for (const id of [pot.id, pot.id, nobody]) assert.equal((await remove(id)).statusCode, 204);
    assert.deepEqual(
      (await list()).items.map(({ id }) => id),
      [cup.id],
    );
    assert.equal(await sizeOf(buyer), 1);
  });

  it('are for accounts, each for its own, and only of what was for sale once', async () => {
    const draft = await catalog.create({ title: 'Borrador', status: 'draft' });
    const cup = await catalog.create({ title: 'Taza' });
    for (const [method, url] of [
      ['GET', mine],
      ['PUT', `${mine}/${cup.id}`],
      ['DELETE', `${mine}/${cup.id}`],
    ] as const)
      isProblem(await catalog.ask(method, url), 401, 'auth.required');
    for (const id of [draft.id, nobody])
      isProblem(await keep(id), 404, 'catalog.product_not_found');
    isProblem(await keep('taza'), 422, 'http.validation');
    await keep(cup.id);
    const other = await catalog.plaza.account();
    assert.deepEqual((await list('', other)).items, []);
    await remove(cup.id, other);
    assert.equal((await list()).items.length, 1);
    assert.equal(await sizeOf(other), undefined);
  });

  it('that are not sold any more say so, can be removed, and kept again', async () => {
    const cup = await catalog.create({ title: 'Taza', stock: 2 });
    const as = catalog.seller;
    await catalog.ask('POST', `/products/${cup.id}/images`, {
      as,
      ...form(await picture().png().toBuffer()),
    });
    await keep(cup.id);
    await catalog.ask('DELETE', `/products/${cup.id}`, { as });
    const gone = (await list()).items[0]!;
    assert.partialDeepStrictEqual(gone, {
      title: 'Taza',
      is_for_sale: false,
      in_stock: false,
      price: null,
      variant_id: null,
    });
    assert.ok(gone.image?.url.endsWith('.webp'));
    await remove(cup.id);
    assert.deepEqual((await list()).items, []);
    assert.equal((await keep(cup.id)).statusCode, 204, 'what was removed by mistake');
  });

  it('leave the choice of a variant to the page of the product', async () => {
    const shirt = await catalog.create({
      title: 'Camisa',
      price: undefined,
      options: ['Talla'],
      variants: [
        { options: { Talla: 'S' }, price: 1000 },
        { options: { Talla: 'M' }, price: 2000 },
      ],
    });
    await keep(shirt.id);
    assert.equal((await list()).items[0]!.variant_id, null);
  });

  it('come in pages and by ids', async () => {
    const ids: string[] = [];
    for (const title of ['A', 'B', 'C', 'D', 'E']) {
      const { id } = await catalog.create({ title });
      await keep(id);
      ids.unshift(id);
      // Two of them at the same moment.
      if (title !== 'B') await catalog.plaza.advance(10);
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await list(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      assert.ok(page.items.length <= 2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    assert.deepEqual(seen, ids);
    const some = await list(`?product_ids=${ids[3]},${nobody},${ids[1]}`);
    assert.deepEqual(
      some.items.map(({ id }) => id),
      [ids[1], ids[3]],
    );
    const as = buyer;
    for (const query of ['cursor=x', `cursor=${btoa('["2026-01-01",1]')}`, 'product_ids=x', 'q=x'])
      isProblem(await catalog.get(`${mine}?${query}`, as), 422, 'http.validation');
    const many = Array.from({ length: 101 }, () => nobody).join(',');
    isProblem(await catalog.get(`${mine}?product_ids=${many}`, as), 422, 'http.validation');
  });

  it('are counted right when ten hands keep and remove the same one', async () => {
    const { id } = await catalog.create({ title: 'Taza' });
    await catalog.warmUp();
    const kept = await Promise.all(Array.from({ length: 10 }, () => keep(id)));
    assert.ok(kept.every(({ statusCode }) => statusCode === 204));
    assert.equal(await sizeOf(buyer), 1);
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? keep(id) : remove(id))));
    assert.equal(await sizeOf(buyer), (await list()).items.length);
    await Promise.all(Array.from({ length: 10 }, () => remove(id)));
    assert.equal(await sizeOf(buyer), 0);
  });

  it('are at most 500, also when two are kept at once', async () => {
    const { id } = await catalog.create({ title: 'La última' });
    const other = await catalog.create({ title: 'Una más' });
    await catalog.catalogPool.query(
      `with made as (
         insert into products (id, seller_id, handle, slug, status, title, description, vendor, tags, options,
           images, seo_title, seo_description, currency, price_min, price_max, version, created_at, updated_at)
         select uuidv7(), $2, 'm-' || n, 'm-' || n, 'active', 'M', '', '', '{}', '{}', '[]', '', '', 'COP',
           1, 1, 1, now(), now()
         from generate_series(1, 499) n returning id)
       insert into favourites select $1, id, now() from made`,
      [buyer.id, catalog.seller.id],
    );
    await catalog.warmUp();
    const replies = await Promise.all([keep(id), keep(other.id)]);
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).toSorted(), [204, 409]);
    isProblem(
      replies.find(({ statusCode }) => statusCode === 409)!,
      409,
      'catalog.too_many_favourites',
    );
    assert.equal(await sizeOf(buyer), 500);
    const there = replies[0].statusCode === 204 ? id : other.id;
    assert.equal((await keep(there)).statusCode, 204, 'what is kept already is no more');
  });
});
