-- A buyer disputes a payment at its bank. The sellers' shares are frozen until it has ended.
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

create table chargebacks (
  id uuid primary key,
  provider text not null,
  reference text, -- null: only the charge says yet that it is disputed
  charge_reference text not null,
  payment_id uuid not null references payments (id),
  order_id uuid,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  frozen_minor bigint not null check (frozen_minor between 0 and amount_minor),
  shares jsonb not null, -- [{sellerId, pendingMinor, availableMinor, owingMinor}]
  status text not null check (status in ('opened', 'won', 'lost')),
  is_coverage_eligible boolean,
  documentation_status text,
  documentation_deadline timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  unique (provider, reference),
  -- A charge is disputed once, whoever tells of it first.
  unique (provider, charge_reference),
  check ((status = 'opened') = (closed_at is null))
);
create index chargebacks_of_payment on chargebacks (payment_id);
create index chargebacks_by_age on chargebacks (opened_at desc, id desc);

-- What chargebacks that are open or lost took of the payment: with refunds never more than was captured.
alter table payments add column charged_back_minor bigint not null default 0
  check (charged_back_minor >= 0);
alter table payments add constraint payments_give_back_once
  check (refunded_minor + refunding_minor + charged_back_minor <= amount_minor);

-- Opens it and freezes. p_version and p_earned are what the split was decided on: the payment, and the
-- sellers whose share has left `pending`.
create function open_chargeback(
  p_chargeback jsonb, p_version integer, p_earned uuid[], p_entry jsonb, p_messages jsonb, p_now timestamptz
) returns text language plpgsql as $$
declare
  v_row chargebacks := jsonb_populate_record(null::chargebacks, p_chargeback);
begin
  perform from payments where id = v_row.payment_id and version = p_version for update;
  if not found then
    return case when exists (select from chargebacks c
      where c.provider = v_row.provider and c.charge_reference = v_row.charge_reference) then 'seen' else 'stale' end;
  end if;
  if exists (select from chargebacks c
    where c.provider = v_row.provider and c.charge_reference = v_row.charge_reference) then return 'seen'; end if;
  if p_earned <> (select coalesce(array_agg(distinct t.seller_id order by t.seller_id), '{}')
    from transfers t where t.payment_id = v_row.payment_id and t.kind in ('sale', 'escrow_release'))
  then return 'stale'; end if;
  insert into chargebacks select v_row.*;
  update payments set charged_back_minor = charged_back_minor + v_row.frozen_minor,
    version = version + 1, updated_at = p_now where id = v_row.payment_id;
  perform move_disputed_earnings(v_row, 'chargeback', -1, v_row.shares, p_earned, p_now);
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'opened';
end $$;

-- What was earned and is disputed is no seller's to be paid out: a transfer takes it back, and another
-- gives it again. Shares that were not earned have no transfer.
create function move_disputed_earnings(
  p_chargeback chargebacks, p_kind text, p_sign integer, p_shares jsonb, p_earned uuid[], p_now timestamptz
) returns void language sql as $$
  insert into transfers (id, seller_id, kind, cause_id, payment_id, order_id, gross_minor,
    commission_minor, tax_minor, net_minor, currency, earned_at)
  select uuidv7(), s.seller, p_kind, p_chargeback.id, p_chargeback.payment_id, p_chargeback.order_id,
    p_sign * s.minor, 0, 0, p_sign * s.minor, p_chargeback.currency, p_now
  from (
    select (s ->> 'sellerId')::uuid as seller,
      (s ->> 'availableMinor')::bigint + (s ->> 'owingMinor')::bigint as minor
    from jsonb_array_elements(p_shares) s
  ) s
  where s.minor > 0
$$;

create function close_chargeback(
  p_id uuid, p_status text, p_shares jsonb, p_entry jsonb, p_messages jsonb, p_now timestamptz
) returns text language plpgsql as $$
declare
  v_row chargebacks;
begin
  -- The payment before what is of it, as everybody who takes both.
  perform from payments where id = (select payment_id from chargebacks where id = p_id) for update;
  update chargebacks set status = p_status, closed_at = p_now
  where id = p_id and status = 'opened' returning * into v_row;
  if not found then return 'seen'; end if;
  if p_status = 'won' then
    update payments set charged_back_minor = charged_back_minor - v_row.frozen_minor,
      version = version + 1, updated_at = p_now where id = v_row.payment_id;
    perform move_disputed_earnings(v_row, 'chargeback_won', 1, p_shares, null, p_now);
  end if;
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'closed';
end $$;
