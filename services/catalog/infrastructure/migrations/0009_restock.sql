-- Sold pieces that a refund puts back on the shelf, counted on the line that sold them: what comes back
-- is never more than went out, whether piece by piece or with the whole order.

alter table reservations
  add column restocked integer not null default 0,
  add constraint reservations_restocked check (restocked between 0 and quantity);

create or replace function move_reservation(p_order uuid, p_to text, cause stock_cause)
returns jsonb language plpgsql as $$
declare moved stock_difference[];
begin
  perform from stock
  where variant_id in (select variant_id from reservations where order_id = p_order)
  order by variant_id for update;
  with changed as (
    update reservations set state = p_to where order_id = p_order
    returning variant_id, quantity, restocked
  )
  select array_agg(row(variant_id,
    case p_to when 'committed' then -quantity when 'returned' then quantity - restocked else 0 end,
    case p_to when 'returned' then 0 else -quantity end)::stock_difference) into moved
  from changed;
  delete from deadlines where kind = 'expire-reservation' and key = p_order::text;
  return change_stock(moved, cause);
end $$;

-- payments.restock-requested: `p_lines` ([{variantId, quantity}]) of a sold order come back. Of an order
-- whose payment is not heard of yet nothing was sold: the message is tried again. Of one that has ended
-- everything is back already.
create function restock(p_consumer text, p_message uuid, p_order uuid, p_lines jsonb, cause stock_cause)
returns jsonb language plpgsql as $$
declare
  header order_reservations;
  returned stock_difference[];
begin
  if not take_message(p_consumer, p_message) then return null; end if;
  select * into header from order_reservations where order_id = p_order for update;
  if header.state in ('released', 'returned', 'rejected') then return '[]'; end if;
  if header.state is distinct from 'committed' then
    raise exception 'order % is not sold yet', p_order;
  end if;
  perform from stock
  where variant_id in (select (l ->> 'variantId')::uuid from jsonb_array_elements(p_lines) l)
  order by variant_id for update;
  with asked as (
    select (l ->> 'variantId')::uuid as variant_id, sum((l ->> 'quantity')::int)::int as quantity
    from jsonb_array_elements(p_lines) l group by 1
  ), counted as (
    update reservations r set restocked = least(r.quantity, r.restocked + a.quantity)
    from asked a, (select order_id, variant_id, restocked from reservations
      where order_id = p_order) was
    where r.order_id = p_order and r.variant_id = a.variant_id and was.variant_id = r.variant_id
    returning r.variant_id, r.restocked - was.restocked as quantity
  )
  select array_agg(row(variant_id, quantity, 0)::stock_difference order by variant_id) into returned
  from counted where quantity > 0;
  if returned is null then return '[]'; end if;
  return change_stock(returned, cause);
end $$;
