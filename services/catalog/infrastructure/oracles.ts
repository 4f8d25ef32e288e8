import type { Oracle } from '#shared/testing/oracles.ts';

/** What is true of stock at every moment (reliability 2.4). */
export const catalogOracles: readonly Oracle[] = [
  {
    rule: 'stock_is_what_is_held',
    sql: `select 'variant ' || s.variant_id || ' has ' || s.reserved || ' reserved and holds say ' || coalesce(h.sum, 0)
      from stock s left join (
        select variant_id, sum(quantity) from reservations where state = 'held' group by variant_id
      ) h using (variant_id)
      where s.reserved <> coalesce(h.sum, 0) or s.reserved > s.on_hand or s.on_hand < 0`,
  },
  {
    rule: 'stock_is_what_moved',
    sql: `select 'variant ' || s.variant_id || ' has ' || s.on_hand || ' on hand and its movements say ' || coalesce(m.sum, 0)
      from stock s left join (
        select variant_id, sum(quantity) from stock_movements group by variant_id
      ) m using (variant_id) where s.on_hand <> coalesce(m.sum, 0)`,
  },
];
