-- What kinds of accounts there are, and what holds of each, is data. An account of no known kind is
-- refused; a new kind is a row. Pending entries hold money that may leave later, reversals take back
-- what one entry booked and never more.

create table account_kinds (
  kind text primary key,
  -- The names of its accounts: a regular expression over the whole name. At most one kind fits.
  pattern text not null unique,
  normal_side text not null check (normal_side in ('debit', 'credit')),
  -- 1: never below zero, as what we owe somebody; -1: never above it, as what somebody owes us. An
  -- account without a bound is kept as sixteen rows that add up, one a writer: every payment touches
  -- it, and writers need not wait for each other. A bound needs one row to be checked on.
  bound bigint not null check (bound in (-1, 0, 1))
);
insert into account_kinds (kind, pattern, normal_side, bound)
select v.kind, replace(v.pattern, '<id>', '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'), v.side,
  v.bound
from (values
  ('provider', 'provider:[a-z0-9_.-]+', 'debit', 0),
  ('seller_pending', 'seller:<id>:pending', 'credit', 1),
  ('seller_available', 'seller:<id>:available', 'credit', 1),
  ('seller_disputed', 'seller:<id>:disputed', 'credit', 1),
  ('seller_owing', 'seller:<id>:owing', 'debit', -1),
  ('buyer', 'buyer:<id>', 'credit', 1),
  ('escrow', 'escrow:<id>', 'credit', 1),
  ('payouts_in_transit', 'payouts:in_transit', 'credit', 1),
  ('platform_fees', 'platform:fees', 'credit', 0),
  ('platform_losses', 'platform:losses', 'debit', 0),
  ('platform_provider_fees', 'platform:provider_fees', 'debit', 0),
  ('tax', 'tax:[A-Za-z0-9][A-Za-z0-9_.-]*', 'credit', 0)
) as v (kind, pattern, side, bound);

alter table ledger_accounts add column kind text references account_kinds (kind);
alter table ledger_accounts add column bound bigint not null default 0;
alter table ledger_accounts add column shard smallint not null default 0;
-- Debits of pending entries: money that is promised and has not left.
alter table ledger_accounts add column pending_minor bigint not null default 0;
update ledger_accounts a set kind = k.kind, bound = k.bound
from account_kinds k where a.id ~ ('^(' || k.pattern || ')$');
alter table ledger_accounts alter column kind set not null;
alter table ledger_accounts drop column is_payable;
alter table ledger_accounts drop constraint ledger_accounts_pkey;
alter table ledger_accounts add primary key (id, currency, shard);
-- Few parts, and domains below: PostgreSQL reads a check anew in every statement.
alter table ledger_accounts
  add constraint within_bounds check (bound * (balance_minor - pending_minor) >= 0);
alter table ledger_accounts set (fillfactor = 50);

create domain ledger_side as text check (value in ('debit', 'credit'));
create domain booked_minor as bigint check (value > 0 and value <= 10000000000000);
alter table journal_lines drop constraint journal_lines_side_check;
alter table journal_lines drop constraint journal_lines_amount_minor_check;
alter table journal_lines alter column side type ledger_side, alter column amount_minor type booked_minor;

-- One row an account and currency, whatever it is made of.
create view ledger_balances as
  select id, currency, min(kind) as kind, sum(balance_minor) as balance_minor,
    sum(pending_minor) as pending_minor
  from ledger_accounts group by id, currency;

-- A row of an account that is not there yet, by what its kind says.
create function open_account(p_account text, p_currency text, p_shard integer) returns void
language plpgsql as $$
declare
  v_kind account_kinds;
begin
  select * into v_kind from account_kinds k where p_account ~ ('^(' || k.pattern || ')$');
  if not found then
    raise exception 'account % is of no known kind', p_account using errcode = 'check_violation';
  elsif p_currency !~ '^[A-Z]{3}$' then
    raise exception '% is no currency', p_currency using errcode = 'check_violation';
  end if;
  insert into ledger_accounts (id, currency, shard, kind, bound)
  values (p_account, p_currency, case v_kind.bound when 0 then p_shard else 0 end, v_kind.kind,
          v_kind.bound)
  on conflict do nothing;
end $$;

-- The one place where a balance changes.
create function change_balance(
  p_account text, p_currency text, p_minor bigint, p_pending bigint, p_shard integer
) returns void language plpgsql as $$
begin
  loop
    update ledger_accounts a set balance_minor = a.balance_minor + p_minor,
      pending_minor = a.pending_minor + p_pending
    where a.id = p_account and a.currency = p_currency and a.shard in (0, p_shard)
      and (a.shard = p_shard or a.bound <> 0);
    exit when found;
    perform open_account(p_account, p_currency, p_shard);
  end loop;
end $$;

-- What an entry that reverses another takes back of it, line by line: never more than was booked.
alter table journal_entries add column reverses uuid references journal_entries (id);
create index journal_entries_reversing on journal_entries (reverses) where reverses is not null;
create table reversed_lines (
  entry_id uuid not null references journal_entries (id),
  account_id text not null,
  currency text not null,
  side text not null,
  amount_minor bigint not null,
  reversed_minor bigint not null default 0,
  primary key (entry_id, account_id, currency, side),
  constraint reversed_at_most_once check (reversed_minor between 0 and amount_minor)
);

create function count_reversal(p_entry uuid) returns void language plpgsql as $$
declare
  v_original uuid;
  v_line record;
begin
  select e.reverses into v_original from journal_entries e where e.id = p_entry;
  if v_original is null then
    raise exception 'entry % does not say what it reverses', p_entry using errcode = 'check_violation';
  end if;
  if exists (select from journal_entries e where e.id = v_original and e.reverses is not null) then
    raise exception 'entry % is a reversal itself', v_original using errcode = 'check_violation';
  end if;
  insert into reversed_lines (entry_id, account_id, currency, side, amount_minor)
  select l.entry_id, l.account_id, l.currency, l.side, sum(l.amount_minor) from journal_lines l
  where l.entry_id = v_original group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict do nothing;
  for v_line in
    select l.account_id, l.currency, l.side, sum(l.amount_minor) as amount_minor
    from journal_lines l where l.entry_id = p_entry group by 1, 2, 3 order by 1, 2, 3
  loop
    update reversed_lines r set reversed_minor = r.reversed_minor + v_line.amount_minor
    where r.entry_id = v_original and r.account_id = v_line.account_id
      and r.currency = v_line.currency and r.side <> v_line.side;
    if not found then
      raise exception 'entry % booked nothing that % could take back of %', v_original, p_entry,
        v_line.account_id using errcode = 'check_violation';
    end if;
  end loop;
end $$;

-- Several entries at once, in one transaction and with one change an account: what waits together is
-- booked together. All of them or none. Accounts are touched in one order, so that two writers over
-- the same accounts never deadlock.
create function post_entries(p_entries jsonb, p_now timestamptz) returns void
language plpgsql security definer set search_path from current as $$
declare
  v_change record;
  v_entry record;
  v_shard integer := pg_backend_pid() % 16;
  v_expected integer := jsonb_array_length(p_entries);
  v_sound integer;
begin
  -- Only a superuser may write this into the function's head.
  perform set_config('plaza.posting', 'on', true);
  -- Before a number is drawn: who chains entries waits for transactions that may hold a lower one.
  perform pg_current_xact_id();
  insert into journal_entries
    (id, cause_type, cause_id, payment_id, order_id, job_id, reverses, recorded_at)
  select (e ->> 'id')::uuid, e ->> 'causeType', (e ->> 'causeId')::uuid,
    (e #>> '{about,paymentId}')::uuid, (e #>> '{about,orderId}')::uuid,
    (e #>> '{about,jobId}')::uuid, (e ->> 'reverses')::uuid, p_now
  from jsonb_array_elements(p_entries) e;

  for v_change in
    with line as (
      insert into journal_lines (entry_id, line_no, account_id, currency, side, amount_minor)
      select (e ->> 'id')::uuid, l.n, l.line ->> 'account', l.line ->> 'currency',
        l.line ->> 'side', (l.line ->> 'amountMinor')::bigint
      from jsonb_array_elements(p_entries) e,
        jsonb_array_elements(e -> 'lines') with ordinality as l (line, n)
      returning entry_id, account_id, currency,
        case side when 'credit' then amount_minor else -amount_minor end as minor
    ), sound as (
      select count(distinct entry_id) filter (where minor = 0) as n, bool_or(minor <> 0) as is_wrong
      from (select entry_id, currency, sum(minor) as minor from line group by 1, 2) s
    )
    select account_id, currency, sum(minor) as minor, min(sound.n) as n, bool_or(is_wrong) as is_wrong
    from line, sound group by 1, 2 order by 1, 2
  loop
    if v_change.is_wrong then
      raise exception 'an entry does not balance: %', p_entries using errcode = 'check_violation';
    end if;
    v_sound := v_change.n;
    update ledger_accounts a set balance_minor = a.balance_minor + v_change.minor
    where a.id = v_change.account_id and a.currency = v_change.currency and a.shard in (0, v_shard)
      and (a.shard = v_shard or a.bound <> 0);
    if not found then
      perform change_balance(
        v_change.account_id, v_change.currency, v_change.minor::bigint, 0, v_shard);
    end if;
  end loop;
  if v_sound is distinct from v_expected and v_expected > 0 then
    raise exception 'an entry has no lines: %', p_entries using errcode = 'check_violation';
  end if;
  for v_entry in
    select (e ->> 'id')::uuid as id from jsonb_array_elements(p_entries) e
    where e ->> 'reverses' is not null or e ->> 'causeType' = 'reversal'
  loop
    perform count_reversal(v_entry.id);
  end loop;
  perform set_config('plaza.posting', '', true);
end $$;

-- The same for one, which is what most writers have, in fewer steps.
create or replace function post_entry(p_entry jsonb, p_now timestamptz) returns void
language plpgsql security definer set search_path from current as $$
declare
  v_id uuid := (p_entry ->> 'id')::uuid;
  v_reverses uuid := (p_entry ->> 'reverses')::uuid;
  v_change record;
  v_shard integer := pg_backend_pid() % 16;
  v_is_booked boolean := false;
  v_tx xid8;
begin
  if p_entry is null then return; end if;
  perform set_config('plaza.posting', 'on', true);
  v_tx := pg_current_xact_id();
  insert into journal_entries
    (id, cause_type, cause_id, payment_id, order_id, job_id, reverses, recorded_at)
  values (v_id, p_entry ->> 'causeType', (p_entry ->> 'causeId')::uuid,
    (p_entry #>> '{about,paymentId}')::uuid, (p_entry #>> '{about,orderId}')::uuid,
    (p_entry #>> '{about,jobId}')::uuid, v_reverses, p_now);
  for v_change in
    with line as (
      insert into journal_lines (entry_id, line_no, account_id, currency, side, amount_minor)
      select v_id, l.n, l.line ->> 'account', l.line ->> 'currency', l.line ->> 'side',
        (l.line ->> 'amountMinor')::bigint
      from jsonb_array_elements(p_entry -> 'lines') with ordinality as l (line, n)
      returning account_id, currency,
        case side when 'credit' then amount_minor else -amount_minor end as minor
    )
    select account_id, currency, sum(minor) as minor,
      sum(sum(minor)) over (partition by currency) <> 0 as is_wrong
    from line group by 1, 2 order by 1, 2
  loop
    if v_change.is_wrong then
      raise exception 'journal entry % does not balance', v_id using errcode = 'check_violation';
    end if;
    v_is_booked := true;
    update ledger_accounts a set balance_minor = a.balance_minor + v_change.minor
    where a.id = v_change.account_id and a.currency = v_change.currency and a.shard in (0, v_shard)
      and (a.shard = v_shard or a.bound <> 0);
    if not found then
      perform change_balance(
        v_change.account_id, v_change.currency, v_change.minor::bigint, 0, v_shard);
    end if;
  end loop;
  if not v_is_booked then
    raise exception 'journal entry % has no lines', v_id using errcode = 'check_violation';
  end if;
  if v_reverses is not null or p_entry ->> 'causeType' = 'reversal' then
    perform count_reversal(v_id);
  end if;
  perform set_config('plaza.posting', '', true);
end $$;

-- Who does not come through the two above is checked as strictly, only slower.
create or replace function book_balances() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  v_found record;
  v_change record;
begin
  for v_found in
    select b.entry_id, sum(case b.side when 'debit' then b.amount_minor else -b.amount_minor end) <> 0
        as is_wrong, bool_or(e.id is null) as is_alone, 
      bool_or(e.reverses is not null or e.cause_type = 'reversal') as is_reversal
    from booked b left join journal_entries e on e.id = b.entry_id group by b.entry_id, b.currency
  loop
    if v_found.is_wrong then
      raise exception 'journal entry % does not balance', v_found.entry_id
        using errcode = 'check_violation';
    elsif v_found.is_alone then
      raise exception 'journal entry % does not exist', v_found.entry_id
        using errcode = 'foreign_key_violation';
    elsif v_found.is_reversal then
      perform count_reversal(v_found.entry_id);
    end if;
  end loop;
  for v_change in
    select b.account_id, b.currency,
      sum(case b.side when 'credit' then b.amount_minor else -b.amount_minor end) as minor
    from booked b group by b.account_id, b.currency order by b.account_id, b.currency
  loop
    perform change_balance(v_change.account_id, v_change.currency, v_change.minor::bigint, 0, 0);
  end loop;
  return null;
end $$;
drop trigger balances_follow on journal_lines;
create trigger balances_follow after insert on journal_lines
  referencing new table as booked for each statement
  when (current_setting('plaza.posting', true) is distinct from 'on')
  execute function book_balances();
drop trigger entry_has_lines on journal_entries;
create constraint trigger entry_has_lines after insert on journal_entries
  deferrable initially deferred for each row
  when (current_setting('plaza.posting', true) is distinct from 'on')
  execute function check_entry_has_lines();

do $$
declare v_role text := current_setting('plaza.context_role');
begin
  -- The role books through the functions, which set what the triggers look at; nobody else can.
  execute format('revoke insert on journal_entries, journal_lines from %I', v_role);
  execute format('revoke insert, update, delete on account_kinds, reversed_lines from %I', v_role);
  execute format('revoke all on ledger_balances from %I', v_role);
  execute format('grant select on ledger_balances to %I', v_role);
end $$;
revoke execute on function change_balance, open_account, count_reversal from public;
