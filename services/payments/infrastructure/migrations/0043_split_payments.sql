-- Charges that go to a seller's own account at a provider, of which only our fee comes to us (ADR 0032).
-- Decided when the payment is opened; what the seller has there is never paid out.

alter table payments
  add column split_account text, -- the seller's id at the provider; null: the charges are to us
  add column split_fee_minor bigint,
  add column split_unit_minor bigint, -- the least that the provider moves in the currency
  add constraint payments_split_is_whole check (
    (split_account is null) = (split_fee_minor is null)
    and (split_account is null) = (split_unit_minor is null)),
  add constraint payments_split_fee check (split_unit_minor > 0 and split_fee_minor >= 0
    and split_fee_minor < amount_minor and split_fee_minor % split_unit_minor = 0),
  add constraint payments_split_is_of_one_seller check (
    split_account is null or (job_id is null and jsonb_array_length(shares) = 1));
create index payments_of_split_account on payments (split_account, created_at) where split_account is not null;

insert into account_kinds (kind, pattern, normal_side, bound) values
  ('seller_collected', 'seller:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:collected', 'debit', -1);

-- `at_seller`: of what was earned, what the seller has already. `from_seller`: what the provider took there.
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in ('sale', 'escrow_release',
  'refund', 'chargeback', 'chargeback_won', 'adjustment', 'at_seller', 'from_seller'));

-- Whose account it is cannot change once a page may take money.
create function split_is_frozen() returns trigger language plpgsql as $$
begin
  if old.status <> 'pending' or exists (
    select from provider_checkouts c where c.payment_id = old.id and c.reference is not null) then
    raise exception 'payment % has a page: who collects it does not change', old.id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger split_is_frozen before update of split_account, split_fee_minor, split_unit_minor on payments
  for each row when ((old.split_account, old.split_fee_minor, old.split_unit_minor)
    is distinct from (new.split_account, new.split_fee_minor, new.split_unit_minor))
  execute function split_is_frozen();

-- As create_checkout, of an order whose charge goes to its one seller. A payment that is there stays as it is.
create function create_split_checkout(
  p_id uuid, p_order_id uuid, p_buyer_id uuid, p_provider text, p_now timestamptz, p_poll_at timestamptz,
  p_account text, p_fee bigint, p_unit bigint,
  out result text, out payment payments, out checkout provider_checkouts
) language plpgsql as $$
declare
  v_made record;
begin
  select * into v_made from create_checkout(p_id, p_order_id, p_buyer_id, p_provider, p_now, p_poll_at);
  result := v_made.result;
  payment := v_made.payment;
  checkout := v_made.checkout;
  if result = 'created' then
    update payments p set split_account = p_account, split_fee_minor = p_fee, split_unit_minor = p_unit
    where p.id = payment.id returning * into payment;
  end if;
end $$;

-- The seller's account does not take the charge, and there is no page of it: it is made to ours. Whoever
-- keeps a page locks the payment too.
create function charge_to_us(p_payment_id uuid) returns boolean language plpgsql as $$
begin
  perform from payments where id = p_payment_id for update;
  if exists (select from provider_checkouts where payment_id = p_payment_id and reference is not null) then
    return false;
  end if;
  update payments set split_account = null, split_fee_minor = null, split_unit_minor = null
  where id = p_payment_id and status = 'pending' and split_account is not null;
  return found;
end $$;

-- What the seller of a split payment has of it at the provider. A surplus is the buyer's, and goes back.
create function collected_of(p_payment_id uuid, p_seller_id uuid) returns bigint language sql stable as $$
  select coalesce(sum(case l.side when 'debit' then l.amount_minor else -l.amount_minor end), 0)::bigint
  from journal_entries e join journal_lines l on l.entry_id = e.id
  where e.payment_id = p_payment_id and e.cause_type not in ('surplus', 'surplus_refund')
    and l.account_id = 'seller:' || p_seller_id || ':collected'
$$;

create function add_transfer(
  p_kind text, p_cause_id uuid, p_payment payments, p_seller_id uuid, p_minor bigint, p_now timestamptz
) returns void language sql as $$
  insert into transfers (id, seller_id, kind, cause_id, payment_id, order_id, gross_minor,
    commission_minor, tax_minor, net_minor, currency, earned_at)
  values (uuidv7(), p_seller_id, p_kind, p_cause_id, p_payment.id, p_payment.order_id, p_minor, 0, 0,
    p_minor, p_payment.currency, p_now)
$$;

-- Earns as earn_shares, and takes off what the seller of a split payment has of it already.
create function earn_and_settle(
  p_order_id uuid, p_seller_ids uuid[], p_delivered_at timestamptz, p_now timestamptz,
  p_template jsonb, p_consumer text, p_message_id uuid, p_settled jsonb
) returns void language plpgsql as $$
declare
  v_payment payments;
  v_seller_id uuid;
  v_minor bigint;
begin
  perform earn_shares(p_order_id, p_seller_ids, p_delivered_at, p_now, p_template, p_consumer, p_message_id);
  select * into v_payment from payments
  where order_id = p_order_id and status not in ('failed', 'cancelled') and split_account is not null;
  if not found then return; end if;
  select seller_id into v_seller_id from transfers t where t.kind = 'sale' and t.cause_id = v_payment.id
    and not exists (select from transfers s where s.kind = 'at_seller' and s.cause_id = v_payment.id);
  if not found then return; end if;
  v_minor := collected_of(v_payment.id, v_seller_id);
  if v_minor <= 0 then return; end if;
  perform lock_sellers(array[v_seller_id]);
  perform add_transfer('at_seller', v_payment.id, v_payment, v_seller_id, -v_minor, p_now);
  perform post_entry(resolve_entry(fill_template('settled_at_seller', p_settled, v_payment.id,
    jsonb_build_object('paymentId', v_payment.id, 'orderId', p_order_id), v_payment.currency, '{}',
    jsonb_build_array(jsonb_build_object('names', jsonb_build_object('seller', v_seller_id), 'amounts',
      jsonb_build_object('amount', v_minor))))), p_now);
end $$;

-- As settle_refund, of a split payment that was earned: what the provider took from the seller is settled.
create function settle_split_refund(
  p_id uuid, p_version integer, p_is_completed boolean, p_reference text, p_failure text,
  p_shares jsonb, p_now timestamptz, p_entry jsonb, p_messages jsonb, p_lines jsonb, p_transfers jsonb,
  p_taken bigint
) returns text language plpgsql as $$
declare
  v_result text;
  v_payment payments;
begin
  v_result := settle_refund(p_id, p_version, p_is_completed, p_reference, p_failure, p_shares, p_now,
    p_entry, p_messages, p_lines, p_transfers);
  if v_result = 'settled' then
    select p.* into v_payment from payments p join refunds r on r.payment_id = p.id where r.id = p_id;
    perform add_transfer('from_seller', p_id, v_payment, (v_payment.shares -> 0 ->> 'sellerId')::uuid,
      p_taken, p_now);
  end if;
  return v_result;
end $$;

-- Of a split payment the provider holds back at the seller what is disputed: what the dispute takes off the
-- seller's earnings here was not there to be paid out, and is settled with it.
create or replace function move_disputed_earnings(
  p_chargeback chargebacks, p_kind text, p_sign integer, p_shares jsonb, p_earned uuid[], p_now timestamptz
) returns void language sql as $$
  insert into transfers (id, seller_id, kind, cause_id, payment_id, order_id, job_id, gross_minor,
    commission_minor, tax_minor, net_minor, currency, earned_at)
  select uuidv7(), s.seller, m.kind, p_chargeback.id, p_chargeback.payment_id, p_chargeback.order_id,
    p_chargeback.job_id, m.sign * s.minor, 0, 0, m.sign * s.minor, p_chargeback.currency, p_now
  from (
    select (s ->> 'sellerId')::uuid as seller,
      (s ->> 'availableMinor')::bigint + (s ->> 'owingMinor')::bigint as minor
    from jsonb_array_elements(p_shares) s
  ) s
  join payments p on p.id = p_chargeback.payment_id
  cross join lateral (
    select p_kind as kind, p_sign as sign
    union all
    select case p_sign when -1 then 'from_seller' else 'at_seller' end, -p_sign
    where p.split_account is not null
  ) m
  where s.minor > 0
$$;
