-- The list row of each order: a projection of its events, written with them.
create table orders (
  id uuid primary key,
  number text not null unique,
  buyer_id uuid not null,
  seller_ids uuid[] not null,
  status text not null check (status in ('pending', 'awaiting_payment', 'paid', 'shipped',
    'delivered', 'cancelled', 'failed', 'partially_refunded', 'refunded')),
  total_minor bigint not null check (total_minor >= 0),
  currency text not null,
  line_count integer not null,
  version integer not null,
  placed_at timestamptz not null,
  updated_at timestamptz not null
) with (fillfactor = 60);
create index orders_of_buyer on orders (buyer_id, placed_at desc, id desc);
create index orders_by_age on orders (placed_at desc, id desc);
create index orders_of_seller on orders using gin (seller_ids);

-- Gaps are fine: the number is for people, it is neither id nor invoice number.
create sequence order_numbers;

-- Orders' own copy of what is for sale, kept by catalog's events.
create table offers (
  variant_id uuid primary key,
  product_id uuid not null,
  seller_id uuid not null,
  sku text not null,
  name text not null,
  image_url text,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null
);
create index offers_of_product on offers (product_id);
-- The version of each product that was taken over, also of those with nothing for sale.
create table known_products (
  product_id uuid primary key,
  version integer not null
);

create table carts (
  id uuid primary key default uuidv7(),
  account_id uuid unique,
  token_hash bytea unique,
  touched_at timestamptz not null default now(),
  check ((account_id is null) <> (token_hash is null))
);
create index carts_age on carts (touched_at);
create table cart_lines (
  id uuid primary key default uuidv7(),
  cart_id uuid not null references carts (id) on delete cascade,
  variant_id uuid not null,
  quantity integer not null check (quantity between 1 and 999),
  seen_price_minor bigint not null,
  currency text not null,
  added_at timestamptz not null default now(),
  unique (cart_id, variant_id)
);

-- Stores one change of an order whole: events and state, list row, messages, the timer of an unpaid
-- order, the inbox row of the message that caused it, the emptied cart. Answers 'saved' with the
-- number, 'seen' when the message was taken before, 'stale' when another writer was faster.
create function save_order(
  p_id uuid, p_expected_version integer, p_events jsonb, p_state jsonb, p_messages jsonb,
  p_seller_ids uuid[], p_correlation_id uuid, p_causation_id uuid, p_at timestamptz,
  p_consumer text, p_message_id uuid, p_cart_id uuid,
  out result text, out number text
) language plpgsql as $$
declare
  v_status text := p_state ->> 'status';
  v_version integer := p_expected_version + jsonb_array_length(p_events);
  v_taken integer;
  v_is_unpaid boolean := v_status in ('pending', 'awaiting_payment');
begin
  if p_message_id is not null then
    if exists (select from inbox i where i.consumer = p_consumer and i.message_id = p_message_id)
    then
      result := 'seen';
      return;
    end if;
  end if;

  number := p_state ->> 'number';
  if p_expected_version = 0 then
    if exists (select from streams s where s.id = p_id) then
      result := 'stale';
      return;
    end if;
    -- The lines as they were read, or nothing: of two orders from one cart at once, one is placed.
    if p_cart_id is not null then
      delete from cart_lines l using jsonb_array_elements(p_state -> 'lines') as x (line)
      where l.cart_id = p_cart_id and l.variant_id = (x.line ->> 'variantId')::uuid
        and l.quantity = (x.line ->> 'quantity')::integer;
      get diagnostics v_taken = row_count;
      if v_taken <> jsonb_array_length(p_state -> 'lines') then
        raise exception 'the cart has changed' using errcode = 'PZC01';
      end if;
    end if;
    number := 'PZ-' || lpad(nextval('order_numbers')::text, 6, '0');
    p_state := jsonb_set(p_state, '{number}', to_jsonb(number));
    p_events := jsonb_set(p_events, '{0,data,number}', to_jsonb(number));
    p_messages := jsonb_set(p_messages, '{0,data,number}', to_jsonb(number));
  end if;
  if not append_events(p_id, p_expected_version, p_events, p_state, p_correlation_id,
                       p_causation_id, p_at) then
    result := 'stale';
    return;
  end if;

  if p_expected_version = 0 then
    insert into orders values (p_id, number, (p_state ->> 'buyerId')::uuid, p_seller_ids, v_status,
      (p_state #>> '{total,amountMinor}')::bigint, p_state #>> '{total,currency}',
      jsonb_array_length(p_state -> 'lines'), v_version, (p_state ->> 'placedAt')::timestamptz, p_at);
    insert into deadlines (kind, key, due_at)
    values ('pay-order', p_id::text, (p_state ->> 'payBy')::timestamptz);
  else
    update orders o set status = v_status, version = v_version, updated_at = p_at where o.id = p_id;
    if not v_is_unpaid then
      delete from deadlines d where d.kind = 'pay-order' and d.key = p_id::text;
    end if;
  end if;

  if p_message_id is not null and not take_message(p_consumer, p_message_id) then
    raise exception 'message % was taken for another order', p_message_id;
  end if;
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id,
                      traceparent, data, is_handed_over)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id,
         m.traceparent, m.data, true
  from jsonb_to_recordset(p_messages) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb);
  result := 'saved';
end $$;

-- Makes a guest's cart the account's, or moves its lines into the one that is there, once.
-- Quantities of the same variant add up, capped at what catalog has ({variantId: pieces}): those
-- must be known. Without `p_caps` and with such variants nothing is done, and their products are
-- the answer; otherwise it is empty.
create function merge_carts(p_token_hash bytea, p_account_id uuid, p_caps jsonb)
returns uuid[] language plpgsql as $$
declare
  v_guest uuid;
  v_own uuid;
  v_asked uuid[];
begin
  -- The guest's cart is locked first: of two merges at once the second finds none.
  select id into v_guest from carts where token_hash = p_token_hash for update;
  if v_guest is null then return '{}'; end if;
  update carts set touched_at = now() where account_id = p_account_id returning id into v_own;
  if v_own is null then
    begin
      update carts set account_id = p_account_id, token_hash = null, touched_at = now()
      where id = v_guest;
      return '{}';
    exception when unique_violation then
      -- The account has just filled a cart of its own.
      select id into v_own from carts where account_id = p_account_id for update;
    end;
  end if;
  if p_caps is null then
    select array_agg(distinct o.product_id) into v_asked
    from cart_lines g join cart_lines own on own.variant_id = g.variant_id and own.cart_id = v_own
    left join offers o on o.variant_id = g.variant_id
    where g.cart_id = v_guest;
    if v_asked is not null then return array_remove(v_asked, null); end if;
  end if;
  insert into cart_lines (cart_id, variant_id, quantity, seen_price_minor, currency)
  select v_own, variant_id, quantity, seen_price_minor, currency
  from cart_lines where cart_id = v_guest order by variant_id
  on conflict (cart_id, variant_id) do update set
    seen_price_minor = excluded.seen_price_minor,
    quantity = greatest(1, least(cart_lines.quantity + excluded.quantity, 999,
      greatest(coalesce((p_caps ->> cart_lines.variant_id::text)::integer, 999), cart_lines.quantity)));
  delete from carts where id = v_guest;
  return '{}';
end $$;
