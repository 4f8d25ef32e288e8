-- Which factors an account has, as its rules see them: read with the account, so that a sign-in
-- costs no look-up more. What proves them is in the tables below.
alter table accounts add column second_factors jsonb not null default '[]'
  check (jsonb_typeof(second_factors) = 'array');

-- How the holder of a session proved who they are (RFC 8176 where it has a word).
alter table sessions add column methods text[] not null default '{pwd}';

-- Which purposes there are is said by the code that composes their mails.
alter table challenges drop constraint challenges_purpose_check;
alter table challenges add constraint challenges_purpose_check check (purpose ~ '^[a-z_]{3,40}$');

-- Authenticator apps. Not confirmed: shown to its holder, and worth nothing yet.
create table totp_secrets (
  account_id uuid primary key references accounts (id) on delete cascade,
  id uuid not null unique,
  -- AES-256-GCM under a key that is not in the database: nonce, tag, cipher text.
  secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- The newest half minute whose code was taken: neither it nor an older one is taken again.
  last_step bigint not null default 0,
  last_used_at timestamptz
) with (fillfactor = 80);

create table passkeys (
  id uuid primary key,
  account_id uuid not null references accounts (id) on delete cascade,
  credential_id bytea not null unique check (length(credential_id) between 1 and 1023),
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null check (length(name) between 1 and 60),
  is_synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
) with (fillfactor = 80);
create index passkeys_account on passkeys (account_id);

-- What an authenticator is asked to sign: random, for one use, kept as a hash.
create table passkey_challenges (
  hash bytea primary key,
  purpose text not null check (purpose in ('register', 'sign_in', 'second_step')),
  -- Whoever signs in with a passkey alone is not known before.
  account_id uuid references accounts (id) on delete cascade
    check ((account_id is null) = (purpose = 'sign_in')),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index passkey_challenges_expiry on passkey_challenges (expires_at);
create index passkey_challenges_account on passkey_challenges (account_id)
  where account_id is not null;

-- For the day when a factor is lost. The hash is keyed.
create table recovery_codes (
  account_id uuid not null references accounts (id) on delete cascade,
  hash bytea not null,
  used_at timestamptz,
  primary key (account_id, hash)
);

-- The second step that waits: one row an account, so only the newest counts, and its misses go on
-- counting over all of them.
create table second_steps (
  account_id uuid primary key references accounts (id) on delete cascade,
  id_hash bytea not null unique,
  purpose text not null check (purpose in ('sign_in', 'step_up')),
  session_id uuid check ((session_id is null) = (purpose = 'sign_in')),
  -- A new password, or any end of all sessions, ends the step too.
  epoch integer not null,
  began_at timestamptz not null,
  expires_at timestamptz not null,
  attempts_left integer not null check (attempts_left >= 0),
  used_at timestamptz,
  misses integer not null default 0 check (misses >= 0),
  -- The mail whose code counts, and when it was asked for.
  mail_id uuid,
  mailed_at timestamptz,
  ip text not null,
  user_agent text
) with (fillfactor = 70);

-- When the last codes were mailed for somebody at an address of the network.
create table mailed_codes (
  address text primary key,
  mailed_at timestamptz[] not null
) with (fillfactor = 70);
