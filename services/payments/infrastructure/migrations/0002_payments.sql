-- What may be charged: told by orders, closed when the order has ended.
create table payables (
  order_id uuid primary key,
  number text not null,
  buyer_id uuid not null,
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  shares jsonb not null, -- [{sellerId, amountMinor}], adding up to the amount
  pay_by timestamptz not null,
  is_open boolean not null
);

create table payments (
  id uuid primary key,
  order_id uuid not null,
  buyer_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  shares jsonb not null, -- [{sellerId, amountMinor, refundedMinor}]
  status text not null check (status in ('pending', 'authorized', 'completed', 'failed',
    'cancelled', 'partially_refunded', 'refunded')),
  provider text not null,
  provider_reference text,
  -- Brand and last four digits: what a receipt shows and all that is ever kept of a card.
  card_brand text not null,
  card_last4 text not null check (length(card_last4) = 4),
  failure text,
  refunded_minor bigint not null default 0,
  refunding_minor bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  completed_at timestamptz,
  updated_at timestamptz not null,
  check (refunded_minor >= 0 and refunding_minor >= 0),
  check (refunded_minor + refunding_minor <= amount_minor)
) with (fillfactor = 70);
-- One live payment an order: a second try waits until the first has failed.
create unique index payments_one_live on payments (order_id)
  where status not in ('failed', 'cancelled');
create index payments_of_buyer on payments (buyer_id, created_at desc, id desc);
create index payments_by_age on payments (created_at desc, id desc);

create table refunds (
  id uuid primary key,
  payment_id uuid not null references payments (id),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  requested_by text not null,
  status text not null check (status in ('requested', 'completed', 'failed')),
  failure text,
  provider_reference text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index refunds_of_payment on refunds (payment_id, created_at);

-- Records the intent to charge before any provider is called. Answers 'created', or why not.
create function create_payment(
  p_id uuid, p_order_id uuid, p_buyer_id uuid, p_provider text, p_brand text, p_last4 text,
  p_now timestamptz, p_check_at timestamptz, out result text, out payment payments
) language plpgsql as $$
declare
  v_payable payables;
begin
  -- The same request again, after its first try died: whatever became of it.
  select * into payment from payments p where p.id = p_id;
  if found then result := 'exists'; return; end if;
  -- Locked: an order that ends at this moment closes it before or after, never in between.
  select * into v_payable from payables
  where order_id = p_order_id and buyer_id = p_buyer_id for update;
  if not found then result := 'unknown'; return; end if;
  select * into payment from payments p
  where p.order_id = p_order_id and p.status not in ('failed', 'cancelled');
  if found then result := 'exists'; return; end if;
  if not v_payable.is_open or v_payable.pay_by <= p_now then result := 'closed'; return; end if;

  insert into payments (id, order_id, buyer_id, amount_minor, currency, shares, status, provider,
                        card_brand, card_last4, created_at, updated_at)
  values (p_id, p_order_id, p_buyer_id, v_payable.amount_minor, v_payable.currency,
          v_payable.shares, 'pending', p_provider, p_brand, p_last4, p_now, p_now)
  returning * into payment;
  insert into deadlines (kind, key, due_at) values ('check-payment', p_id::text, p_check_at);
  result := 'created';
end $$;

-- A payment's outcome, from whoever brings it first; later ones and other ones change nothing.
create function settle_payment(
  p_id uuid, p_status text, p_reference text, p_failure text, p_now timestamptz, p_entry jsonb,
  p_messages jsonb, out is_settled boolean, out payment payments
) language plpgsql as $$
begin
  update payments set status = p_status, provider_reference = coalesce(p_reference, provider_reference),
    failure = p_failure, completed_at = case p_status when 'completed' then p_now end,
    updated_at = p_now, version = version + 1
  where id = p_id and status in ('pending', 'authorized') returning * into payment;
  is_settled := found;
  if not is_settled then
    select * into payment from payments p where p.id = p_id;
    return;
  end if;
  delete from deadlines where kind = 'check-payment' and key = p_id::text;
  perform book_entry(p_entry, p_id, payment.order_id, p_now);
  perform queue_messages(p_messages);
end $$;

create function book_entry(p_entry jsonb, p_payment_id uuid, p_order_id uuid, p_now timestamptz)
returns void language plpgsql as $$
begin
  if p_entry is null then return; end if;
  insert into journal_entries (id, cause_type, cause_id, payment_id, order_id, recorded_at)
  values ((p_entry ->> 'id')::uuid, p_entry ->> 'causeType', (p_entry ->> 'causeId')::uuid,
          p_payment_id, p_order_id, p_now);
  insert into journal_lines (entry_id, line_no, account_id, currency, side, amount_minor)
  select (p_entry ->> 'id')::uuid, l.n, l.line ->> 'account', l.line ->> 'currency',
         l.line ->> 'side', (l.line ->> 'amountMinor')::bigint
  from jsonb_array_elements(p_entry -> 'lines') with ordinality as l (line, n);
end $$;

create function queue_messages(p_messages jsonb) returns void language plpgsql as $$
begin
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id,
                      traceparent, data, is_handed_over)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id,
         m.traceparent, m.data, true
  from jsonb_to_recordset(p_messages) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb);
end $$;

-- Records the intent to refund `p_amount` (null: all that is left) before the provider is called.
create function request_refund(
  p_id uuid, p_payment_id uuid, p_amount bigint, p_reason text, p_by text, p_now timestamptz,
  p_consumer text, p_message_id uuid, out result text, out refundable_minor bigint
) language plpgsql as $$
declare
  v_payment payments;
begin
  select * into v_payment from payments where id = p_payment_id for update;
  if not found then result := 'unknown'; return; end if;
  if p_message_id is not null then
    -- Not `take_message`: the provider is asked next, so this must be on disk.
    insert into inbox (consumer, message_id) values (p_consumer, p_message_id) on conflict do nothing;
    if not found then result := 'seen'; return; end if;
  end if;
  if exists (select from refunds where id = p_id) then result := 'seen'; return; end if;
  refundable_minor := case
    when v_payment.status in ('completed', 'partially_refunded')
      then v_payment.amount_minor - v_payment.refunded_minor - v_payment.refunding_minor
    else 0 end;
  if coalesce(p_amount, refundable_minor) > refundable_minor
     or coalesce(p_amount, refundable_minor) = 0 then
    result := 'too_much';
    return;
  end if;
  update payments set refunding_minor = refunding_minor + coalesce(p_amount, refundable_minor),
    version = version + 1, updated_at = p_now where id = p_payment_id;
  insert into refunds (id, payment_id, amount_minor, currency, reason, requested_by, status,
                       created_at, updated_at)
  values (p_id, p_payment_id, coalesce(p_amount, refundable_minor), v_payment.currency, p_reason,
          p_by, 'requested', p_now, p_now);
  insert into deadlines (kind, key, due_at)
  values ('send-refund', p_id::text, p_now + interval '10 seconds');
  result := 'requested';
end $$;

-- A refund's outcome, once. `p_version` is the payment as the split over sellers was computed.
create function settle_refund(
  p_id uuid, p_version integer, p_is_completed boolean, p_reference text, p_failure text,
  p_shares jsonb, p_now timestamptz, p_entry jsonb, p_messages jsonb
) returns text language plpgsql as $$
declare
  v_refund refunds;
  v_payment payments;
begin
  select p.* into v_payment from payments p join refunds r on r.payment_id = p.id
  where r.id = p_id for update of p;
  update refunds set status = case when p_is_completed then 'completed' else 'failed' end,
    provider_reference = p_reference, failure = p_failure, updated_at = p_now
  where id = p_id and status = 'requested' and v_payment.version = p_version returning * into v_refund;
  if not found then
    return case when exists (select from refunds where id = p_id and status = 'requested')
      then 'stale' else 'seen' end;
  end if;
  update payments set
    refunding_minor = refunding_minor - v_refund.amount_minor,
    refunded_minor = refunded_minor + case when p_is_completed then v_refund.amount_minor else 0 end,
    shares = coalesce(p_shares, shares),
    status = case
      when not p_is_completed then status
      when refunded_minor + v_refund.amount_minor = amount_minor then 'refunded'
      else 'partially_refunded' end,
    version = version + 1, updated_at = p_now
  where id = v_payment.id;
  delete from deadlines where kind = 'send-refund' and key = p_id::text;
  perform book_entry(p_entry, v_payment.id, v_payment.order_id, p_now);
  perform queue_messages(p_messages);
  return 'settled';
end $$;
