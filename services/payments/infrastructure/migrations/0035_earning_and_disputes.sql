-- While a dispute of the payment is open, its frozen shares are not where a delivery would take them
-- from: the delivery is noted and earns nothing. When the dispute has ended, what is left earns.

-- What the seller's share lost to disputes before it was earned.
create function lost_before_earning(p_payment_id uuid, p_seller_id uuid) returns bigint language sql stable as $$
  select coalesce(sum((s ->> 'pendingMinor')::bigint), 0)::bigint
  from chargebacks c, jsonb_array_elements(c.shares) s
  where c.payment_id = p_payment_id and c.status = 'lost' and (s ->> 'sellerId')::uuid = p_seller_id
$$;

create or replace function earn_shares(
  p_order_id uuid, p_seller_ids uuid[], p_delivered_at timestamptz, p_now timestamptz,
  p_template jsonb, p_consumer text, p_message_id uuid
) returns void language plpgsql as $$
declare
  v_nil constant uuid := '00000000-0000-0000-0000-000000000000';
  v_ids uuid[] := coalesce(p_seller_ids, array[v_nil]);
  v_payment payments;
  v_due uuid[];
  v_cause_id uuid;
  v_amounts jsonb;
  v_parts jsonb;
begin
  if p_message_id is not null and not take_message(p_consumer, p_message_id) then return; end if;
  -- Before the payment, as everywhere: a payment that begins now waits, and its capture finds the note.
  perform from payables where order_id = p_order_id for share;
  select * into v_payment from payments
  where order_id = p_order_id and status not in ('failed', 'cancelled') for update;
  -- Whoever opens or closes a dispute has locked the payment: this is how it stands.
  if v_payment.completed_at is null
     or exists (select from chargebacks where payment_id = v_payment.id and status = 'opened') then
    insert into deliveries select p_order_id, id, p_delivered_at from unnest(v_ids) as id
    on conflict do nothing;
    return;
  end if;
  v_ids := v_ids || array(select seller_id from deliveries where order_id = p_order_id);
  select array_agg((s ->> 'sellerId')::uuid) into v_due from jsonb_array_elements(v_payment.shares) s
  where s ->> 'earnedAt' is null and (v_nil = any(v_ids) or (s ->> 'sellerId')::uuid = any(v_ids));
  if v_due is null then return; end if;
  perform lock_sellers(v_due);

  -- What was lost is spread over the seller's lines by what they cost, cumulated, so that it adds up.
  with sold as (
    select seller_id, variant_id, jurisdiction, amount_minor - refunded_minor as gross,
      commission_minor - commission_refunded_minor as commission,
      commission_tax_minor - commission_tax_refunded_minor as tax,
      sum(amount_minor - refunded_minor) over (partition by seller_id order by variant_id) as up_to,
      sum(amount_minor - refunded_minor) over (partition by seller_id) as total,
      lost_before_earning(v_payment.id, seller_id) as lost
    from sold_lines(v_payment.id) where seller_id = any(v_due)
  ), kept as (
    select *, greatest(gross - case when total = 0 then 0 else
      floor(lost * up_to / total) - floor(lost * (up_to - gross) / total) end, 0)::bigint as left_over
    from sold
  ), charged as (
    -- As of a refund: commission and tax are given back in proportion, rounded down.
    select *, least(left_over, case when gross = 0 then commission
      else commission - floor(commission * (gross - left_over)::numeric / gross) end)::bigint as fee
    from kept
  ), line as (
    select seller_id, jurisdiction, left_over as gross, fee as commission,
      least(left_over - fee, case when gross = 0 then tax
        else tax - floor(tax * (gross - left_over)::numeric / gross) end)::bigint as tax
    from charged
  ), made as (
    insert into transfers (id, seller_id, kind, cause_id, payment_id, order_id, gross_minor,
      commission_minor, tax_minor, net_minor, currency, earned_at)
    select uuidv7(), seller_id, 'sale', v_payment.id, v_payment.id, p_order_id, sum(gross),
      sum(commission), sum(tax), sum(gross - commission - tax), v_payment.currency, p_now
    from line group by seller_id having sum(gross) > 0
    returning *
  )
  select (array_agg(id order by id))[1], jsonb_build_object('commission', sum(commission_minor)),
    jsonb_agg(jsonb_build_object('names', jsonb_build_object('seller', seller_id), 'amounts',
      jsonb_build_object('gross', gross_minor, 'net', net_minor)) order by seller_id)
    || coalesce((select jsonb_agg(jsonb_build_object('names',
        jsonb_build_object('jurisdiction', jurisdiction), 'amounts', jsonb_build_object('tax', tax)))
      from (select jurisdiction, sum(tax) as tax from line group by 1 having sum(tax) > 0) t), '[]')
  into v_cause_id, v_amounts, v_parts from made;
  if v_cause_id is not null then
    perform post_entry(resolve_entry(fill_template('earning', p_template, v_cause_id,
      jsonb_build_object('paymentId', v_payment.id, 'orderId', p_order_id), v_payment.currency,
      v_amounts, v_parts)), p_now);
  end if;
  -- A share that was lost as a whole is not earned by anything.
  v_due := array(select id from unnest(v_due) as id where lost_before_earning(v_payment.id, id) = 0
    or exists (select from transfers t where t.kind = 'sale' and t.cause_id = v_payment.id and t.seller_id = id));
  update payments set version = version + 1, updated_at = p_now, shares = (
    select jsonb_agg(case when (s ->> 'sellerId')::uuid = any(v_due)
      then s || jsonb_build_object('earnedAt', p_now) else s end order by n)
    from jsonb_array_elements(shares) with ordinality as x (s, n))
  where id = v_payment.id;
end $$;

-- A dispute that has ended finds a delivery that was noted while it was open.
create function earn_after_dispute() returns trigger language plpgsql as $$
begin
  if exists (select from deliveries where order_id = new.order_id) then
    insert into deadlines (kind, key, due_at) values ('earn-shares', new.order_id::text, new.closed_at)
    on conflict (kind, key) do update set due_at = excluded.due_at;
  end if;
  return null;
end $$;
create trigger earn_after_dispute after update of status on chargebacks for each row
  when (old.status = 'opened' and new.status <> 'opened')
  execute function earn_after_dispute();
