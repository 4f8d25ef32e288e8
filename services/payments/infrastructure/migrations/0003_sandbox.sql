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

-- Refunds once a key. The charge is locked first: the same key at the same moment then finds what the
-- first did, which one statement cannot see. Answers the reference, or null: not refundable.
create function sandbox_refund(
  p_key uuid, p_charge_key uuid, p_amount bigint, p_reference uuid, out reference uuid
) language plpgsql as $$
begin
  perform from sandbox_charges c where c.key = p_charge_key for update;
  select r.reference into reference from sandbox_refunds r where r.key = p_key;
  if found then return; end if;
  update sandbox_charges c set refunded_minor = c.refunded_minor + p_amount
  where c.key = p_charge_key and c.status = 'approved'
    and c.refunded_minor + p_amount <= c.amount_minor;
  if not found then return; end if;
  insert into sandbox_refunds values (p_key, p_reference, p_charge_key, p_amount);
  reference := p_reference;
end $$;
