-- What a seller's receipts say of the seller: never changed, only followed by a newer version, since
-- receipts of the past keep theirs. Lines of orders name the version by its id.
create table issuers (
  id uuid primary key,
  seller_id uuid not null,
  version integer not null,
  legal_name text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  document_type text not null,
  document_number text not null,
  created_at timestamptz not null,
  unique (seller_id, version)
);

-- What a variant costs otherwise: what a discount is reckoned from.
alter table offers add column list_price_minor bigint check (list_price_minor >= 0);

-- Orders and their events name people by their ids only, and are books: they stay, and with them what
-- receipts that were given say of the seller. Carts and contacts go, and what repeated requests would answer.
create or replace function erase_account_data(p_account_id uuid) returns void language sql as $$
  delete from carts where account_id = p_account_id;
  delete from idempotency_keys where operation_id in (
    select order_id from order_contacts where buyer_id = p_account_id);
  delete from order_contacts where buyer_id = p_account_id;
  delete from issuers i where seller_id = p_account_id and not exists (
    select from streams s where s.state @> jsonb_build_object(
      'lines', jsonb_build_array(jsonb_build_object('issuerId', i.id::text)))
      and s.id in (select o.id from orders o where o.seller_ids @> array[p_account_id]));
$$;
