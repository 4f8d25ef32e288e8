-- Accounts that sellers have at a provider, linked by OAuth. What acts for them is sealed.

-- A seller who has been sent to the provider to agree: one at a time, used once.
create table seller_link_requests (
  seller_id uuid primary key,
  provider text not null,
  -- SHA-256 of what comes back in the address, and of what only the browser that asked has.
  state_hash bytea not null unique,
  browser_hash bytea not null,
  sealed bytea not null, -- the verifier of the code
  expires_at timestamptz not null
);

create table seller_links (
  seller_id uuid not null,
  provider text not null,
  -- The seller's id there: whose money it becomes.
  account text not null,
  sealed bytea not null, -- both tokens; empty once the link has ended
  expires_at timestamptz not null,
  linked_at timestamptz not null,
  -- Each pair of tokens is one version: a refresh token works once, so one process renews it.
  version integer not null,
  renewing_since timestamptz,
  ended_at timestamptz,
  ended_because text check (ended_because in ('disconnected', 'revoked', 'expired')),
  primary key (seller_id, provider),
  check ((ended_at is null) = (ended_because is null)),
  check ((ended_at is null) = (sealed <> ''))
);
-- Two sellers never share an account there.
create unique index seller_links_of_account on seller_links (provider, account) where ended_at is null;

-- The state that came back, once, from the browser that asked.
create function take_link_request(p_state bytea, p_browser bytea, p_now timestamptz)
returns setof seller_link_requests language sql as $$
  delete from seller_link_requests
  where state_hash = p_state and browser_hash = p_browser and expires_at > p_now returning *
$$;

create function store_seller_link(
  p_seller_id uuid, p_provider text, p_account text, p_sealed bytea, p_expires_at timestamptz,
  p_renew_at timestamptz, p_now timestamptz
) returns void language plpgsql as $$
begin
  insert into seller_links as l (seller_id, provider, account, sealed, expires_at, linked_at, version)
  values (p_seller_id, p_provider, p_account, p_sealed, p_expires_at, p_now, 1)
  on conflict (seller_id, provider) do update set account = excluded.account, sealed = excluded.sealed,
    expires_at = excluded.expires_at, linked_at = excluded.linked_at, version = l.version + 1,
    renewing_since = null, ended_at = null, ended_because = null;
  insert into deadlines (kind, key, due_at) values ('renew-seller-link', p_seller_id::text, p_renew_at)
  on conflict (kind, key) do update set due_at = excluded.due_at;
end $$;

-- Ends a link, once. With a version only the link as it was read.
create function end_seller_link(
  p_seller_id uuid, p_provider text, p_version integer, p_because text, p_messages jsonb, p_now timestamptz
) returns boolean language plpgsql as $$
begin
  update seller_links set sealed = '', ended_at = p_now, ended_because = p_because, renewing_since = null,
    version = version + 1
  where seller_id = p_seller_id and provider = p_provider and ended_at is null
    and (p_version is null or version = p_version);
  if not found then return false; end if;
  delete from deadlines where kind in ('renew-seller-link', 'check-seller-link') and key = p_seller_id::text;
  perform queue_messages(p_messages);
  return true;
end $$;

create or replace function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  update payments set card_last4 = '0000' where buyer_id = p_account_id;
  update refunds r set reason = 'erased' from payments p
  where p.id = r.payment_id and p.buyer_id = p_account_id
    and r.reason not in ('cancelled', 'paid_after_end', 'escrow_refunded');
  delete from seller_link_requests where seller_id = p_account_id;
  delete from seller_links where seller_id = p_account_id;
  delete from deadlines where kind in ('renew-seller-link', 'check-seller-link') and key = p_account_id::text;
  perform erase_escrows_and_payouts(p_account_id);
end $$;
