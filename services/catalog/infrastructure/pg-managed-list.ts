import type { Pool } from 'pg';
import { isUuid } from '#shared/kernel/ids.ts';
import { encodeCursor } from '#shared/http/cursor.ts';
import type { Actor } from '../application/ports.ts';
import type { ManagedListQuery } from '../application/queries/list-products.ts';
import { ask, createParameters } from './listing-sql.ts';
import { cardColumns, cardJson, type CardRow } from './product-json.ts';

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Products in every status, newest first: by the seller's own index, so it does not grow either. */
export const loadManagedList = async (
  pool: Pool,
  query: ManagedListQuery,
  actor: Actor,
): Promise<object> => {
  const { values, $ } = createParameters();
  const owner = actor.isAdmin ? query.seller : actor.id;
  const conditions = ['true'];
  if (owner !== null) conditions.push(`p.seller_id = ${$(owner)}::uuid`);
  if (!actor.isAdmin && query.seller !== null && query.seller !== actor.id)
    conditions.push('false');
  if (query.status !== null) conditions.push(`p.status = ${$(query.status)}`);
  if (query.after !== null) conditions.push(`p.id < ${$(query.after)}::uuid`);
  if (query.category !== null)
    conditions.push(`p.category_id in (select c.id from categories c join categories a
      on a.id = any(c.path) where a.${isUuid(query.category) ? 'id' : 'slug'}::text = ${$(query.category)})`);
  if (query.q !== null) {
    const like = $(`%${escapeLike(query.q)}%`);
    conditions.push(`(fold(p.title) like fold(${like}) or p.handle = ${$(query.q)} or exists (
      select from variants v where v.product_id = p.id and v.sku = ${$(query.q)}))`);
  }
  const rows = await ask<CardRow>(
    pool,
    `select ${cardColumns},
       coalesce((select a.variants_in_stock > 0 from availability a where a.product_id = p.id), false)
         as in_stock
     from products p where ${conditions.join(' and ')}
     order by p.id desc limit ${query.limit + 1}`,
    values,
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit).map((row) => cardJson(row, true)),
    next_cursor: rows.length > query.limit && last ? encodeCursor(['managed', last.id]) : null,
    corrected_query: null,
  };
};
