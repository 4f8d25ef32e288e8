-- What a dispute took is known of each line from the moment it opened: a refund of the line, or of all that
-- is left, is of what is still there, and never more than was captured, less lost, less refunded.

alter table payable_lines add column disputed_minor bigint not null default 0 check (disputed_minor >= 0);
-- [{variantId, minor}]: what it took of each line; of a job there are none.
alter table chargebacks add column lines jsonb not null default '[]';

-- A seller's part over its lines, by what is left of each, cumulated, so that it adds up to the cent.
create function spread_over_lines(p_payment_id uuid, p_shares jsonb) returns jsonb language sql as $$
  with line as (
    select seller_id, variant_id, left_over,
      sum(left_over) over (partition by seller_id order by variant_id) as up_to,
      sum(left_over) over (partition by seller_id) as total
    from (select l.*, amount_minor - refunded_minor - refunding_minor - disputed_minor as left_over
      from sold_lines(p_payment_id) l) l
  ), part as (
    select line.variant_id, case when total = 0 then 0
      else floor(least(s.minor, total) * up_to / total)
        - floor(least(s.minor, total) * (up_to - left_over) / total) end::bigint as minor
    from line join (
      select (x ->> 'sellerId')::uuid as seller_id, (x ->> 'pendingMinor')::bigint
        + (x ->> 'availableMinor')::bigint + (x ->> 'owingMinor')::bigint as minor
      from jsonb_array_elements(p_shares) x
    ) s using (seller_id)
  )
  select coalesce(jsonb_agg(jsonb_build_object('variantId', variant_id, 'minor', minor::text)
    order by variant_id), '[]') from part where minor > 0
$$;

create function move_disputed_lines(p_chargeback chargebacks, p_sign integer) returns void language sql as $$
  update payable_lines l set disputed_minor = l.disputed_minor + p_sign * (x ->> 'minor')::bigint
  from jsonb_array_elements(p_chargeback.lines) x
  where l.order_id = p_chargeback.order_id and l.variant_id = (x ->> 'variantId')::uuid
$$;

do $$
declare
  v_name text;
  v_row chargebacks;
begin
  for v_row in select * from chargebacks where status <> 'won' and order_id is not null order by opened_at, id loop
    v_row.lines := spread_over_lines(v_row.payment_id, v_row.shares);
    update chargebacks set lines = v_row.lines where id = v_row.id;
    perform move_disputed_lines(v_row, 1);
  end loop;
  select conname into strict v_name from pg_constraint where conrelid = 'payable_lines'::regclass
    and contype = 'c' and pg_get_constraintdef(oid) like '%refunded_minor + refunding_minor%';
  execute format('alter table payable_lines drop constraint %I', v_name);
end $$;
alter table payable_lines add constraint payable_lines_go_once
  check (refunded_minor + refunding_minor + disputed_minor <= amount_minor);

-- A share of which a part was lost was earned and not marked so: a refund would have looked for it elsewhere.
update payments p set shares = (
  select jsonb_agg(case when s ->> 'earnedAt' is null and t.id is not null
    then s || jsonb_build_object('earnedAt', t.earned_at) else s end order by n)
  from jsonb_array_elements(p.shares) with ordinality as x (s, n)
  left join transfers t on t.kind = 'sale' and t.cause_id = p.id and t.seller_id = (s ->> 'sellerId')::uuid)
where p.order_id is not null and exists (select from chargebacks c where c.payment_id = p.id);

-- Whoever opens or closes a dispute has locked its payment, as whoever refunds.
create function take_disputed_lines() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.lines := case when new.order_id is null then '[]' else spread_over_lines(new.payment_id, new.shares) end;
    perform move_disputed_lines(new, 1);
  else
    perform move_disputed_lines(new, -1);
  end if;
  return new;
end $$;
create trigger disputed_lines_are_taken before insert on chargebacks
  for each row execute function take_disputed_lines();
create trigger disputed_lines_are_given before update of status on chargebacks for each row
  when (old.status = 'opened' and new.status = 'won') execute function take_disputed_lines();

-- What of each seller no refund and no dispute has: a dispute takes of that.
create function left_of_sellers(p_payment_id uuid) returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(seller_id, minor::text), '{}') from (
    select seller_id, sum(amount_minor - refunded_minor - refunding_minor - disputed_minor) as minor
    from sold_lines(p_payment_id) group by 1) l
$$;

create or replace function request_refund(
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
        - v_payment.charged_back_minor
    else 0 end;
  v_amount := coalesce(p_amount, refundable_minor);
  if p_lines is not null then
    with asked as (
      select "variantId" as id, sum(quantity)::int as quantity
      from jsonb_to_recordset(p_lines) as x ("variantId" uuid, quantity integer) group by 1
    ), priced as (
      select a.id, a.quantity, l.quantity - l.refunded_quantity - l.refunding_quantity as pieces,
        least(l.amount_minor - l.refunded_minor - l.refunding_minor - l.disputed_minor,
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

create or replace function plan_provider_refund(
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
    from provider_charges c where c.payment_id = p_payment_id and c.role = 'captured'
      -- The bank has the money of a charge that is disputed, or was lost: nothing goes back through it.
      and not exists (select from chargebacks b where b.provider = c.provider
        and b.charge_reference = c.reference and b.status <> 'won')
    order by c.id
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

  -- What a line lost is not earned. Commission and tax follow as they do for what was refunded of it,
  -- both together and rounded down for all that went: see feesGivenBack of domain/sale.ts.
  with sold as (
    select seller_id, jurisdiction, amount_minor - refunded_minor - disputed_minor as gross,
      commission_minor as commission, commission_tax_minor as tax, commission_minor + commission_tax_minor as fees,
      case when amount_minor = 0 then 0 else floor((commission_minor + commission_tax_minor)::numeric
        * (refunded_minor + disputed_minor) / amount_minor) end as back
    from sold_lines(v_payment.id) where seller_id = any(v_due)
  ), charged as (
    select *, case when fees = 0 then 0 else floor(commission::numeric * back / fees) end as commission_back
    from sold
  ), line as (
    select seller_id, jurisdiction, gross, (commission - commission_back)::bigint as commission,
      (tax - (back - commission_back))::bigint as tax
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
  v_due := array(select d.id from unnest(v_due) as d (id) where lost_before_earning(v_payment.id, d.id) = 0
    or exists (select from transfers t where t.kind = 'sale' and t.cause_id = v_payment.id and t.seller_id = d.id));
  update payments set version = version + 1, updated_at = p_now, shares = (
    select jsonb_agg(case when (s ->> 'sellerId')::uuid = any(v_due)
      then s || jsonb_build_object('earnedAt', p_now) else s end order by n)
    from jsonb_array_elements(shares) with ordinality as x (s, n))
  where id = v_payment.id;
end $$;
