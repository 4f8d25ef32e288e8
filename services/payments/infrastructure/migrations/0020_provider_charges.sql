-- A provider where the buyer pays on a page of its own. What happens there is read from it, and kept
-- as one row a charge: a payment may see none, one, or several of them.

-- Which card was used is the provider's to know.
alter table payments alter column card_brand drop not null;
alter table payments alter column card_last4 drop not null;

-- Where no migration has told the books yet which kinds of account are never below zero.
do $$
begin
  if to_regclass('account_kinds') is not null
     or exists (select from pg_trigger where tgname = 'accounts_by_kind') then return; end if;
  create function say_what_is_payable() returns trigger language plpgsql as $f$
  begin
    new.is_payable := new.id ~ '^(seller:.*:(pending|available|disputed)|buyer:.*|escrow:.*|payouts:in_transit)$';
    return new;
  end $f$;
  create trigger accounts_by_kind before insert on ledger_accounts
    for each row execute function say_what_is_payable();
  alter table ledger_accounts add constraint owing_is_owed
    check (id not like 'seller:%:owing' or balance_minor <= 0);
end $$;

-- The page at the provider where a payment is paid. Its row is committed before the provider is asked.
create table provider_checkouts (
  payment_id uuid primary key references payments (id),
  provider text not null,
  -- The provider's own id of the page and its address; null until it has answered.
  reference text,
  url text,
  -- Whose money it becomes there, as the provider calls it; null: the platform's.
  collector text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  check ((reference is null) = (url is null))
);

create table provider_charges (
  id uuid primary key,
  provider text not null,
  reference text not null,
  payment_id uuid references payments (id), -- null: of nothing that we know
  -- What the provider keeps together: a merchant order of several charges.
  group_reference text,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  status text not null check (status in ('pending', 'in_process', 'authorized', 'approved', 'refunded',
    'charged_back', 'rejected', 'cancelled')),
  -- What its money is to us: not here yet, or a part that waits for others; the payment's; too much,
  -- and on its way back; none of ours.
  role text not null check (role in ('waiting', 'captured', 'surplus', 'not_ours')),
  refunded_minor bigint not null default 0 check (refunded_minor between 0 and amount_minor),
  fee_minor bigint check (fee_minor >= 0), -- null: not known yet
  raw_status text not null,
  raw_detail text,
  mismatch text,
  first_seen_at timestamptz not null,
  seen_at timestamptz not null,
  unique (provider, reference),
  check (role <> 'captured' or payment_id is not null),
  check (role <> 'captured' or status in ('approved', 'refunded', 'charged_back'))
);
create index provider_charges_of_payment on provider_charges (payment_id);
create index provider_charges_by_age on provider_charges (first_seen_at desc, id desc);

-- The lattice of reliability 5.1, for every writer: a status never moves back, money once captured or
-- surplus stays that, and what a provider says of its amount never changes.
create function charge_may_move(p_from text, p_to text) returns boolean language sql immutable as $$
  select p_from = p_to or case p_from
    when 'pending' then true
    when 'in_process' then p_to <> 'pending'
    when 'authorized' then p_to not in ('pending', 'in_process')
    when 'approved' then p_to in ('refunded', 'charged_back')
    else false end
$$;
create function keep_charge_moving_forward() returns trigger language plpgsql as $$
begin
  if not charge_may_move(old.status, new.status) or (old.role <> 'waiting' and new.role <> old.role)
     or new.refunded_minor < old.refunded_minor or new.amount_minor <> old.amount_minor
     or new.currency <> old.currency or new.payment_id is distinct from old.payment_id then
    raise exception 'charge % does not move from % % to % %', old.reference, old.status, old.role,
      new.status, new.role using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger charges_move_forward before update on provider_charges
  for each row execute function keep_charge_moving_forward();

-- What is asked of a provider to pay back; the id is its key and never changes. Of one refund there is
-- one row a charge, of a surplus charge one of its own.
create table provider_refunds (
  id uuid primary key,
  charge_id uuid not null references provider_charges (id),
  refund_id uuid, -- null: of a surplus
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  status text not null check (status in ('requested', 'pending', 'completed', 'failed')),
  reference text,
  failure text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (refund_id, charge_id)
);
create index provider_refunds_of_charge on provider_refunds (charge_id);
-- What of a refund the provider works on; it stays requested until then.
alter table refunds add column pending_since timestamptz;

-- What a person has to look at: one row a matter, however often it is met.
create table payment_alerts (
  id uuid primary key,
  provider text not null,
  kind text not null,
  subject text not null,
  payment_id uuid,
  detail jsonb not null default '{}',
  raised_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid,
  unique (kind, subject),
  check ((resolved_at is null) = (resolved_by is null))
);
create index payment_alerts_open on payment_alerts (raised_at, id) where resolved_at is null;

create function raise_alerts(p_alerts jsonb, p_now timestamptz) returns void language sql as $$
  insert into payment_alerts (id, provider, kind, subject, payment_id, detail, raised_at)
  select a.id, a.provider, a.kind, a.subject, a.payment_id, coalesce(a.detail, '{}'), p_now
  from jsonb_to_recordset(p_alerts) as a (
    id uuid, provider text, kind text, subject text, payment_id uuid, detail jsonb)
  on conflict (kind, subject) do nothing
$$;

-- The intent to let an order be paid on a provider's page, as create_payment. The same again answers
-- the page that is there.
create function create_checkout(
  p_id uuid, p_order_id uuid, p_buyer_id uuid, p_provider text, p_now timestamptz,
  p_poll_at timestamptz, out result text, out payment payments, out checkout provider_checkouts
) language plpgsql as $$
declare
  v_made record;
begin
  select * into v_made
  from create_payment(p_id, p_order_id, p_buyer_id, p_provider, null, null, p_now, p_poll_at);
  result := v_made.result;
  payment := v_made.payment;
  if result = 'created' then
    -- It is polled as a page, not checked as a card.
    delete from deadlines where kind = 'check-payment' and key = payment.id::text;
    insert into deadlines (kind, key, due_at) values ('poll-checkout', payment.id::text, p_poll_at);
    insert into provider_checkouts (payment_id, provider, expires_at, created_at)
    select payment.id, p_provider, p.pay_by, p_now from payables p where p.order_id = p_order_id
    returning * into checkout;
  elsif result = 'exists' then
    select * into checkout from provider_checkouts c where c.payment_id = payment.id;
  end if;
end $$;

-- Records what a charge did to a payment, if the payment is as it was when that was decided. A row of
-- p_charges is written whole; p_outcome settles the payment, p_refunds are intents.
create function record_charges(
  p_payment_id uuid, p_version integer, p_charges jsonb, p_outcome jsonb, p_refunds jsonb,
  p_entries jsonb, p_alerts jsonb, p_messages jsonb, p_poll_at timestamptz, p_now timestamptz
) returns text language plpgsql as $$
declare
  v_entry jsonb;
  v_is_settled boolean;
begin
  perform from payments where id = p_payment_id and version = p_version for update;
  if not found then return 'stale'; end if;
  insert into provider_charges as c
  select r.* from jsonb_populate_recordset(null::provider_charges, p_charges) r
  on conflict (provider, reference) do update set status = excluded.status, role = excluded.role,
    group_reference = coalesce(excluded.group_reference, c.group_reference),
    -- A refund of ours may have been settled meanwhile.
    refunded_minor = greatest(c.refunded_minor, excluded.refunded_minor), fee_minor = excluded.fee_minor,
    raw_status = excluded.raw_status, raw_detail = excluded.raw_detail, mismatch = excluded.mismatch,
    seen_at = excluded.seen_at;
  if p_outcome is not null then
    select s.is_settled into v_is_settled from settle_payment(p_payment_id, p_outcome ->> 'status',
      p_outcome ->> 'reference', p_outcome ->> 'failure', p_now, nullif(p_outcome -> 'entry', 'null'), '[]') s;
    if not v_is_settled then
      raise exception 'payment % has ended', p_payment_id using errcode = 'check_violation';
    end if;
  else
    update payments set version = version + 1, updated_at = p_now where id = p_payment_id;
  end if;
  insert into provider_refunds
  select r.* from jsonb_populate_recordset(null::provider_refunds, p_refunds) r;
  insert into deadlines (kind, key, due_at)
  select 'refund-charge', r.id::text, p_now
  from jsonb_populate_recordset(null::provider_refunds, p_refunds) r where r.status = 'requested';
  for v_entry in select * from jsonb_array_elements(p_entries) loop
    perform post_entry(v_entry, p_now);
  end loop;
  perform raise_alerts(p_alerts, p_now);
  perform queue_messages(p_messages);
  if p_poll_at is not null then
    insert into deadlines (kind, key, due_at) values ('poll-checkout', p_payment_id::text, p_poll_at)
    on conflict (kind, key) do update set due_at = excluded.due_at;
  end if;
  return 'recorded';
end $$;

-- Which charges a refund goes back through: the intent, made once. Answers nothing where the charges
-- have less left than the refund, which then is not one.
create function plan_provider_refund(
  p_refund_id uuid, p_payment_id uuid, p_amount bigint, p_now timestamptz
) returns setof provider_refunds language plpgsql as $$
declare
  v_left bigint := p_amount;
  v_part bigint;
  v_charge record;
begin
  perform from payments where id = p_payment_id for update;
  return query select * from provider_refunds where refund_id = p_refund_id order by id;
  if found then return; end if;
  for v_charge in
    select c.id, c.currency, c.amount_minor - greatest(c.refunded_minor, coalesce((
      select sum(r.amount_minor) from provider_refunds r
      where r.charge_id = c.id and r.status <> 'failed'), 0)) as room
    from provider_charges c where c.payment_id = p_payment_id and c.role = 'captured' order by c.id
  loop
    v_part := least(v_left, v_charge.room);
    continue when v_part <= 0;
    v_left := v_left - v_part;
    return query insert into provider_refunds (id, charge_id, refund_id, amount_minor, currency, status,
        created_at, updated_at)
      values (case when v_part = p_amount then p_refund_id else uuidv7() end, v_charge.id, p_refund_id,
        v_part, v_charge.currency, 'requested', p_now, p_now) returning *;
  end loop;
  if v_left > 0 then
    raise exception 'the charges of payment % have too little left', p_payment_id using errcode = 'PZ001';
  end if;
end $$;

-- What the provider did with one of them, once; the charge knows what went back.
create function settle_provider_refund(
  p_id uuid, p_status text, p_reference text, p_failure text, p_entry jsonb, p_alerts jsonb, p_now timestamptz
) returns boolean language plpgsql as $$
declare
  v_refund provider_refunds;
begin
  perform raise_alerts(p_alerts, p_now);
  update provider_refunds set status = p_status, reference = coalesce(p_reference, reference),
    failure = p_failure, updated_at = p_now
  where id = p_id and status in ('requested', 'pending') and status <> p_status returning * into v_refund;
  if not found then return false; end if;
  if p_status in ('completed', 'failed') then
    delete from deadlines where kind = 'refund-charge' and key = p_id::text;
  end if;
  if p_status = 'completed' then
    update provider_charges c set refunded_minor = greatest(c.refunded_minor, (
        select sum(r.amount_minor) from provider_refunds r
        where r.charge_id = c.id and r.status = 'completed'))
    where c.id = v_refund.charge_id;
    perform post_entry(p_entry, p_now);
  end if;
  return true;
end $$;

-- Somebody refunded at the provider itself: a refund of ours stands for it, so that the books follow.
create function adopt_provider_refund(p_charge_id uuid, p_id uuid, p_now timestamptz) returns boolean
language plpgsql as $$
declare
  v_charge provider_charges;
  v_excess bigint;
  v_result text;
begin
  perform from payments p where p.id = (select payment_id from provider_charges where id = p_charge_id)
  for update;
  select * into v_charge from provider_charges where id = p_charge_id and role = 'captured';
  v_excess := v_charge.refunded_minor - coalesce((
    select sum(r.amount_minor) from provider_refunds r
    where r.charge_id = p_charge_id and r.status <> 'failed'), 0);
  if v_excess is null or v_excess <= 0 then return false; end if;
  select r.result into v_result from request_refund(p_id, v_charge.payment_id, v_excess,
    'refunded_at_provider', v_charge.provider, p_now, null, null) r;
  if v_result <> 'requested' then return false; end if;
  insert into provider_refunds (id, charge_id, refund_id, amount_minor, currency, status, created_at,
                                updated_at)
  values (p_id, p_charge_id, p_id, v_excess, v_charge.currency, 'completed', p_now, p_now);
  return true;
end $$;
