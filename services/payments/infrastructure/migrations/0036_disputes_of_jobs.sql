-- A dispute of a job's payment: what is held is frozen where it is, what was released is taken from its
-- payee. Lost, the holds that it took end as charged back; the others go on.

alter table chargebacks add column job_id uuid;
-- [{holdId, amountMinor}]: the holds that it takes, whole ones only, in the order of the contract.
alter table chargebacks add column holds jsonb not null default '[]';

do $$
declare
  v_name text;
begin
  for v_name in select conname from pg_constraint
    where conrelid = 'escrow_resolutions'::regclass and contype = 'c'
      and (pg_get_constraintdef(oid) like '%net_minor + refunded_minor%'
        or conname in ('escrow_resolutions_kind_check', 'escrow_resolutions_decided_as_check'))
  loop
    execute format('alter table escrow_resolutions drop constraint %I', v_name);
  end loop;
end $$;
-- What the provider took; null where it took nothing.
alter table escrow_resolutions add column charged_back_minor bigint check (charged_back_minor > 0);
alter table escrow_resolutions
  add constraint escrow_resolutions_kind check (kind in ('released', 'refunded', 'split', 'charged_back')),
  add constraint escrow_resolutions_charged_back
    check ((kind = 'charged_back') = (charged_back_minor is not null)),
  add constraint escrow_resolutions_decided_as
    check (decided_as in ('buyer', 'payee', 'support', 'admin', 'deadline', 'provider')),
  add constraint escrow_resolutions_whole check (net_minor + refunded_minor + commission_minor + tax_minor
    + coalesce(charged_back_minor, 0) = held_minor);
alter table escrows drop constraint escrows_status_check;
alter table escrows add constraint escrows_status_check
  check (status in ('held', 'disputed', 'released', 'refunded', 'split', 'charged_back'));

create or replace function open_chargeback(
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
  -- A hold is released without its payment: what is taken must still be there.
  perform from escrows where payment_id = v_row.payment_id order by id for update;
  if exists (select from jsonb_array_elements(v_row.holds) h where not exists (
    select from escrows e where e.id = (h ->> 'holdId')::uuid and e.status in ('held', 'disputed')
      and e.frozen_by is null)) then return 'stale'; end if;
  if p_earned <> (select coalesce(array_agg(distinct t.seller_id order by t.seller_id), '{}')
    from transfers t where t.payment_id = v_row.payment_id and t.kind in ('sale', 'escrow_release'))
  then return 'stale'; end if;
  insert into chargebacks select v_row.*;
  update payments set charged_back_minor = charged_back_minor + v_row.frozen_minor,
    version = version + 1, updated_at = p_now where id = v_row.payment_id;
  perform freeze_escrows(v_row.payment_id, v_row.id, p_now);
  perform move_disputed_earnings(v_row, 'chargeback', -1, v_row.shares, p_earned, p_now);
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'opened';
end $$;

create or replace function move_disputed_earnings(
  p_chargeback chargebacks, p_kind text, p_sign integer, p_shares jsonb, p_earned uuid[], p_now timestamptz
) returns void language sql as $$
  insert into transfers (id, seller_id, kind, cause_id, payment_id, order_id, job_id, gross_minor,
    commission_minor, tax_minor, net_minor, currency, earned_at)
  select uuidv7(), s.seller, p_kind, p_chargeback.id, p_chargeback.payment_id, p_chargeback.order_id,
    p_chargeback.job_id, p_sign * s.minor, 0, 0, p_sign * s.minor, p_chargeback.currency, p_now
  from (
    select (s ->> 'sellerId')::uuid as seller,
      (s ->> 'availableMinor')::bigint + (s ->> 'owingMinor')::bigint as minor
    from jsonb_array_elements(p_shares) s
  ) s
  where s.minor > 0
$$;

-- The provider keeps what was held: the holds that the dispute took end, once.
create function charge_holds_back(p_chargeback chargebacks, p_now timestamptz) returns void
language plpgsql as $$
declare
  v_ids uuid[] := array(
    select (h ->> 'holdId')::uuid from jsonb_array_elements(p_chargeback.holds) h order by 1);
begin
  insert into escrow_resolutions (hold_id, id, kind, held_minor, net_minor, refunded_minor,
    commission_minor, tax_minor, charged_back_minor, decided_as, decided_at)
  select id, uuidv7(), 'charged_back', amount_minor, 0, 0, 0, 0, amount_minor, 'provider', p_now
  from escrows where id = any(v_ids) and frozen_by = p_chargeback.id;
  update escrows set status = 'charged_back', frozen_by = null, version = version + 1, updated_at = p_now
  where id = any(v_ids) and frozen_by = p_chargeback.id;
  delete from escrow_decisions where hold_id = any(v_ids);
  delete from deadlines where kind = 'release-escrow' and key = any(v_ids::text[]);
end $$;

create or replace function close_chargeback(
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
  else
    perform charge_holds_back(v_row, p_now);
  end if;
  perform unfreeze_escrows(p_id, p_now);
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'closed';
end $$;

-- As create_checkout, of a job.
create function create_job_checkout(
  p_id uuid, p_job_id uuid, p_buyer_id uuid, p_provider text, p_now timestamptz,
  p_poll_at timestamptz, out result text, out payment payments, out checkout provider_checkouts
) language plpgsql as $$
declare
  v_made record;
begin
  select * into v_made
  from create_job_payment(p_id, p_job_id, p_buyer_id, p_provider, null, null, p_now, p_poll_at);
  result := v_made.result;
  payment := v_made.payment;
  if result = 'created' then
    delete from deadlines where kind = 'check-payment' and key = payment.id::text;
    insert into deadlines (kind, key, due_at) values ('poll-checkout', payment.id::text, p_poll_at);
    insert into provider_checkouts (payment_id, provider, expires_at, created_at)
    select payment.id, p_provider, j.pay_by, p_now from job_payables j where j.job_id = p_job_id
    returning * into checkout;
  elsif result = 'exists' then
    select * into checkout from provider_checkouts c where c.payment_id = payment.id;
  end if;
end $$;
