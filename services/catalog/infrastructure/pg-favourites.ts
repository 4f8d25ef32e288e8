import type { Pool } from 'pg';
import type { Favourite, Favourites } from '../application/commands/keep-favourites.ts';
import { cardColumns, favouriteJson, type FavouriteRow } from './product-json.ts';

/** $1 the account, $2 the product, $3 now. What was for sale once is no secret; a draft is. */
const keepSql = `
  with known as (select id from products where id = $2 and published_at is not null),
  kept as (
    insert into favourites (account_id, product_id, kept_at) select $1, id, $3 from known
    on conflict do nothing
  )
  select from known`;

/** $1 the account, $2 and $3 the last one that was shown, $4 those that are asked for, $5 how many. */
const listSql = `
  select ${cardColumns}, f.kept_at,
    p.status = 'active' and coalesce(a.variants_in_stock > 0, false) as in_stock,
    (select case when count(*) = 1 then min(v.id::text) end
     from variants v where v.product_id = p.id) as only_variant_id
  from favourites f join products p on p.id = f.product_id
  left join availability a on a.product_id = p.id
  where f.account_id = $1
    and ($2::timestamptz is null or (f.kept_at, f.product_id) < ($2, $3::uuid))
    and ($4::uuid[] is null or f.product_id = any($4))
  order by f.kept_at desc, f.product_id desc limit $5`;

const checkViolation = '23514';

export const createPgFavourites = (pool: Pool): Favourites => ({
  async keep(accountId, productId, now) {
    try {
      const { rowCount } = await pool.query({
        name: 'keep-favourite',
        text: keepSql,
        values: [accountId, productId, now],
      });
      return rowCount === 1 ? 'kept' : 'unknown';
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code === checkViolation && constraint === 'favourite_lists_size') return 'too_many';
      throw error;
    }
  },

  async remove(accountId, productId) {
    await pool.query({
      name: 'remove-favourite',
      text: 'delete from favourites where account_id = $1 and product_id = $2',
      values: [accountId, productId],
    });
  },

  async list(accountId, { productIds, after, limit }) {
    const { rows } = await pool.query<FavouriteRow>({
      name: 'favourites',
      text: listSql,
      values: [accountId, after?.keptAt ?? null, after?.productId ?? null, productIds, limit + 1],
    });
    return rows.map((row): Favourite => favouriteJson(row));
  },
});
