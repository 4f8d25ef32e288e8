-- How an order gets to its buyer, as the operator sets it up. Orders keep a copy of what they chose.
create table shipping_methods (
  id uuid primary key,
  name_es text not null,
  name_en text not null,
  -- [{price: {amountMinor, currency}, freeFrom: {amountMinor, currency} | null}], one a currency
  prices jsonb not null,
  days_min integer not null check (days_min >= 0),
  days_max integer not null check (days_max >= days_min),
  countries text[] not null,
  regions text[] not null check (cardinality(regions) = 0 or cardinality(countries) = 1),
  pickup_place text,
  is_active boolean not null,
  position integer not null,
  version integer not null default 1
);

-- Who gets an order and where, beside its events: what is here goes when its person is forgotten, and the
-- events stay. A guest is known by nothing else.
create table order_contacts (
  order_id uuid primary key references orders (id),
  buyer_id uuid not null,
  is_guest boolean not null,
  -- Canonical; of a guest only. An account has its address at identity.
  email text check ((email is not null) = is_guest),
  full_name text,
  phone_number text,
  language text not null check (language in ('es', 'en')),
  address jsonb
);
create index order_contacts_of_buyer on order_contacts (buyer_id);
create index order_contacts_of_guests on order_contacts (email) where is_guest;
create trigger order_contacts_of_nobody_erased before insert on order_contacts
  for each row execute function skip_erased_account('buyer_id');

-- What opens a guest's order: the hash of a token, which is computed from the id with a key of the
-- installation and kept nowhere.
create table order_access (
  id uuid primary key,
  order_id uuid not null references orders (id),
  token_hash bytea not null unique,
  expires_at timestamptz not null
);
create index order_access_of_order on order_access (order_id);
create index order_access_age on order_access (expires_at);

-- How often something was tried within an hour, by a keyed hash of who tried it.
create table guest_counts (
  key bytea primary key,
  started_at timestamptz not null,
  count integer not null
);
create index guest_counts_age on guest_counts (started_at);

-- One more of each key; answers the largest count. Keys are locked in one order.
create function count_guest_acts(p_keys bytea[], p_now timestamptz) returns integer language sql as $$
  with counted as (
    insert into guest_counts as c (key, started_at, count)
    select distinct k.key, p_now, 1 from unnest(p_keys) as k (key) order by 1
    on conflict (key) do update set
      count = case when c.started_at > p_now - interval '1 hour' then c.count + 1 else 1 end,
      started_at = case when c.started_at > p_now - interval '1 hour' then c.started_at else p_now end
    returning count
  )
  select max(count) from counted
$$;

-- `save_order` with what stands beside the events: contact and access of a new order, or the new buyer of
-- a claimed one, whose tokens end then.
create function save_order_beside(
  p_id uuid, p_expected_version integer, p_events jsonb, p_state jsonb, p_messages jsonb,
  p_seller_ids uuid[], p_correlation_id uuid, p_causation_id uuid, p_at timestamptz,
  p_consumer text, p_message_id uuid, p_cart_id uuid, p_contact jsonb, p_access jsonb,
  p_claimed_from uuid, out result text, out number text
) language plpgsql as $$
begin
  select s.result, s.number into result, number
  from save_order(p_id, p_expected_version, p_events, p_state, p_messages, p_seller_ids,
    p_correlation_id, p_causation_id, p_at, p_consumer, p_message_id, p_cart_id) s;
  if result <> 'saved' then return; end if;
  if p_contact is not null then
    insert into order_contacts (order_id, buyer_id, is_guest, email, full_name, phone_number, language,
                                address)
    values (p_id, (p_state ->> 'buyerId')::uuid, p_contact ->> 'email' is not null,
            p_contact ->> 'email', p_contact ->> 'fullName', p_contact ->> 'phoneNumber',
            p_contact ->> 'language', nullif(p_contact -> 'address', 'null'));
  end if;
  if p_access is not null then
    insert into order_access (id, order_id, token_hash, expires_at)
    values ((p_access ->> 'id')::uuid, p_id, decode(p_access ->> 'tokenHash', 'hex'),
            (p_access ->> 'expiresAt')::timestamptz);
  end if;
  if p_claimed_from is not null then
    update orders set buyer_id = (p_state ->> 'buyerId')::uuid where id = p_id;
    -- The address that the guest gave was only ever the guest's.
    update order_contacts set buyer_id = (p_state ->> 'buyerId')::uuid, is_guest = false, email = null
    where order_id = p_id;
    delete from order_access where order_id = p_id;
    update outbox set data = without_person(data)
    where data ? 'accountId' and data ->> 'accountId' = p_claimed_from::text;
  end if;
end $$;

-- Orders and their events name people by their ids only, and are books: they stay. Carts and contacts go,
-- and with them what a repeated request would answer.
create or replace function erase_account_data(p_account_id uuid) returns void language sql as $$
  delete from carts where account_id = p_account_id;
  delete from idempotency_keys where operation_id in (
    select order_id from order_contacts where buyer_id = p_account_id);
  delete from order_contacts where buyer_id = p_account_id;
$$;
