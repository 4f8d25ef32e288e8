-- Entries in two steps: what a pending entry debits is promised and cannot be spent twice, until it
-- ends once, as posted, voided or expired.
create table pending_entries (
  id uuid primary key,
  cause_type text not null,
  cause_id uuid not null,
  payment_id uuid,
  order_id uuid,
  job_id uuid,
  recorded_at timestamptz not null,
  expires_at timestamptz not null,
  unique (cause_type, cause_id),
  check (expires_at > recorded_at)
);
create table pending_lines (
  pending_id uuid not null references pending_entries (id),
  line_no integer not null,
  account_id text not null,
  currency text not null,
  side ledger_side not null,
  amount_minor booked_minor not null,
  primary key (pending_id, line_no)
);
create index pending_lines_of_account on pending_lines (account_id, currency);
-- The primary key is the rule: a pending entry ends once.
create table pending_outcomes (
  pending_id uuid primary key references pending_entries (id),
  outcome text not null check (outcome in ('posted', 'voided', 'expired')),
  entry_id uuid unique references journal_entries (id) deferrable initially deferred,
  recorded_at timestamptz not null,
  check ((outcome = 'posted') = (entry_id is not null))
);
create trigger pending_entries_stay before update or delete or truncate on pending_entries
  for each statement execute function refuse_change();
create trigger pending_lines_stay before update or delete or truncate on pending_lines
  for each statement execute function refuse_change();
create trigger pending_outcomes_stay before update or delete or truncate on pending_outcomes
  for each statement execute function refuse_change();

-- Only what leaves an account is held back: what may come cannot be spent before it is there.
create function hold_lines(p_pending uuid, p_sign integer) returns void language plpgsql as $$
declare
  v_line record;
begin
  for v_line in
    select l.account_id, l.currency,
      sum(case l.side when 'debit' then l.amount_minor else 0 end) as minor
    from pending_lines l where l.pending_id = p_pending group by 1, 2 order by 1, 2
  loop
    perform change_balance(v_line.account_id, v_line.currency, 0, (p_sign * v_line.minor)::bigint, 0);
  end loop;
end $$;

-- Holds the money of an entry until `p_expires_at`. An entry that is there already is left alone.
create function hold_entry(p_entry jsonb, p_expires_at timestamptz, p_now timestamptz)
returns void language plpgsql security definer set search_path from current as $$
declare
  v_id uuid := (p_entry ->> 'id')::uuid;
begin
  insert into pending_entries
    (id, cause_type, cause_id, payment_id, order_id, job_id, recorded_at, expires_at)
  values (v_id, p_entry ->> 'causeType', (p_entry ->> 'causeId')::uuid,
    (p_entry #>> '{about,paymentId}')::uuid, (p_entry #>> '{about,orderId}')::uuid,
    (p_entry #>> '{about,jobId}')::uuid, p_now, p_expires_at)
  on conflict (cause_type, cause_id) do nothing;
  if not found then return; end if;
  insert into pending_lines (pending_id, line_no, account_id, currency, side, amount_minor)
  select v_id, l.n, l.line ->> 'account', l.line ->> 'currency', l.line ->> 'side',
    (l.line ->> 'amountMinor')::bigint
  from jsonb_array_elements(p_entry -> 'lines') with ordinality as l (line, n);
  if not found or exists (
    select from pending_lines l where l.pending_id = v_id group by l.currency
    having sum(case l.side when 'debit' then l.amount_minor else -l.amount_minor end) <> 0
  ) then
    raise exception 'pending entry % does not balance', v_id using errcode = 'check_violation';
  end if;
  perform hold_lines(v_id, 1);
  insert into deadlines (kind, key, due_at) values ('expire-pending-entry', v_id::text, p_expires_at);
end $$;

-- Ends a pending entry, and answers how it has ended: by this call or an earlier one. What comes
-- after its time has expired; what would expire it before is `early`.
create function settle_pending_entry(p_id uuid, p_outcome text, p_entry_id uuid, p_now timestamptz)
returns text language plpgsql security definer set search_path from current as $$
declare
  v_pending pending_entries;
  v_outcome text := p_outcome;
begin
  select * into v_pending from pending_entries where id = p_id;
  if not found then return 'unknown'; end if;
  if p_now >= v_pending.expires_at then v_outcome := 'expired';
  elsif p_outcome = 'expired' then v_outcome := null; end if;
  if v_outcome is not null then
    insert into pending_outcomes (pending_id, outcome, entry_id, recorded_at)
    values (p_id, v_outcome, case v_outcome when 'posted' then p_entry_id end, p_now)
    on conflict (pending_id) do nothing;
    if found then
      perform hold_lines(p_id, -1);
      delete from deadlines where kind = 'expire-pending-entry' and key = p_id::text;
      if v_outcome = 'posted' then
        perform post_entry(jsonb_build_object('id', p_entry_id, 'causeType', v_pending.cause_type,
          'causeId', v_pending.cause_id, 'about', jsonb_strip_nulls(jsonb_build_object(
            'paymentId', v_pending.payment_id, 'orderId', v_pending.order_id,
            'jobId', v_pending.job_id)),
          'lines', (select jsonb_agg(jsonb_build_object('account', l.account_id,
            'currency', l.currency, 'side', l.side, 'amountMinor', l.amount_minor::text)
            order by l.line_no) from pending_lines l where l.pending_id = p_id)), p_now);
      end if;
      return v_outcome;
    end if;
  end if;
  return coalesce((select o.outcome from pending_outcomes o where o.pending_id = p_id), 'early');
end $$;

do $$
begin
  execute format('revoke insert, update, delete on pending_entries, pending_lines, pending_outcomes from %I',
    current_setting('plaza.context_role'));
end $$;
revoke execute on function hold_lines from public;
