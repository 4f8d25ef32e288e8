-- When the holder of a session last proved all that the account asks for: a thief of a token cannot
-- do what asks for a fresh proof.
alter table sessions add column authenticated_at timestamptz;
update sessions set authenticated_at = created_at;
alter table sessions alter column authenticated_at set not null;
