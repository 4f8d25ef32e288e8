import type { HeldData } from '#shared/personal-data/personal-data.ts';

/**
 * What orders holds of people: carts, what they bought with its history, what was
 * bought of them, and who their receipts say they are.
 */
export const ordersHeldData: HeldData = {
  sections: [
    {
      name: 'cart',
      sql: `select to_jsonb(l) - 'cart_id' from carts c join cart_lines l on l.cart_id = c.id
        where c.account_id = $1 order by l.added_at, l.id`,
    },
    {
      // That a fraud is suspected is the operator's to know, as in the API.
      name: 'orders',
      sql: `select s.state || case when s.state ->> 'cancelReason' = 'fraud'
          then '{"cancelReason": "seller"}'::jsonb else '{}' end || jsonb_build_object('history', (
          select jsonb_agg(jsonb_build_object('version', e.version, 'type', e.type, 'data', case
              when e.data ->> 'reason' = 'fraud' then e.data || '{"reason": "seller"}' else e.data end,
            'recorded_at', e.recorded_at) order by e.version)
          from events e where e.stream_id = s.id))
        from orders o join streams s on s.id = o.id where o.buyer_id = $1 order by o.placed_at, o.id`,
    },
    {
      name: 'contacts',
      sql: `select to_jsonb(c) - 'is_guest' from order_contacts c where buyer_id = $1 order by order_id`,
    },
    {
      name: 'issuer',
      sql: `select to_jsonb(i) from issuers i where seller_id = $1 order by version`,
    },
    {
      // Of a sale only what is the seller's: the buyer is somebody else.
      name: 'sales',
      sql: `select jsonb_build_object('id', o.id, 'number', o.number, 'status', o.status,
          'placed_at', o.placed_at, 'lines', (
            select jsonb_agg(line) from jsonb_array_elements(s.state -> 'lines') as line
            where line ->> 'sellerId' = $1::uuid::text))
        from orders o join streams s on s.id = o.id
        where o.seller_ids @> array[$1::uuid] order by o.placed_at, o.id`,
    },
  ],
};
