-- What a provider says moved, held against what the books say of it: what differs is work for a person.

-- Rows come in the order of time, more or less: this costs a writer next to nothing.
create index journal_entries_by_time on journal_entries using brin (recorded_at) with (pages_per_range = 16);
alter table sandbox_refunds add column created_at timestamptz not null default now();

create table reconciliation_runs (
  id uuid primary key,
  provider text not null,
  period_from timestamptz not null,
  period_to timestamptz not null,
  movements integer not null,
  differences integer not null,
  ran_at timestamptz not null
);
create index reconciliation_runs_of_provider on reconciliation_runs (provider, period_to desc);

create table reconciliation_differences (
  id uuid primary key,
  provider text not null,
  -- What both sides are about: the cause of an entry, or a reference that no entry knows.
  matter text not null,
  currency text not null,
  kind text not null check (kind in ('missing_here', 'missing_there', 'amount_differs')),
  -- What came to us, by the provider and by the books; null where it is not there.
  provider_minor bigint,
  booked_minor bigint,
  reference text,
  entry_id uuid,
  payment_id uuid,
  occurred_at timestamptz not null,
  found_at timestamptz not null,
  -- `matched`: a later run found both sides equal.
  state text not null check (state in ('open', 'explained', 'corrected', 'matched')),
  note text,
  resolved_by uuid,
  resolved_at timestamptz,
  unique (provider, matter, currency),
  check ((state = 'open') = (resolved_at is null)),
  check ((state in ('explained', 'corrected')) = (resolved_by is not null and note is not null)),
  check (provider_minor is distinct from booked_minor)
);
create index reconciliation_differences_by_age on reconciliation_differences (state, occurred_at, id);

-- Movements may be given from before and behind the period, so that what came to one side earlier
-- than to the other matches; only what lies in the period can be missing.
create function reconcile(
  p_run_id uuid, p_provider text, p_from timestamptz, p_to timestamptz, p_movements jsonb, p_now timestamptz
) returns integer language plpgsql as $$
declare
  v_found integer;
begin
  with theirs as (
    select coalesce(m.cause_type || ' ' || m.cause_id, 'reference ' || m.reference) as matter,
      m.currency, m.cause_type, m.cause_id, sum(m.amount_minor) as minor, min(m.reference) as reference,
      min(m.occurred_at) as occurred_at
    from jsonb_to_recordset(p_movements) as m (reference text, cause_type text, cause_id uuid,
      amount_minor bigint, currency text, occurred_at timestamptz)
    group by 1, 2, 3, 4
  ), entries as (
    select e.* from journal_entries e where e.recorded_at >= p_from and e.recorded_at < p_to
    union
    select e.* from theirs t join journal_entries e
      on e.cause_type = t.cause_type and e.cause_id = t.cause_id
  ), ours as (
    select e.cause_type || ' ' || e.cause_id as matter, l.currency, e.id, e.payment_id, e.recorded_at,
      sum(case l.side when 'debit' then l.amount_minor else -l.amount_minor end) as minor
    from entries e join journal_lines l on l.entry_id = e.id
    where l.account_id = 'provider:' || p_provider group by 1, 2, 3, 4, 5
  ), sides (matter, currency, provider_minor, booked_minor, reference, entry_id, payment_id,
      occurred_at) as materialized (
  select coalesce(t.matter, o.matter), coalesce(t.currency, o.currency), t.minor, o.minor, t.reference,
    o.id, o.payment_id, coalesce(t.occurred_at, o.recorded_at)
  from theirs t full join ours o on o.matter = t.matter and o.currency = t.currency
  where o.id is not null or (t.occurred_at >= p_from and t.occurred_at < p_to)
  ), matching as (
  update reconciliation_differences d set state = 'matched', resolved_at = p_now
  from sides b
  where d.provider = p_provider and d.matter = b.matter and d.currency = b.currency
    and d.state = 'open' and b.provider_minor = b.booked_minor
  ), differing as (
  insert into reconciliation_differences as d (id, provider, matter, currency, kind, provider_minor,
    booked_minor, reference, entry_id, payment_id, occurred_at, found_at, state)
  select uuidv7(), p_provider, b.matter, b.currency,
    case when b.booked_minor is null then 'missing_here'
      when b.provider_minor is null then 'missing_there' else 'amount_differs' end,
    b.provider_minor, b.booked_minor, b.reference, b.entry_id, b.payment_id, b.occurred_at, p_now, 'open'
  from sides b where b.provider_minor is distinct from b.booked_minor
  -- What a person settled is settled, until the amounts are others.
  on conflict (provider, matter, currency) do update set kind = excluded.kind,
    provider_minor = excluded.provider_minor, booked_minor = excluded.booked_minor,
    reference = excluded.reference, entry_id = excluded.entry_id, payment_id = excluded.payment_id,
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

insert into deadlines (kind, key, due_at) values ('reconcile', 'hourly', now());
