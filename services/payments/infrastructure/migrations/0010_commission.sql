-- Commission is frozen when an order may be paid, line by line; what a refund takes back is counted on
-- the line that it is about.

-- The most specific rule wins: seller and category, seller, category (the nearest one of the tree),
-- everything. Of rules about the same the one that was valid last. Without a rule there is none.
create table commission_rules (
  id uuid primary key,
  seller_id uuid,
  category_id uuid,
  rate_basis_points integer not null check (rate_basis_points between 0 and 10000),
  -- By currency: minor units for each line.
  fixed_minor jsonb not null default '{}',
  -- Of the commission, on top of it.
  tax_rate_basis_points integer not null check (tax_rate_basis_points between 0 and 10000),
  jurisdiction text not null check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  valid_from timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint commission_rules_scope unique nulls not distinct (seller_id, category_id, valid_from)
);

-- What was sold, as it was when it could first be paid. A variant stands once in an order.
create table payable_lines (
  order_id uuid not null,
  variant_id uuid not null,
  product_id uuid,
  seller_id uuid not null,
  quantity integer not null check (quantity > 0),
  amount_minor bigint not null check (amount_minor >= 0), -- what the buyer pays, tax included
  tax_minor bigint not null default 0 check (tax_minor between 0 and amount_minor),
  rule_id uuid,
  jurisdiction text,
  commission_minor bigint not null default 0 check (commission_minor >= 0),
  commission_tax_minor bigint not null default 0 check (commission_tax_minor >= 0),
  refunded_quantity integer not null default 0 check (refunded_quantity >= 0),
  refunding_quantity integer not null default 0 check (refunding_quantity >= 0),
  refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  refunding_minor bigint not null default 0 check (refunding_minor >= 0),
  commission_refunded_minor bigint not null default 0 check (commission_refunded_minor >= 0),
  commission_tax_refunded_minor bigint not null default 0 check (commission_tax_refunded_minor >= 0),
  primary key (order_id, variant_id),
  check (commission_minor + commission_tax_minor <= amount_minor),
  check (refunded_quantity + refunding_quantity <= quantity),
  check (refunded_minor + refunding_minor <= amount_minor),
  check (commission_refunded_minor <= commission_minor),
  check (commission_tax_refunded_minor <= commission_tax_minor),
  check (jurisdiction is not null or commission_tax_minor = 0)
) with (fillfactor = 80);
create index payable_lines_of_seller on payable_lines (seller_id);

-- Commission and its tax on one line, each rounded half up; both together never more than the line.
create function commission_of(
  p_amount bigint, p_basis_points integer, p_fixed bigint, p_tax_basis_points integer,
  out commission bigint, out tax bigint
) language plpgsql immutable as $$
begin
  commission := least((p_amount * p_basis_points + 5000) / 10000 + p_fixed,
                      p_amount * 10000 / (10000 + p_tax_basis_points));
  tax := least((commission * p_tax_basis_points + 5000) / 10000, p_amount - commission);
end $$;

-- Takes over what orders asks to be paid, its commission with it. A close that was faster has left a
-- closed row, which stays. An order that was told without lines has one a seller, under its id.
create function open_payable(
  p_order_id uuid, p_number text, p_buyer_id uuid, p_amount bigint, p_currency text,
  p_lines jsonb, p_pay_by timestamptz, p_now timestamptz, p_consumer text, p_message_id uuid
) returns void language plpgsql as $$
begin
  if not take_message(p_consumer, p_message_id) then return; end if;
  if exists (select from payables where order_id = p_order_id) then return; end if;
  with line as (
    insert into payable_lines (order_id, variant_id, product_id, seller_id, quantity, amount_minor,
      tax_minor, rule_id, jurisdiction, commission_minor, commission_tax_minor)
    select p_order_id, l."variantId", l."productId", l."sellerId", l.quantity, l."amountMinor",
      l."taxMinor", r.id, r.jurisdiction, coalesce(c.commission, 0), coalesce(c.tax, 0)
    from jsonb_to_recordset(p_lines) as l ("variantId" uuid, "productId" uuid, "sellerId" uuid,
      "categoryIds" uuid[], quantity integer, "amountMinor" bigint, "taxMinor" bigint)
    left join lateral (
      select r.* from commission_rules r
      where (r.seller_id is null or r.seller_id = l."sellerId")
        and (r.category_id is null or r.category_id = any(l."categoryIds"))
        and r.valid_from <= p_now
      order by (r.seller_id is not null)::int * 2 + (r.category_id is not null)::int desc,
        array_position(l."categoryIds", r.category_id), r.valid_from desc
      limit 1
    ) r on true
    left join lateral commission_of(l."amountMinor", r.rate_basis_points,
      coalesce((r.fixed_minor ->> p_currency)::bigint, 0), r.tax_rate_basis_points) c on r.id is not null
    on conflict do nothing
    returning seller_id, amount_minor, commission_minor, commission_tax_minor
  ), share as (
    select seller_id, sum(amount_minor) as amount, sum(commission_minor) as commission,
      sum(commission_tax_minor) as tax
    from line group by seller_id
  )
  insert into payables (order_id, number, buyer_id, amount_minor, currency, shares, pay_by, is_open)
  select p_order_id, p_number, p_buyer_id, p_amount, p_currency, jsonb_agg(jsonb_build_object(
      'sellerId', seller_id, 'amountMinor', amount::text, 'refundedMinor', '0',
      'commissionMinor', commission::text, 'commissionTaxMinor', tax::text) order by s.n), p_pay_by, true
  from share join (
    select l ->> 'sellerId' as id, min(n) as n
    from jsonb_array_elements(p_lines) with ordinality as x (l, n) group by 1
  ) s on s.id = seller_id::text
  on conflict (order_id) do nothing;
end $$;

-- The lines of a payment. An order that was opened by an older release has none yet: one a seller.
create function sold_lines(p_payment_id uuid) returns setof payable_lines language plpgsql as $$
declare
  v_order_id uuid;
begin
  select order_id into v_order_id from payments where id = p_payment_id;
  if v_order_id is null then return; end if; -- a payment of something else than an order
  if not exists (select from payable_lines where order_id = v_order_id) then
    insert into payable_lines (order_id, variant_id, seller_id, quantity, amount_minor,
      refunded_minor, refunded_quantity)
    select v_order_id, s."sellerId", s."sellerId", 1, s."amountMinor", s."refundedMinor",
      (s."amountMinor" = s."refundedMinor")::int
    from payments p, jsonb_to_recordset(p.shares)
      as s ("sellerId" uuid, "amountMinor" bigint, "refundedMinor" bigint)
    where p.id = p_payment_id
    on conflict do nothing;
  end if;
  return query select * from payable_lines where order_id = v_order_id order by seller_id, variant_id;
end $$;
