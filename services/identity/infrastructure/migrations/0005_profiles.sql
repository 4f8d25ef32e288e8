-- Name, telephone and language are users' own; accounts keep a copy of this version of theirs.
alter table accounts add column profile_version integer not null default 0;

-- Accounts that were opened before users was there: told once, as they are today.
insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
select m.id, 'identity.account-changed.v1', a.id::text, a.version, now(), m.id,
  jsonb_build_object(
    'accountId', a.id, 'email', a.email, 'username', a.username, 'fullName', a.full_name,
    'phoneNumber', a.phone_number, 'language', a.language, 'roles', to_jsonb(a.roles),
    'status', a.status, 'isEmailVerified', a.email_verified_at is not null,
    'registeredAt', to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'changedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
from accounts a cross join lateral (select uuidv7() as id, a.id as of_account) m;
