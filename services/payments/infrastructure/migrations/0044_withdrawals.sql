-- What a person takes out of a provider by hand is a difference of its own kind, which a person has booked
-- as what it is: the money lies in the operator's bank then.

alter table reconciliation_differences add column payout_id uuid;
alter table reconciliation_differences
  drop constraint reconciliation_differences_kind_check,
  add constraint reconciliation_differences_kind_check
    check (kind in ('missing_here', 'missing_there', 'amount_differs', 'withdrawal', 'payout')),
  drop constraint reconciliation_differences_state_check,
  add constraint reconciliation_differences_state_check
    check (state in ('open', 'explained', 'corrected', 'booked', 'matched')),
  drop constraint reconciliation_differences_check1,
  add constraint differences_are_settled_by_a_person check (
    (state in ('explained', 'corrected', 'booked')) = (resolved_by is not null and note is not null)),
  add constraint only_withdrawals_are_booked check (
    state <> 'booked' or (kind in ('withdrawal', 'payout') and entry_id is not null));
create index reconciliation_differences_booked on reconciliation_differences (provider, reference)
  where state = 'booked';

-- Movements may be given from before and behind the period, so that what came to one side earlier
-- than to the other matches; only what lies in the period can be missing.
create or replace function reconcile(
  p_run_id uuid, p_provider text, p_from timestamptz, p_to timestamptz, p_movements jsonb, p_now timestamptz
) returns integer language plpgsql as $$
declare
  v_found integer;
begin
  with theirs as (
    select coalesce(m.cause_type || ' ' || m.cause_id, 'reference ' || m.reference) as matter,
      m.currency, m.cause_type, m.cause_id, sum(m.amount_minor) as minor, min(m.reference) as reference,
      min(m.occurred_at) as occurred_at, bool_or(m.is_withdrawal) as is_withdrawal,
      (array_agg(p.id) filter (where p.id is not null))[1] as payout_id
    from jsonb_to_recordset(p_movements) as m (reference text, cause_type text, cause_id uuid,
      amount_minor bigint, currency text, occurred_at timestamptz, is_withdrawal boolean,
      payout_id uuid)
    left join payouts p on p.id = m.payout_id
    group by 1, 2, 3, 4
  ), entries as (
    -- A withdrawal is booked days after the provider told of it, and from what it told: it is never
    -- missing there, and is compared with the movement that it is of.
    select e.* from journal_entries e where e.recorded_at >= p_from and e.recorded_at < p_to
      and e.cause_type not in ('withdrawal', 'withdrawal_returned')
    union
    select e.* from theirs t join journal_entries e
      on e.cause_type = t.cause_type and e.cause_id = t.cause_id
  ), ours as (
    select e.cause_type || ' ' || e.cause_id as matter, l.currency, e.id, e.payment_id, e.recorded_at,
      sum(case l.side when 'debit' then l.amount_minor else -l.amount_minor end) as minor
    from entries e join journal_lines l on l.entry_id = e.id
    where l.account_id = 'provider:' || p_provider group by 1, 2, 3, 4, 5
  ), sides (matter, currency, provider_minor, booked_minor, reference, entry_id, payment_id,
      occurred_at, is_withdrawal, payout_id) as materialized (
  select coalesce(t.matter, o.matter), coalesce(t.currency, o.currency), t.minor, o.minor, t.reference,
    o.id, o.payment_id, coalesce(t.occurred_at, o.recorded_at), t.is_withdrawal, t.payout_id
  from theirs t full join ours o on o.matter = t.matter and o.currency = t.currency
  where o.id is not null or (t.occurred_at >= p_from and t.occurred_at < p_to)
  ), matching as (
  update reconciliation_differences d set state = 'matched', resolved_at = p_now
  from sides b
  where d.provider = p_provider and d.matter = b.matter and d.currency = b.currency
    and d.state = 'open' and b.provider_minor = b.booked_minor
  ), differing as (
  insert into reconciliation_differences as d (id, provider, matter, currency, kind, provider_minor,
    booked_minor, reference, entry_id, payment_id, payout_id, occurred_at, found_at, state)
  select uuidv7(), p_provider, b.matter, b.currency,
    case when b.booked_minor is null and b.payout_id is not null then 'payout'
      when b.booked_minor is null and b.is_withdrawal then 'withdrawal'
      when b.booked_minor is null then 'missing_here'
      when b.provider_minor is null then 'missing_there' else 'amount_differs' end,
    b.provider_minor, b.booked_minor, b.reference, b.entry_id, b.payment_id, b.payout_id, b.occurred_at,
    p_now, 'open'
  from sides b where b.provider_minor is distinct from b.booked_minor
  -- What a person settled is settled, until the amounts are others.
  on conflict (provider, matter, currency) do update set kind = excluded.kind,
    provider_minor = excluded.provider_minor, booked_minor = excluded.booked_minor,
    reference = excluded.reference, entry_id = excluded.entry_id, payment_id = excluded.payment_id,
    payout_id = excluded.payout_id,
    state = 'open', note = null, resolved_by = null, resolved_at = null
  where d.state = 'matched' or d.provider_minor is distinct from excluded.provider_minor
    or d.booked_minor is distinct from excluded.booked_minor
  )
  select count(*) into v_found from sides b
  where b.provider_minor is distinct from b.booked_minor;
  insert into reconciliation_runs values (p_run_id, p_provider, p_from, p_to,
    jsonb_array_length(p_movements), v_found, p_now);
  return v_found;
end $$;

