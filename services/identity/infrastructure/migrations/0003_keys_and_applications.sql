-- Keys of integrations. The key itself is shown once; here is its SHA-256.
create table api_keys (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  -- An account has twenty places for keys.
  slot integer not null check (slot between 1 and 20),
  name text not null check (length(name) between 1 and 100),
  -- What people and logs may call it by.
  prefix text not null unique,
  key_hash bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at <= created_at + interval '366 days'),
  last_used_at timestamptz,
  revoked_at timestamptz
) with (fillfactor = 80);
create unique index api_keys_slot on api_keys (account_id, slot) where revoked_at is null;
create index api_keys_expiry on api_keys (expires_at);

-- Applications that an administrator has registered (OAuth 2.1 clients).
create table oauth_clients (
  id uuid primary key,
  version integer not null check (version > 0),
  name text not null check (length(name) between 1 and 100),
  application_type text not null check (application_type in ('web', 'native')),
  auth_method text not null
    check (auth_method in ('client_secret_basic', 'client_secret_post', 'none')),
  -- SHA-256 of 256 random bits: nothing to guess, so nothing to slow down.
  secret_hash bytea check ((auth_method = 'none') = (secret_hash is null)),
  grant_types text[] not null check (
    cardinality(grant_types) > 0
    and grant_types <@ array['authorization_code', 'refresh_token', 'client_credentials']
  ),
  redirect_uris text[] not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  -- The account that an application without a person acts as.
  owner_id uuid references accounts (id) on delete cascade
    check (('client_credentials' = any (grant_types)) = (owner_id is not null)),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (not ('client_credentials' = any (grant_types) and auth_method = 'none')),
  check (('authorization_code' = any (grant_types)) = (cardinality(redirect_uris) > 0))
);

-- What a person has let an application do.
create table oauth_consents (
  account_id uuid not null references accounts (id) on delete cascade,
  client_id uuid not null references oauth_clients (id) on delete cascade,
  scopes text[] not null,
  given_at timestamptz not null,
  primary key (account_id, client_id)
);
create index oauth_consents_client on oauth_consents (client_id);

-- One authorization each. It is dead when the account's epoch has risen, and what was issued by it
-- goes with it.
create table oauth_grants (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  client_id uuid not null references oauth_clients (id) on delete cascade,
  epoch integer not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index oauth_grants_account on oauth_grants (account_id, client_id);
create index oauth_grants_client on oauth_grants (client_id);
create index oauth_grants_expiry on oauth_grants (expires_at);

-- Codes, refresh tokens, and sign-ins under way, by the SHA-256 of what their holder shows. A used
-- one stays, so that it is known when it comes back.
create table oauth_artefacts (
  model text not null,
  id_hash bytea not null,
  uid text,
  grant_id uuid references oauth_grants (id) on delete cascade,
  payload jsonb not null,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (model, id_hash)
) with (fillfactor = 80);
create index oauth_artefacts_uid on oauth_artefacts (uid) where uid is not null;
create index oauth_artefacts_grant on oauth_artefacts (grant_id) where grant_id is not null;
create index oauth_artefacts_expiry on oauth_artefacts (expires_at);
