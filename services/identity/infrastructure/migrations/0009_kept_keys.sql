-- Keys of hashes that nobody can make anew, since what was hashed is not here: of recovery codes and
-- of names of who was forgotten. They outlive the secret that they were derived from.
create table kept_keys (
  -- What for, and the SHA-256 of the key.
  id text primary key check (id ~ '^[a-z-]+:[0-9a-f]{64}$'),
  -- AES-256-GCM under a key that is not in the database: nonce, tag, cipher text.
  sealed bytea not null,
  made_at timestamptz not null
);
