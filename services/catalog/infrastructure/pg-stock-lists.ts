import type { Pool } from 'pg';
import { encodeCursor } from '#shared/http/cursor.ts';
import type { StockLists } from '../application/queries/list-stock.ts';
import { catalogError } from '../domain/errors.ts';
import { ask, createParameters } from './listing-sql.ts';

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

type Level = Readonly<{ variant_id: string }>;
type Movement = Readonly<{ seq: string }>;

const movementsSql = `
  select m.seq, m.variant_id, m.kind, m.quantity, m.on_hand_after, m.reason, m.actor, m.order_id,
    to_char(m.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
  from variants v join stock_movements m on m.variant_id = v.id
  where v.product_id = $1 and ($2::uuid is null or v.id = $2) and ($3::text is null or m.kind = $3)
    and ($4::bigint is null or m.seq < $4)
  order by m.seq desc limit $5`;

export const createPgStockLists = (pool: Pool): StockLists => ({
  async levels({ q, seller, level, after, limit }, actor) {
    const { values, $ } = createParameters();
    const conditions = [`p.status <> 'archived'`, 's.is_listed'];
    const owner = actor.isAdmin ? seller : actor.id;
    if (owner !== null) conditions.push(`s.seller_id = ${$(owner)}::uuid`);
    if (!actor.isAdmin && seller !== null && seller !== actor.id) conditions.push('false');
    if (level === 'low') conditions.push('s.on_hand - s.reserved <= s.low_threshold');
    if (level === 'out') conditions.push('s.on_hand = s.reserved');
    if (after !== null) conditions.push(`s.variant_id < ${$(after)}::uuid`);
    if (q !== null)
      conditions.push(`(fold(p.title) like fold(${$(`%${escapeLike(q)}%`)}) or v.sku = ${$(q)})`);
    const rows = await ask<Level>(
      pool,
      `select s.variant_id, s.product_id, p.seller_id, p.title, p.status, v.sku,
         v.option_values, s.on_hand, s.reserved, s.on_hand - s.reserved as available,
         s.low_threshold as low_stock_threshold
       from stock s join variants v on v.id = s.variant_id join products p on p.id = s.product_id
       where ${conditions.join(' and ')}
       order by s.variant_id desc limit ${limit + 1}`,
      values,
    );
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit),
      next_cursor: rows.length > limit && last ? encodeCursor(['stock', last.variant_id]) : null,
    };
  },

  async movements({ productId, variantId, kind, after, limit }, { id, isAdmin }) {
    const found = await pool.query(
      'select from products where id = $1 and ($2::uuid is null or seller_id = $2)',
      [productId, isAdmin ? null : id],
    );
    if (found.rowCount === 0) throw catalogError('product_not_found');
    const { rows } = await pool.query<Movement>(movementsSql, [
      productId,
      variantId,
      kind,
      after,
      limit + 1,
    ]);
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(({ seq: _, ...movement }) => movement),
      next_cursor: rows.length > limit && last ? encodeCursor([last.seq]) : null,
    };
  },
});
