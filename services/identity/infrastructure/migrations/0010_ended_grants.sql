-- Authorizations of applications that ended while access tokens by them may live. Their rows are gone.
create table ended_grants (
  id uuid primary key,
  ended_at timestamptz not null
);
create index ended_grants_age on ended_grants (ended_at);
