-- The double-entry ledger. Rows are only ever added: the context's role may not update or delete
-- them, balances are kept by a trigger that runs as the owner, and the rules hold at commit.

create table ledger_accounts (
  id text not null,
  currency text not null,
  -- Money that we owe somebody, and so never below zero; clearing accounts may be.
  is_payable boolean not null,
  balance_minor bigint not null default 0, -- credits less debits
  primary key (id, currency),
  check (not is_payable or balance_minor >= 0)
);

create table journal_entries (
  id uuid primary key,
  seq bigint generated always as identity unique,
  -- One entry a business cause: a repeated message or a second try cannot book twice.
  cause_type text not null,
  cause_id uuid not null,
  payment_id uuid not null,
  order_id uuid not null,
  recorded_at timestamptz not null default now(),
  unique (cause_type, cause_id)
);
create index journal_entries_of_payment on journal_entries (payment_id);

create table journal_lines (
  entry_id uuid not null,
  line_no integer not null,
  account_id text not null,
  currency text not null,
  side text not null check (side in ('debit', 'credit')),
  amount_minor bigint not null check (amount_minor > 0 and amount_minor <= 10000000000000),
  primary key (entry_id, line_no)
);
create index journal_lines_of_account on journal_lines (account_id, currency, entry_id);

-- Checked at commit, when its lines are there: an entry without any is none.
create function check_entry_has_lines() returns trigger language plpgsql as $$
begin
  if not exists (select from journal_lines where entry_id = new.id) then
    raise exception 'journal entry % has no lines', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entry_has_lines after insert on journal_entries
  deferrable initially deferred for each row execute function check_entry_has_lines();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger entries_stay before update or delete or truncate on journal_entries
  for each statement execute function refuse_change();
create trigger lines_stay before update or delete or truncate on journal_lines
  for each statement execute function refuse_change();

-- The lines of one entry come in one statement and balance in it, so every entry always does;
-- rows are never deleted, so this also stands for a foreign key. Accounts are touched in one order:
-- two entries over the same accounts never deadlock.
create function book_balances() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  v_wrong uuid;
begin
  select b.entry_id into v_wrong from booked b group by b.entry_id, b.currency
  having sum(case b.side when 'debit' then b.amount_minor else -b.amount_minor end) <> 0 limit 1;
  if found then
    raise exception 'journal entry % does not balance', v_wrong using errcode = 'check_violation';
  end if;
  select b.entry_id into v_wrong from booked b
  where not exists (select from journal_entries e where e.id = b.entry_id) limit 1;
  if found then
    raise exception 'journal entry % does not exist', v_wrong using errcode = 'foreign_key_violation';
  end if;

  -- New accounts first: who holds a lock already must not wait for the row that another makes.
  insert into ledger_accounts (id, currency, is_payable)
  select distinct b.account_id, b.currency, b.account_id like 'seller:%' from booked b
  where not exists (
    select from ledger_accounts a where a.id = b.account_id and a.currency = b.currency)
  order by 1, 2
  on conflict do nothing;
  perform from ledger_accounts a
  where (a.id, a.currency) in (select b.account_id, b.currency from booked b)
  order by a.id, a.currency for update;
  update ledger_accounts a set balance_minor = a.balance_minor + b.change
  from (
    select account_id, currency,
      sum(case side when 'credit' then amount_minor else -amount_minor end) as change
    from booked group by account_id, currency
  ) b
  where a.id = b.account_id and a.currency = b.currency;
  return null;
end $$;
create trigger balances_follow after insert on journal_lines
  referencing new table as booked for each statement execute function book_balances();

do $$
begin
  -- The context's own role: it adds entries and reads; nothing else.
  execute format('revoke insert, update, delete on ledger_accounts from %I', current_setting('plaza.context_role'));
  execute format('revoke update, delete on journal_entries, journal_lines from %I', current_setting('plaza.context_role'));
end $$;
