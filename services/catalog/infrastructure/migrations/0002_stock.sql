-- Stock, its movements, and reservations. Locks are always taken in this order: the order's row,
-- stock rows by variant, availability rows by product, listings. No path takes them otherwise.

create table stock (
  variant_id uuid primary key,
  product_id uuid not null,
  seller_id uuid not null,
  on_hand integer not null default 0,
  reserved integer not null default 0,
  low_threshold integer not null default 5 check (low_threshold >= 0),
  -- The quantity that the last import file said: the same file again moves nothing.
  imported_quantity integer,
  -- False once the variant is removed; what is returned later is counted but not for sale.
  is_listed boolean not null default true,
  version integer not null default 0,
  constraint stock_reserved check (reserved >= 0 and on_hand >= reserved),
  constraint stock_size check (on_hand <= 1000000000)
) with (fillfactor = 70);
create index stock_of_product on stock (product_id);

create table stock_movements (
  seq bigint generated always as identity,
  variant_id uuid not null,
  kind text not null check (kind in
    ('initial', 'received', 'correction', 'damaged', 'lost', 'sale', 'return', 'import', 'removed')),
  quantity integer not null check (quantity <> 0),
  on_hand_after integer not null,
  reason text,
  actor uuid,
  order_id uuid,
  at timestamptz not null,
  primary key (variant_id, seq)
);

-- One row an order. `order_version` is the version of the last message of the order that counted:
-- an older one that arrives later changes nothing. `paid_first` and a `released` row without
-- reservations are what a message leaves that overtook the placing of its order.
create table order_reservations (
  order_id uuid primary key,
  state text not null check (state in
    ('held', 'committed', 'released', 'expired', 'returned', 'rejected', 'paid_first')),
  order_version integer not null,
  version integer not null default 1,
  lines jsonb not null default '[]',
  expires_at timestamptz
);

create table reservations (
  order_id uuid not null references order_reservations,
  variant_id uuid not null,
  quantity integer not null check (quantity > 0),
  state text not null check (state in ('held', 'committed', 'released', 'expired', 'returned')),
  expires_at timestamptz not null,
  primary key (order_id, variant_id)
);
create index reservations_of_variant on reservations (variant_id) where state = 'held';

-- Differences to apply to rows that are locked already.
create type stock_difference as (variant_id uuid, on_hand integer, reserved integer);
create type stock_after as (
  variant_id uuid, product_id uuid, seller_id uuid, is_listed boolean, version integer,
  low_threshold integer, on_hand integer, moved integer, before integer, after integer
);
-- Who and why, the same for every row of one change.
create type stock_cause as (
  kind text, reason text, actor uuid, order_id uuid, at timestamptz,
  correlation_id uuid, causation_id uuid, traceparent text
);

-- The highest quantity that is told to the public exactly; beyond it, stock may move unseen.
create function shown_available(available integer) returns integer
  language sql immutable return least(greatest(available, 0), 20);

-- What a message caused goes from memory to the bus: see `messages_caused_by`.
create function queue_message(type text, subject text, version integer, cause stock_cause, data jsonb)
returns void language plpgsql as $$
begin
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id,
    traceparent, data, is_handed_over)
  values (uuidv7(), type, subject, version, cause.at, cause.correlation_id, cause.causation_id,
    cause.traceparent, data, cause.causation_id is not null);
end $$;

-- The messages that a statement has just queued in answer to a message, for who sends them.
create function messages_caused_by(cause stock_cause) returns jsonb language plpgsql as $$
begin
  return (select coalesce(jsonb_agg(o order by seq), '[]') from outbox o
    where correlation_id = cause.correlation_id and causation_id = cause.causation_id);
end $$;

-- The one place where stock counters change. Answers [{product_id, changes_lists}] of the products
-- whose public answers are different now.
create function change_stock(differences stock_difference[], cause stock_cause)
returns jsonb language plpgsql as $$
declare
  changed stock_after[];
  is_low boolean;
  is_crossing boolean;
  is_seen boolean;
  low record;
  crossed uuid[];
  flipped uuid[];
  touched jsonb;
begin
  with updated as (
    update stock s
    set on_hand = s.on_hand + d.on_hand, reserved = s.reserved + d.reserved, version = s.version + 1
    from unnest(differences) d where s.variant_id = d.variant_id
    returning s.variant_id, s.product_id, s.seller_id, s.is_listed, s.version, s.low_threshold,
      s.on_hand, d.on_hand as moved,
      s.on_hand - d.on_hand - s.reserved + d.reserved as before, s.on_hand - s.reserved as after
  ), recorded as (
    insert into stock_movements (variant_id, kind, quantity, on_hand_after, reason, actor, order_id, at)
    select variant_id, cause.kind, moved, on_hand, cause.reason, cause.actor, cause.order_id, cause.at
    from updated where moved <> 0
  )
  select array_agg(row(variant_id, product_id, seller_id, is_listed, version, low_threshold,
      on_hand, moved, before, after)::stock_after),
    bool_or(before > low_threshold and after <= low_threshold),
    bool_or(is_listed and (before > 0) <> (after > 0)),
    bool_or(shown_available(before) <> shown_available(after))
  into changed, is_low, is_crossing, is_seen
  from updated;

  if is_low then
    for low in
      select c.*, v.sku from unnest(changed) c join variants v on v.id = c.variant_id
      where c.before > c.low_threshold and c.after <= c.low_threshold order by c.variant_id
    loop
      perform queue_message('catalog.low-stock.v1', low.variant_id::text, low.version, cause,
        jsonb_build_object('variantId', low.variant_id, 'productId', low.product_id,
          'sellerId', low.seller_id, 'sku', low.sku, 'available', low.after,
          'threshold', low.low_threshold));
    end loop;
  end if;

  if is_crossing then
    select array_agg(distinct product_id order by product_id) into crossed
    from unnest(changed) where is_listed and (before > 0) <> (after > 0);
    perform from availability where product_id = any(crossed) order by product_id for update;
    with counted as (
      update availability a set variants_in_stock = a.variants_in_stock + d.difference
      from (
        select product_id, sum(case when after > 0 then 1 else -1 end)::int as difference
        from unnest(changed) where is_listed and (before > 0) <> (after > 0) group by product_id
      ) d
      where a.product_id = d.product_id
      returning a.product_id, a.variants_in_stock > 0 as is_now,
        a.variants_in_stock - d.difference > 0 as was
    ), listed as (
      update listings l set in_stock = c.is_now from counted c
      where l.product_id = c.product_id and l.in_stock <> c.is_now
    )
    select array_agg(product_id) into flipped from counted where is_now <> was;
  end if;

  -- Whoever crosses zero is seen too.
  if is_seen is not true then return '[]'; end if;
  with seen as (
    select product_id, coalesce(product_id = any(flipped), false) as changes_lists
    from unnest(changed)
    where shown_available(before) <> shown_available(after)
    group by product_id
  ), noted as (
    insert into catalog_changes (product_id, changes_lists) select product_id, changes_lists from seen
  )
  select coalesce(jsonb_agg(seen), '[]') into touched from seen;
  return touched;
end $$;

-- Locks the rows of `lines` ([{variantId, quantity}], summed per variant) and answers what is short.
create function find_shortages(lines jsonb) returns jsonb language plpgsql as $$
declare short jsonb;
begin
  with demand as (
    select (l ->> 'variantId')::uuid as variant_id, sum((l ->> 'quantity')::int)::int as quantity
    from jsonb_array_elements(lines) l group by 1
  ), locked as materialized (
    select variant_id, is_listed, on_hand - reserved as available from stock
    where variant_id in (select variant_id from demand) order by variant_id for update
  )
  select jsonb_agg(jsonb_build_object('variantId', d.variant_id, 'requested', d.quantity,
    'available', coalesce(s.available, 0)) order by d.variant_id) into short
  from demand d left join locked s on s.variant_id = d.variant_id and s.is_listed
  where coalesce(s.available, 0) < d.quantity;
  return coalesce(short, '[]');
end $$;

-- Takes all lines of an order or none, as its row in `header` says: `held` (set aside) or `committed`
-- (sold at once). Tells the order which, unless it was sold: then it is paid and has nothing to learn.
create function take_stock(header order_reservations, p_reason text, cause stock_cause)
returns jsonb language plpgsql as $$
declare
  short jsonb;
  taken stock_difference[];
begin
  short := find_shortages(header.lines);
  if short <> '[]' then
    update order_reservations set state = 'rejected', version = version + 1
    where order_id = header.order_id returning * into header;
    perform queue_message('catalog.stock-rejected.v1', header.order_id::text, header.version, cause,
      jsonb_build_object('orderId', header.order_id, 'reason', p_reason, 'shortages', short));
    return '[]';
  end if;
  with demand as (
    select (l ->> 'variantId')::uuid as variant_id, sum((l ->> 'quantity')::int)::int as quantity
    from jsonb_array_elements(header.lines) l group by 1
  ), kept as (
    insert into reservations (order_id, variant_id, quantity, state, expires_at)
    select header.order_id, variant_id, quantity, header.state, header.expires_at from demand
    on conflict (order_id, variant_id) do update set state = excluded.state
  )
  select array_agg(row(variant_id,
    case header.state when 'committed' then -quantity else 0 end,
    case header.state when 'held' then quantity else 0 end)::stock_difference) into taken
  from demand;
  if header.state = 'held' then
    perform queue_message('catalog.stock-reserved.v1', header.order_id::text, header.version, cause,
      jsonb_build_object('orderId', header.order_id, 'expiresAt',
        to_char(header.expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
    insert into deadlines (kind, key, due_at)
    values ('expire-reservation', header.order_id, header.expires_at)
    on conflict (kind, key) do update set due_at = excluded.due_at;
  end if;
  return change_stock(taken, cause);
end $$;

-- Moves every line of an order, whose own row has moved, to a state, with what that does to the counters.
create function move_reservation(p_order uuid, p_to text, cause stock_cause)
returns jsonb language plpgsql as $$
declare moved stock_difference[];
begin
  perform from stock
  where variant_id in (select variant_id from reservations where order_id = p_order)
  order by variant_id for update;
  with changed as (
    update reservations set state = p_to where order_id = p_order returning variant_id, quantity
  )
  select array_agg(row(variant_id,
    case p_to when 'committed' then -quantity when 'returned' then quantity else 0 end,
    case p_to when 'returned' then 0 else -quantity end)::stock_difference) into moved
  from changed;
  delete from deadlines where kind = 'expire-reservation' and key = p_order::text;
  return change_stock(moved, cause);
end $$;

-- orders.order-placed: all lines or none. Null, here and below: the message was taken before.
create function reserve_stock(p_consumer text, p_message uuid, p_order uuid, p_order_version integer,
  p_lines jsonb, p_expires_at timestamptz, cause stock_cause)
returns jsonb language plpgsql as $$
declare header order_reservations;
begin
  if not take_message(p_consumer, p_message) then return null; end if;
  insert into order_reservations (order_id, state, order_version, lines, expires_at)
  values (p_order, 'held', p_order_version, p_lines, p_expires_at)
  on conflict do nothing returning * into header;
  if found then return take_stock(header, 'insufficient', cause); end if;
  update order_reservations
  set state = 'committed', version = version + 1, lines = p_lines, expires_at = p_expires_at
  where order_id = p_order and state = 'paid_first' returning * into header;
  if not found then return '[]'; end if;
  cause.kind := 'sale';
  return take_stock(header, 'late', cause);
end $$;

-- The row of an order, locked; null when it was not placed here yet, and then `p_state` waits for that.
create function lock_reservation(p_order uuid, p_order_version integer, p_state text)
returns order_reservations language plpgsql as $$
declare header order_reservations;
begin
  for i in 1..2 loop
    select * into header from order_reservations where order_id = p_order for update;
    if found then return header; end if;
    insert into order_reservations (order_id, state, order_version)
    values (p_order, p_state, p_order_version) on conflict do nothing;
    if found then return null; end if;
  end loop;
  raise exception 'order % was placed and is gone', p_order;
end $$;

-- orders.order-paid: what was set aside is sold; what had gone back is taken again, or refused.
create function commit_stock(p_consumer text, p_message uuid, p_order uuid, p_order_version integer,
  cause stock_cause)
returns jsonb language plpgsql as $$
declare
  header order_reservations;
  v_before text;
begin
  if not take_message(p_consumer, p_message) then return null; end if;
  header := lock_reservation(p_order, p_order_version, 'paid_first');
  if header is null or p_order_version < header.order_version
    or header.state in ('committed', 'returned', 'paid_first') then return '[]'; end if;
  v_before := header.state;
  -- Ended before it was ever placed here: there are no lines to sell.
  update order_reservations set order_version = p_order_version, version = version + 1,
    state = case lines when '[]' then state else 'committed' end
  where order_id = p_order returning * into header;
  if header.lines = '[]' then return '[]'; end if;
  cause.kind := 'sale';
  if v_before = 'held' then return move_reservation(p_order, 'committed', cause); end if;
  return take_stock(header, 'late', cause);
end $$;

-- orders.order-cancelled and orders.order-failed: what is held goes back, what was sold returns.
create function release_stock(p_consumer text, p_message uuid, p_order uuid, p_order_version integer,
  cause stock_cause)
returns jsonb language plpgsql as $$
declare header order_reservations;
begin
  if not take_message(p_consumer, p_message) then return null; end if;
  header := lock_reservation(p_order, p_order_version, 'released');
  if header is null or p_order_version < header.order_version then return '[]'; end if;
  update order_reservations set order_version = p_order_version, version = version + 1,
    state = case when state in ('held', 'paid_first') then 'released'
      when state = 'committed' then 'returned' else state end
  where order_id = p_order;
  cause.kind := 'return';
  if header.state = 'held' then return move_reservation(p_order, 'released', cause); end if;
  if header.state = 'committed' then return move_reservation(p_order, 'returned', cause); end if;
  return '[]';
end $$;

-- The time of a reservation is over; a payment that came first has won, one that comes later tries again.
create function expire_reservation(p_order uuid, cause stock_cause)
returns jsonb language plpgsql as $$
begin
  update order_reservations set state = 'expired', version = version + 1
  where order_id = p_order and state = 'held' and expires_at <= cause.at;
  if not found then return '[]'; end if;
  return move_reservation(p_order, 'expired', cause);
end $$;

-- Adds to or takes from the stock of one variant by hand. `p_seller` null: any seller's; `p_variant`
-- null: the only one. Answers {outcome, variant_id, on_hand, reserved, touched}.
create function adjust_stock(p_product uuid, p_variant uuid, p_seller uuid, p_difference integer,
  p_operation uuid, cause stock_cause)
returns jsonb language plpgsql as $$
declare
  candidates uuid[];
  item stock;
  outcome text;
  touched jsonb := '[]';
begin
  select array_agg(variant_id) into candidates from stock
  where product_id = p_product and is_listed and (p_seller is null or seller_id = p_seller)
    and (p_variant is null or variant_id = p_variant);
  if candidates is null then
    outcome := case when exists (select from products where id = p_product
      and (p_seller is null or seller_id = p_seller)) then 'no_variant' else 'no_product' end;
    return jsonb_build_object('outcome', outcome);
  end if;
  if cardinality(candidates) > 1 then return jsonb_build_object('outcome', 'which_variant'); end if;
  select * into item from stock where variant_id = candidates[1] for update;
  -- A try of this operation that died behind its commit has booked it.
  if exists (select from inbox where consumer = 'adjust-stock' and message_id = p_operation) then
    outcome := 'done';
  elsif item.on_hand::bigint + p_difference < item.reserved then outcome := 'not_enough';
  elsif item.on_hand::bigint + p_difference > 1000000000 then outcome := 'too_much';
  else
    outcome := 'done';
    touched := change_stock(array[row(item.variant_id, p_difference, 0)::stock_difference], cause);
    item.on_hand := item.on_hand + p_difference;
    insert into inbox (consumer, message_id) values ('adjust-stock', p_operation);
  end if;
  return jsonb_build_object('outcome', outcome, 'variant_id', item.variant_id,
    'on_hand', item.on_hand, 'reserved', item.reserved, 'touched', touched);
end $$;
