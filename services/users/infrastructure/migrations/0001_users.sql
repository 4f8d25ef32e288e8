-- One an account, made when identity tells of it. What identity owns is a copy, of `account_version`.
create table profiles (
  account_id uuid primary key,
  account_version integer not null,
  email text not null,
  username text not null,
  roles text[] not null,
  status text not null check (status in ('pending', 'active', 'deactivated')),
  is_email_verified boolean not null,
  registered_at timestamptz not null,
  -- Of what follows, which is the holder's own: grows by one a change.
  version integer not null default 1,
  full_name text,
  phone_number text check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  language text not null check (language in ('es', 'en')),
  region text check (region ~ '^[A-Z]{2}$'),
  time_zone text,
  currency text check (currency ~ '^[A-Z]{3}$'),
  avatar_id uuid unique,
  updated_at timestamptz not null,
  -- Folded by the code, whose idea of letters does not depend on the server's locale.
  account_key text not null,
  name_key text not null,
  search_key text not null generated always as (name_key || ' ' || account_key) stored,
  address_count integer not null default 0,
  -- One default each, since a column holds one; and only an address of the same account.
  shipping_address_id uuid,
  billing_address_id uuid,
  constraint profiles_address_count check (address_count between 0 and 50)
) with (fillfactor = 80);
create index profiles_by_age on profiles (registered_at desc, account_id desc);
create index profiles_search on profiles using gin (search_key gin_trgm_ops) with (fastupdate = off);

create table addresses (
  id uuid primary key,
  account_id uuid not null references profiles on delete cascade,
  label text,
  recipient text not null,
  phone_number text check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- By the keys of the country's form, in canonical form.
  fields jsonb not null,
  document_type text,
  document_number text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (account_id, id),
  check ((document_type is null) = (document_number is null))
);
alter table profiles
  add foreign key (account_id, shipping_address_id) references addresses (account_id, id)
    on delete set null (shipping_address_id),
  add foreign key (account_id, billing_address_id) references addresses (account_id, id)
    on delete set null (billing_address_id);

-- Makes profiles of accounts that identity tells of, and keeps the copies of the newest version. Each
-- of `p_accounts` comes with its message; the messages of one account may come in any order.
create function follow_accounts(
  p_consumers text[], p_message_ids uuid[], p_accounts jsonb[], p_at timestamptz
) returns void language plpgsql as $$
declare
  v_account jsonb;
begin
  for v_account in
    select a.account from unnest(p_consumers, p_message_ids, p_accounts) as a (taken_by, id, account)
    join take_messages(p_consumers, p_message_ids) t on t.taken_by = a.taken_by and t.message_id = a.id
    order by a.account ->> 'accountId', (a.account ->> 'version')::integer
  loop
    insert into profiles as p (account_id, account_version, email, username, roles, status,
      is_email_verified, registered_at, full_name, phone_number, language, updated_at, account_key,
      name_key)
    select a."accountId", a.version, a.email, a.username, a.roles, a.status, a."isEmailVerified",
      a."registeredAt", a."fullName", a."phoneNumber", a.language, p_at, a."accountKey", a."nameKey"
    from jsonb_to_record(v_account) as a ("accountId" uuid, version integer, email text,
      username text, roles text[], status text, "isEmailVerified" boolean,
      "registeredAt" timestamptz, "fullName" text, "phoneNumber" text, language text,
      "accountKey" text, "nameKey" text)
    on conflict (account_id) do update set
      account_version = excluded.account_version, email = excluded.email,
      username = excluded.username, roles = excluded.roles, status = excluded.status,
      is_email_verified = excluded.is_email_verified, account_key = excluded.account_key
      where p.account_version < excluded.account_version;
  end loop;
end $$;
