create table accounts (
  id uuid primary key,
  version integer not null check (version > 0),
  -- Canonical: the code folds it, since the server's idea of lower case depends on its locale.
  email text not null unique check (length(email) <= 254),
  username text not null unique check (username ~ '^[a-z0-9_.-]{3,32}$'),
  password_hash text not null check (password_hash like '$argon2id$%'),
  full_name text,
  phone_number text check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  language text not null check (language in ('es', 'en')),
  roles text[] not null check (
    cardinality(roles) > 0
    and roles <@ array['customer', 'seller', 'professional', 'support', 'admin']
  ),
  status text not null check (status in ('pending', 'active', 'deactivated')),
  email_verified_at timestamptz check (status <> 'active' or email_verified_at is not null),
  -- A session of an older epoch is dead: one number ends them all, whatever is committed meanwhile.
  session_epoch integer not null,
  created_at timestamptz not null
) with (fillfactor = 85);
-- Few: read, and locked in order, before an administrator goes.
create index accounts_admins on accounts (id) where 'admin' = any (roles);

-- Every user name that was ever taken. One given with an address that had an account is here
-- too, and nobody's: otherwise trying it again would tell that the address is known.
create table usernames (
  username text primary key,
  account_id uuid not null
);

-- What identity wrote to a person: one row a purpose, so only the newest counts. Codes and links
-- are derived from the id with a key that is not in the database.
create table challenges (
  account_id uuid not null references accounts (id) on delete cascade,
  purpose text not null check (
    purpose in ('verify_email', 'reset_password', 'address_taken', 'password_changed')
  ),
  id uuid not null unique,
  secret_hash bytea unique,
  expires_at timestamptz not null,
  attempts_left integer not null check (attempts_left >= 0),
  used_at timestamptz,
  -- Wrong codes in a row, over all codes of the account.
  misses integer not null default 0,
  -- When the last five were asked for: a sixth within the hour is not sent.
  requested_at timestamptz[] not null,
  primary key (account_id, purpose)
) with (fillfactor = 70);

-- A family of refresh tokens.
create table sessions (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  epoch integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz not null,
  ended_at timestamptz,
  ip text not null,
  user_agent text
) with (fillfactor = 80);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

-- Every token of a living family, the used ones too: one of them coming back ends the family.
create table refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references sessions (id) on delete cascade,
  issued_at timestamptz not null,
  used_at timestamptz
) with (fillfactor = 80);
create index refresh_tokens_session on refresh_tokens (session_id);

-- Failed tries of a sign-in name, whether or not somebody has it. The key is a keyed hash.
create table sign_in_tries (
  tries_key bytea primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
) with (fillfactor = 70);
create index sign_in_tries_age on sign_in_tries (last_failed_at);

-- What happened to accounts, append-only: for their holders and for the operator's audit.
create table account_events (
  id uuid primary key default uuidv7(),
  account_id uuid,
  type text not null,
  at timestamptz not null,
  detail text,
  actor_id uuid,
  ip text not null,
  user_agent text
);
create index account_events_account on account_events (account_id, id) where account_id is not null;
create index account_events_age on account_events using brin (at);

-- `signs_from` is infinity for the next key: published, so that everyone knows it, not yet used.
create table signing_keys (
  generation integer primary key check (generation > 0),
  kid text not null unique,
  public_jwk jsonb not null,
  -- AES-256-GCM under a key that is not in the database: nonce, tag, cipher text.
  private_key bytea not null,
  created_at timestamptz not null,
  signs_from timestamptz not null
);

-- The one-time link that makes the first administrator; a new one replaces the old.
create table setup_links (
  only_row boolean primary key default true check (only_row),
  token_hash bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
