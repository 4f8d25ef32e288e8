-- A delivery earns a seller's share: it leaves `pending` for `available`, less commission and its tax,
-- and first pays back what the seller owes. A refund after that takes it back the same way.

-- What sellers earned and lost. Rows that no payout lists add up to `available` plus `owing`.
create table if not exists transfers (
  id uuid primary key,
  seller_id uuid not null,
  kind text not null check (kind in
    ('sale', 'escrow_release', 'refund', 'chargeback', 'chargeback_won', 'adjustment')),
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
create index if not exists transfers_of_seller on transfers (seller_id, currency, earned_at);

-- Deliveries that came before the money; the nil id stands for every seller of the order.
create table deliveries (
  order_id uuid not null,
  seller_id uuid not null,
  delivered_at timestamptz not null,
  primary key (order_id, seller_id)
);

-- A seller's debt is below zero and never above, and what pending entries hold is not there to take.
-- Where kinds of accounts are data, those say the first and know of the second.
do $$
declare
  v_free text := 'balance_minor';
begin
  if to_regclass('account_kinds') is null then
    create function debts_are_not_payable() returns trigger language plpgsql as
      'begin new.is_payable := false; return new; end';
    create trigger debts_are_not_payable before insert on ledger_accounts
      for each row when (new.id like 'seller:%:owing') execute function debts_are_not_payable();
    alter table ledger_accounts add constraint debts_are_no_credit
      check (id not like 'seller:%:owing' or balance_minor <= 0);
  else
    v_free := 'balance_minor - pending_minor';
  end if;
  execute format($f$
    create function balance_of(p_account text, p_currency text) returns bigint language sql stable as $b$
      select coalesce(sum(%s), 0)::bigint from ledger_accounts
      where id = p_account and currency = p_currency
    $b$ $f$, v_free);
end $$;

-- Whoever takes from what a seller has, or pays back what it owes, comes one after the other.
create function lock_sellers(p_seller_ids uuid[]) returns void language plpgsql as $$
declare
  v_id uuid;
begin
  for v_id in select distinct id from unnest(p_seller_ids) as id order by id loop
    perform pg_advisory_xact_lock(hashtextextended(v_id::text, 5025));
  end loop;
end $$;

-- An entry as it can be booked now: a debit with `orElse` takes there what its own account lacks, a
-- credit with `first` pays back there what stands against us. Call `lock_sellers` before. An account
-- stands once on such a line.
create function resolve_entry(p_entry jsonb) returns jsonb language sql as $$
  select case when p_entry is null then null else jsonb_set(p_entry, '{lines}', (
    select jsonb_agg((l.line - 'orElse' - 'first')
      || jsonb_build_object('account', part.account, 'amountMinor', part.amount::text) order by l.n, part.n)
    from jsonb_array_elements(p_entry -> 'lines') with ordinality as l (line, n)
    cross join lateral (select l.line ->> 'account' as account, l.line ->> 'currency' as currency,
      (l.line ->> 'amountMinor')::bigint as amount, coalesce(l.line ->> 'orElse', l.line ->> 'first') as other) v
    cross join lateral (select case
        when l.line ? 'orElse' then least(v.amount, greatest(balance_of(v.account, v.currency), 0))
        when l.line ? 'first' then v.amount - least(v.amount, greatest(-balance_of(v.other, v.currency), 0))
        else v.amount end as own) o
    cross join lateral (values (1, v.account, o.own), (2, v.other, v.amount - o.own))
      as part (n, account, amount)
    where part.amount > 0)) end
$$;

create function fill_names(p_pattern text, p_names jsonb) returns text language plpgsql immutable as $$
declare
  v_name record;
begin
  for v_name in select * from jsonb_each_text(p_names) loop
    p_pattern := replace(p_pattern, '{' || v_name.key || '}', v_name.value);
  end loop;
  return p_pattern;
end $$;

-- What `post` of domain/posting.ts does, for facts that are only known here, under a lock.
create function fill_template(
  p_kind text, p_template jsonb, p_cause_id uuid, p_about jsonb, p_currency text, p_amounts jsonb,
  p_parts jsonb
) returns jsonb language sql as $$
  select jsonb_build_object('id', uuidv7(), 'causeType', p_kind, 'causeId', p_cause_id, 'about', p_about,
    'lines', jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'account', fill_names(t.line ->> 'account', x.part -> 'names'), 'currency', p_currency,
        'side', t.line ->> 'side', 'amountMinor', x.part -> 'amounts' ->> (t.line ->> 'amount'),
        'orElse', fill_names(t.line ->> 'orElse', x.part -> 'names'),
        'first', fill_names(t.line ->> 'first', x.part -> 'names'))) order by t.n, x.n))
  from jsonb_array_elements(p_template) with ordinality as t (line, n)
  cross join lateral jsonb_array_elements(case when (t.line ->> 'isEach')::boolean then p_parts
    else jsonb_build_array(jsonb_build_object('names', '{}'::jsonb, 'amounts', p_amounts)) end)
    with ordinality as x (part, n)
  where (x.part -> 'amounts' ->> (t.line ->> 'amount'))::bigint > 0
$$;

-- Earns what the sellers have delivered (null: all of them), and what was noted before. Comes it before
-- the capture, it is noted. What is earned is not earned again.
create function earn_shares(
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
  if v_payment.completed_at is null then
    insert into deliveries select p_order_id, id, p_delivered_at from unnest(v_ids) as id
    on conflict do nothing;
    return;
  end if;
  v_ids := v_ids || array(select seller_id from deliveries where order_id = p_order_id);
  select array_agg((s ->> 'sellerId')::uuid) into v_due from jsonb_array_elements(v_payment.shares) s
  where s ->> 'earnedAt' is null and (v_nil = any(v_ids) or (s ->> 'sellerId')::uuid = any(v_ids));
  if v_due is null then return; end if;
  perform lock_sellers(v_due);

  with line as (
    select seller_id, jurisdiction, amount_minor - refunded_minor as gross,
      commission_minor - commission_refunded_minor as commission,
      commission_tax_minor - commission_tax_refunded_minor as tax
    from sold_lines(v_payment.id) where seller_id = any(v_due)
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
  update payments set version = version + 1, updated_at = p_now, shares = (
    select jsonb_agg(case when (s ->> 'sellerId')::uuid = any(v_due)
      then s || jsonb_build_object('earnedAt', p_now) else s end order by n)
    from jsonb_array_elements(shares) with ordinality as x (s, n))
  where id = v_payment.id;
end $$;

-- The capture finds a delivery that was noted before it, whoever captures and however.
create function earn_what_was_delivered() returns trigger language plpgsql as $$
begin
  if exists (select from deliveries where order_id = new.order_id) then
    insert into deadlines (kind, key, due_at)
    values ('earn-shares', new.order_id::text, new.completed_at) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger earn_what_was_delivered after update of completed_at on payments for each row
  when (old.completed_at is null and new.completed_at is not null)
  execute function earn_what_was_delivered();
