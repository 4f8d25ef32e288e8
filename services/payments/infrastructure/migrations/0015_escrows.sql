-- What a seller earned or lost, one row an earning or reversal; negative for reversals. The rows that
-- no payout lists add up to what the ledger says is available, less what is owed.
create table if not exists transfers (
  id uuid primary key,
  seller_id uuid not null,
  kind text not null check (kind in ('sale', 'escrow_release', 'refund', 'chargeback', 'chargeback_won',
    'adjustment')),
  cause_id uuid not null,
  payment_id uuid,
  order_id uuid,
  job_id uuid,
  gross_minor bigint not null,
  commission_minor bigint not null,
  tax_minor bigint not null,
  net_minor bigint not null,
  currency text not null,
  earned_at timestamptz not null,
  payout_id uuid,
  unique (kind, cause_id, seller_id),
  check (gross_minor - commission_minor - tax_minor = net_minor)
);
create index if not exists transfers_unpaid on transfers (seller_id, currency, id) where payout_id is null;
create index if not exists transfers_of_payout on transfers (payout_id) where payout_id is not null;

-- Where no migration has told the books yet which kinds of account are never below zero.
do $$
begin
  if to_regclass('account_kinds') is not null then return; end if;
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

-- What may be charged for a job. `parts` is what becomes of it: one hold a part.
create table job_payables (
  job_id uuid primary key,
  buyer_id uuid not null,
  payee_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  -- [{holdId, partId, name, amountMinor, commissionMinor, commissionTaxMinor, releaseRule}]
  parts jsonb not null,
  tax_jurisdiction text,
  pay_by timestamptz not null
);

-- A payment is of one order or of one job.
alter table payments alter column order_id drop not null;
alter table payments add column job_id uuid;
alter table payments add constraint payments_of_order_or_job check (num_nonnulls(order_id, job_id) = 1);
create unique index payments_one_live_of_job on payments (job_id)
  where job_id is not null and status not in ('failed', 'cancelled');
alter table refunds add column hold_id uuid;

create table escrows (
  id uuid primary key,
  job_id uuid not null,
  part_id text not null,
  position integer not null,
  name text not null,
  buyer_id uuid not null,
  payee_id uuid not null,
  payment_id uuid not null references payments (id),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  -- Frozen with the contract; taken when the part is released.
  commission_minor bigint not null check (commission_minor >= 0),
  commission_tax_minor bigint not null check (commission_tax_minor >= 0),
  tax_jurisdiction text,
  release_rule jsonb not null,
  status text not null check (status in ('held', 'disputed', 'released', 'refunded', 'split')),
  -- When it is released by itself; null while nothing says so.
  release_at timestamptz,
  -- The chargeback that holds it back.
  frozen_by uuid,
  disputed_by uuid,
  disputed_as text check (disputed_as in ('buyer', 'payee')),
  dispute_reason text,
  disputed_at timestamptz,
  dispute_id uuid,
  held_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  unique (job_id, part_id),
  unique (id, amount_minor),
  check (commission_minor + commission_tax_minor <= amount_minor)
);
create index escrows_of_buyer on escrows (buyer_id, held_at desc, id desc);
create index escrows_of_payee on escrows (payee_id, held_at desc, id desc);
create index escrows_by_age on escrows (held_at desc, id desc);
create index escrows_of_payment on escrows (payment_id);

-- How a hold ended: once, and what left it is what entered (reliability E1, E2).
create table escrow_resolutions (
  hold_id uuid primary key,
  id uuid not null unique,
  kind text not null check (kind in ('released', 'refunded', 'split')),
  held_minor bigint not null,
  net_minor bigint not null check (net_minor >= 0),
  refunded_minor bigint not null check (refunded_minor >= 0),
  commission_minor bigint not null check (commission_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  decided_by uuid,
  decided_as text not null check (decided_as in ('buyer', 'payee', 'support', 'admin', 'deadline')),
  confirmed_by uuid check (confirmed_by <> decided_by),
  reason text,
  refund_id uuid unique,
  decided_at timestamptz not null,
  foreign key (hold_id, held_minor) references escrows (id, amount_minor),
  check (net_minor + refunded_minor + commission_minor + tax_minor = held_minor),
  check ((refund_id is null) = (refunded_minor = 0))
);

-- What one administrator has decided of much money, until another confirms it (reliability E8).
create table escrow_decisions (
  hold_id uuid primary key references escrows (id),
  kind text not null check (kind in ('released', 'refunded', 'split')),
  refund_minor bigint not null check (refund_minor >= 0),
  reason text not null,
  decided_by uuid not null,
  decided_at timestamptz not null
);

-- The holds come into being with the capture that fills them, in its transaction (reliability E3).
create function hold_parts_of_job() returns trigger language plpgsql as $$
begin
  insert into escrows (id, job_id, part_id, position, name, buyer_id, payee_id, payment_id, amount_minor,
    currency, commission_minor, commission_tax_minor, tax_jurisdiction, release_rule, status, release_at,
    held_at, updated_at)
  select (p.part ->> 'holdId')::uuid, j.job_id, p.part ->> 'partId', p.n, p.part ->> 'name', j.buyer_id,
    j.payee_id, new.id, (p.part ->> 'amountMinor')::bigint, j.currency,
    (p.part ->> 'commissionMinor')::bigint, (p.part ->> 'commissionTaxMinor')::bigint, j.tax_jurisdiction,
    p.part -> 'releaseRule', 'held',
    case p.part #>> '{releaseRule,kind}' when 'on_date'
      then greatest((p.part #>> '{releaseRule,date}')::timestamptz, new.completed_at) end,
    new.completed_at, new.completed_at
  from job_payables j, jsonb_array_elements(j.parts) with ordinality as p (part, n)
  where j.job_id = new.job_id;
  insert into deadlines (kind, key, due_at)
  select 'release-escrow', id::text, release_at from escrows
  where payment_id = new.id and release_at is not null;
  return null;
end $$;
create trigger parts_are_held after update of status on payments for each row
  when (new.job_id is not null and new.status = 'completed' and old.status <> 'completed')
  execute function hold_parts_of_job();

-- As create_payment, of a job.
create function create_job_payment(
  p_id uuid, p_job_id uuid, p_buyer_id uuid, p_provider text, p_brand text, p_last4 text,
  p_now timestamptz, p_check_at timestamptz, out result text, out payment payments
) language plpgsql as $$
declare
  v_payable job_payables;
begin
  select * into payment from payments p where p.id = p_id;
  if found then result := 'exists'; return; end if;
  -- Locked: two tries at once meet here and not at the index.
  select * into v_payable from job_payables
  where job_id = p_job_id and buyer_id = p_buyer_id for update;
  if not found then result := 'unknown'; return; end if;
  select * into payment from payments p
  where p.job_id = p_job_id and p.status not in ('failed', 'cancelled');
  if found then result := 'exists'; return; end if;
  if v_payable.pay_by <= p_now then result := 'closed'; return; end if;

  insert into payments (id, job_id, buyer_id, amount_minor, currency, shares, status, provider,
                        card_brand, card_last4, created_at, updated_at)
  values (p_id, p_job_id, p_buyer_id, v_payable.amount_minor, v_payable.currency,
          (select jsonb_agg(jsonb_build_object('sellerId', v_payable.payee_id, 'holdId', p ->> 'holdId',
             'amountMinor', p ->> 'amountMinor', 'refundedMinor', '0') order by n)
           from jsonb_array_elements(v_payable.parts) with ordinality as parts (p, n)),
          'pending', p_provider, p_brand, p_last4, p_now, p_now)
  returning * into payment;
  insert into deadlines (kind, key, due_at) values ('check-payment', p_id::text, p_check_at);
  result := 'created';
end $$;

-- Sends a part of the payment back: the intent, which a timer carries out.
create function refund_hold(p_hold escrows, p_refund_id uuid, p_amount bigint, p_by text, p_now timestamptz)
returns void language plpgsql as $$
begin
  update payments set refunding_minor = refunding_minor + p_amount, version = version + 1,
    updated_at = p_now where id = p_hold.payment_id;
  insert into refunds (id, payment_id, hold_id, amount_minor, currency, reason, requested_by, status,
                       created_at, updated_at)
  values (p_refund_id, p_hold.payment_id, p_hold.id, p_amount, p_hold.currency, 'escrow_refunded', p_by,
          'requested', p_now, p_now);
  insert into deadlines (kind, key, due_at) values ('send-refund', p_refund_id::text, p_now);
end $$;

-- Ends a hold, once. `p_version` is the hold as it was decided on.
create function resolve_escrow(
  p_id uuid, p_version integer, p_resolution jsonb, p_transfer_id uuid, p_entry jsonb, p_now timestamptz,
  p_messages jsonb
) returns text language plpgsql as $$
declare
  v_hold escrows;
  v_end escrow_resolutions;
begin
  v_end := jsonb_populate_record(null::escrow_resolutions, p_resolution);
  -- The payment before its holds, as everybody who takes both.
  if v_end.refunded_minor > 0 then
    perform from payments where id = (select payment_id from escrows where id = p_id) for update;
  end if;
  update escrows set status = v_end.kind, version = version + 1, updated_at = p_now
  where id = p_id and version = p_version and status in ('held', 'disputed') and frozen_by is null
  returning * into v_hold;
  if not found then return 'stale'; end if;
  v_end.hold_id := p_id;
  v_end.held_minor := v_hold.amount_minor;
  v_end.decided_at := p_now;
  insert into escrow_resolutions select v_end.*;
  delete from escrow_decisions where hold_id = p_id;
  delete from deadlines where kind = 'release-escrow' and key = p_id::text;
  if v_end.refunded_minor > 0 then
    perform refund_hold(v_hold, v_end.refund_id, v_end.refunded_minor,
      coalesce(v_end.decided_by::text, v_end.decided_as), p_now);
  end if;
  if p_transfer_id is not null then
    insert into transfers (id, seller_id, kind, cause_id, payment_id, job_id, gross_minor,
      commission_minor, tax_minor, net_minor, currency, earned_at)
    values (p_transfer_id, v_hold.payee_id, 'escrow_release', p_id, v_hold.payment_id, v_hold.job_id,
      v_end.net_minor + v_end.commission_minor + v_end.tax_minor, v_end.commission_minor, v_end.tax_minor,
      v_end.net_minor, v_hold.currency, p_now);
    -- What is retained for a warranty counts from here.
    with started as (
      update escrows w set version = w.version + 1, updated_at = p_now,
        release_at = p_now + make_interval(days => (w.release_rule ->> 'days')::integer)
      where w.job_id = v_hold.job_id and w.release_rule ->> 'kind' = 'after_warranty_days'
        and w.release_rule ->> 'afterPartId' = v_hold.part_id and w.release_at is null
        and w.status in ('held', 'disputed')
      returning w.id, w.release_at
    )
    insert into deadlines (kind, key, due_at) select 'release-escrow', id::text, release_at from started
    on conflict do nothing;
  end if;
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'resolved';
end $$;

create function dispute_escrow(
  p_id uuid, p_version integer, p_dispute_id uuid, p_by uuid, p_as text, p_reason text,
  p_now timestamptz, p_messages jsonb
) returns text language plpgsql as $$
begin
  update escrows set status = 'disputed', dispute_id = p_dispute_id, disputed_by = p_by, disputed_as = p_as,
    dispute_reason = p_reason, disputed_at = p_now, updated_at = p_now, version = version + 1
  where id = p_id and version = p_version and status = 'held';
  if not found then return 'stale'; end if;
  delete from deadlines where kind = 'release-escrow' and key = p_id::text;
  perform queue_messages(p_messages);
  return 'disputed';
end $$;

create function propose_escrow_decision(
  p_id uuid, p_version integer, p_kind text, p_refund bigint, p_reason text, p_by uuid, p_now timestamptz
) returns text language plpgsql as $$
begin
  update escrows set version = version + 1, updated_at = p_now
  where id = p_id and version = p_version and status in ('held', 'disputed') and frozen_by is null;
  if not found then return 'stale'; end if;
  insert into escrow_decisions values (p_id, p_kind, p_refund, p_reason, p_by, p_now)
  on conflict (hold_id) do update set kind = excluded.kind, refund_minor = excluded.refund_minor,
    reason = excluded.reason, decided_by = excluded.decided_by, decided_at = excluded.decided_at;
  return 'proposed';
end $$;

-- The work is delivered: parts that wait for the buyer's silence count from here, once.
create function start_release_clocks(p_job_id uuid, p_part_ids text[], p_delivered_at timestamptz, p_now timestamptz)
returns void language sql as $$
  with started as (
    update escrows set version = version + 1, updated_at = p_now,
      release_at = p_delivered_at + make_interval(days => (release_rule ->> 'days')::integer)
    where job_id = p_job_id and release_rule ->> 'kind' = 'auto_after_days' and release_at is null
      and (p_part_ids = '{}' or part_id = any (p_part_ids)) and status in ('held', 'disputed')
    returning id, release_at
  )
  insert into deadlines (kind, key, due_at) select 'release-escrow', id::text, release_at from started
  on conflict do nothing
$$;

-- A chargeback holds back what is held of its payment; answers how much. The payment is locked first.
create function freeze_escrows(p_payment_id uuid, p_chargeback_id uuid, p_now timestamptz)
returns bigint language plpgsql as $$
declare
  v_frozen bigint;
begin
  perform from payments where id = p_payment_id for update;
  with frozen as (
    update escrows set frozen_by = p_chargeback_id, version = version + 1, updated_at = p_now
    where payment_id = p_payment_id and status in ('held', 'disputed') and frozen_by is null
    returning amount_minor
  )
  select coalesce(sum(amount_minor), 0) into v_frozen from frozen;
  return v_frozen;
end $$;

-- The chargeback was won: what was due meanwhile is due now.
create function unfreeze_escrows(p_chargeback_id uuid, p_now timestamptz) returns void language sql as $$
  with thawed as (
    update escrows set frozen_by = null, version = version + 1, updated_at = p_now
    where frozen_by = p_chargeback_id
    returning id, status, release_at
  )
  insert into deadlines (kind, key, due_at)
  select 'release-escrow', id::text, greatest(release_at, p_now) from thawed
  where status = 'held' and release_at is not null
  on conflict (kind, key) do update set due_at = excluded.due_at
$$;
create index escrows_frozen on escrows (frozen_by) where frozen_by is not null;
