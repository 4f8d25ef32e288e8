-- The books of the sandbox provider: what a real one keeps on its own side. Nothing of payments
-- reads them but the sandbox adapter.
create table sandbox_charges (
  key uuid primary key,
  reference uuid not null unique,
  amount_minor bigint not null,
  currency text not null,
  status text not null check (status in ('processing', 'approved', 'declined', 'voided')),
  outcome text not null check (outcome in ('approved', 'declined')),
  reason text,
  settles_at timestamptz not null,
  refunded_minor bigint not null default 0 check (refunded_minor <= amount_minor),
  created_at timestamptz not null
);

create table sandbox_refunds (
  key uuid primary key,
  reference uuid not null unique,
  charge_key uuid not null references sandbox_charges (key),
  amount_minor bigint not null check (amount_minor > 0)
);
