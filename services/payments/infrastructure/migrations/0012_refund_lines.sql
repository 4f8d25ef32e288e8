-- Refunds by line and quantity, and the commission that each gives back.

alter table refunds
  -- [{variantId, quantity, amountMinor}] as asked for; when it is completed, with what each line gave
  -- back: commissionMinor, commissionTaxMinor. Null: a free amount that is not completed.
  add column lines jsonb,
  add column commission_minor bigint not null default 0,
  add column commission_tax_minor bigint not null default 0;

drop function request_refund(uuid, uuid, bigint, text, text, timestamptz, text, uuid);

-- Records the intent to refund `p_amount`, or `p_lines` ([{variantId, quantity}]), or all that is
-- left, before the provider is called. Pieces of a line cost their part of it, cumulated and rounded
-- down, and at most what is left of it.
create function request_refund(
  p_id uuid, p_payment_id uuid, p_amount bigint, p_reason text, p_by text, p_now timestamptz,
  p_consumer text, p_message_id uuid, p_lines jsonb default null,
  out result text, out refundable_minor bigint
) language plpgsql as $$
declare
  v_payment payments;
  v_lines jsonb;
  v_amount bigint;
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
  v_amount := coalesce(p_amount, refundable_minor);
  if p_lines is not null then
    with asked as (
      select "variantId" as id, sum(quantity)::int as quantity
      from jsonb_to_recordset(p_lines) as x ("variantId" uuid, quantity integer) group by 1
    ), priced as (
      select a.id, a.quantity, l.quantity - l.refunded_quantity - l.refunding_quantity as pieces,
        least(l.amount_minor - l.refunded_minor - l.refunding_minor,
          floor(l.amount_minor::numeric * (l.refunded_quantity + l.refunding_quantity + a.quantity) / l.quantity)
          - floor(l.amount_minor::numeric * (l.refunded_quantity + l.refunding_quantity) / l.quantity))::bigint as amount
      from asked a left join sold_lines(p_payment_id) l on l.variant_id = a.id
    )
    select case when bool_or(pieces is null) then 'unknown_line'
        when bool_or(quantity > pieces) then 'too_many' end,
      sum(amount), jsonb_agg(jsonb_build_object('variantId', id, 'quantity', quantity,
        'amountMinor', amount::text) order by id)
    into result, v_amount, v_lines from priced;
    if result is not null then return; end if;
  end if;
  if v_amount > refundable_minor or v_amount = 0 then result := 'too_much'; return; end if;
  update payments set refunding_minor = refunding_minor + v_amount,
    version = version + 1, updated_at = p_now where id = p_payment_id;
  update payable_lines l set refunding_quantity = l.refunding_quantity + x.quantity,
    refunding_minor = l.refunding_minor + x."amountMinor"
  from jsonb_to_recordset(v_lines) as x ("variantId" uuid, quantity integer, "amountMinor" bigint)
  where l.order_id = v_payment.order_id and l.variant_id = x."variantId";
  insert into refunds (id, payment_id, amount_minor, currency, reason, requested_by, status,
                       created_at, updated_at, lines)
  values (p_id, p_payment_id, v_amount, v_payment.currency, p_reason, p_by, 'requested', p_now, p_now,
          v_lines);
  insert into deadlines (kind, key, due_at)
  values ('send-refund', p_id::text, p_now + interval '10 seconds');
  result := 'requested';
end $$;

drop function settle_refund(uuid, integer, boolean, text, text, jsonb, timestamptz, jsonb, jsonb);

-- A refund's outcome, once. `p_version` is the payment as the split over its lines was computed.
-- `p_lines` is what the refund takes of each, `p_transfers` what it takes of sellers that have earned.
create function settle_refund(
  p_id uuid, p_version integer, p_is_completed boolean, p_reference text, p_failure text,
  p_shares jsonb, p_now timestamptz, p_entry jsonb, p_messages jsonb, p_lines jsonb, p_transfers jsonb
) returns text language plpgsql as $$
declare
  v_refund refunds;
  v_payment payments;
begin
  select p.* into v_payment from payments p join refunds r on r.payment_id = p.id
  where r.id = p_id for update of p;
  select * into v_refund from refunds where id = p_id;
  if v_refund.status is distinct from 'requested' then return 'seen'; end if;
  if v_payment.version <> p_version then return 'stale'; end if;

  update payable_lines l set refunding_quantity = l.refunding_quantity - x.quantity,
    refunding_minor = l.refunding_minor - x."amountMinor"
  from jsonb_to_recordset(v_refund.lines) as x ("variantId" uuid, quantity integer, "amountMinor" bigint)
  where l.order_id = v_payment.order_id and l.variant_id = x."variantId";
  update payable_lines l set refunded_quantity = l.refunded_quantity + x.quantity,
    refunded_minor = l.refunded_minor + x."amountMinor",
    commission_refunded_minor = l.commission_refunded_minor + x."commissionMinor",
    commission_tax_refunded_minor = l.commission_tax_refunded_minor + x."commissionTaxMinor"
  from jsonb_to_recordset(p_lines) as x ("variantId" uuid, quantity integer, "amountMinor" bigint,
    "commissionMinor" bigint, "commissionTaxMinor" bigint)
  where l.order_id = v_payment.order_id and l.variant_id = x."variantId";

  update refunds r set status = case when p_is_completed then 'completed' else 'failed' end,
    provider_reference = p_reference, failure = p_failure, updated_at = p_now,
    lines = coalesce(p_lines, r.lines), commission_minor = coalesce(t.commission, 0),
    commission_tax_minor = coalesce(t.tax, 0)
  from (select sum("commissionMinor") as commission, sum("commissionTaxMinor") as tax
    from jsonb_to_recordset(p_lines) as x ("commissionMinor" bigint, "commissionTaxMinor" bigint)) t
  where r.id = p_id;
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

  if p_transfers is not null then
    perform lock_sellers(array(select (t ->> 'sellerId')::uuid from jsonb_array_elements(p_transfers) t));
    insert into transfers (id, seller_id, kind, cause_id, payment_id, order_id, gross_minor,
      commission_minor, tax_minor, net_minor, currency, earned_at)
    select uuidv7(), t."sellerId", 'refund', p_id, v_payment.id, v_payment.order_id, -t."grossMinor",
      -t."commissionMinor", -t."taxMinor", -t."netMinor", v_payment.currency, p_now
    from jsonb_to_recordset(p_transfers) as t ("sellerId" uuid, "grossMinor" bigint,
      "commissionMinor" bigint, "taxMinor" bigint, "netMinor" bigint);
  end if;
  perform post_entry(resolve_entry(p_entry), p_now);
  perform queue_messages(p_messages);
  return 'settled';
end $$;
