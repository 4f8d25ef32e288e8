-- What an administrator has said of second factors; no row: what the environment says counts.
create table second_factor_policy (
  only_row boolean primary key default true check (only_row),
  version integer not null check (version > 0),
  mode text not null check (mode in ('off', 'optional', 'required')),
  -- Who needs one, when one is required.
  roles text[] not null check (
    roles <@ array['customer', 'seller', 'professional', 'support', 'admin']
    and (mode = 'required') = (cardinality(roles) > 0)),
  changed_at timestamptz not null,
  changed_by uuid not null
);
