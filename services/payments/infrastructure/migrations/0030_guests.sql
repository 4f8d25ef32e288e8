-- By what the guest of an order is known: the hash of a token that orders gave them.
create table guest_access (
  token_hash bytea primary key,
  order_id uuid not null,
  buyer_id uuid not null,
  expires_at timestamptz not null
);
create index guest_access_of_order on guest_access (order_id);
create index guest_access_age on guest_access (expires_at);

-- Orders of guests that an account has claimed. Kept, since a message of before may come after it.
create table claimed_orders (
  order_id uuid primary key,
  buyer_id uuid not null
);

-- Once a message. Payments are changed after the payable: who makes one locks that first.
create function claim_order(
  p_consumer text, p_message_id uuid, p_order_id uuid, p_buyer_id uuid
) returns void language plpgsql as $$
begin
  if not take_message(p_consumer, p_message_id) then return; end if;
  insert into claimed_orders values (p_order_id, p_buyer_id) on conflict do nothing;
  if not found then return; end if;
  delete from guest_access where order_id = p_order_id;
  update payables set buyer_id = p_buyer_id where order_id = p_order_id;
  update payments set buyer_id = p_buyer_id where order_id = p_order_id;
end $$;

-- What is told late of an order that was claimed meanwhile is the account's, or nobody's.
create function give_to_claimant() returns trigger language plpgsql as $$
begin
  select buyer_id into new.buyer_id from claimed_orders c
  where c.order_id = new.order_id
  union all select new.buyer_id limit 1;
  return new;
end $$;
create trigger payables_of_claimants before insert on payables
  for each row execute function give_to_claimant();
create function skip_access_to_claimed() returns trigger language plpgsql as $$
begin
  if exists (select from claimed_orders c where c.order_id = new.order_id) then return null; end if;
  return new;
end $$;
create trigger guest_access_to_nothing_claimed before insert on guest_access
  for each row execute function skip_access_to_claimed();
