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
  entry_id uuid not null references journal_entries (id),
  line_no integer not null,
  account_id text not null,
  currency text not null,
  side text not null check (side in ('debit', 'credit')),
  amount_minor bigint not null check (amount_minor > 0 and amount_minor <= 10000000000000),
  primary key (entry_id, line_no)
);
create index journal_lines_of_account on journal_lines (account_id, currency, entry_id);

-- Checked at commit, when all lines of an entry are there.
create function check_entry_balances() returns trigger language plpgsql as $$
declare
  v_entry uuid := coalesce((to_jsonb(new) ->> 'entry_id')::uuid, (to_jsonb(new) ->> 'id')::uuid);
begin
  if (select count(*) < 2 from journal_lines where entry_id = v_entry) or exists (
    select from journal_lines where entry_id = v_entry group by currency
    having sum(case side when 'debit' then amount_minor else -amount_minor end) <> 0)
  then
    raise exception 'journal entry % does not balance', v_entry using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entry_balances after insert on journal_entries
  deferrable initially deferred for each row execute function check_entry_balances();
create constraint trigger lines_balance after insert on journal_lines
  deferrable initially deferred for each row execute function check_entry_balances();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger entries_stay before update or delete or truncate on journal_entries
  for each statement execute function refuse_change();
create trigger lines_stay before update or delete or truncate on journal_lines
  for each statement execute function refuse_change();

-- Accounts are touched in one order, so that two entries over the same accounts never deadlock.
create function book_balances() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  insert into ledger_accounts (id, currency, is_payable)
  select distinct account_id, currency, account_id like 'seller:%' from booked order by 1, 2
  on conflict do nothing;
  perform from ledger_accounts a
  where exists (select from booked b where b.account_id = a.id and b.currency = a.currency)
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
  execute format('revoke insert, update, delete on ledger_accounts from %I', 'plaza_payments');
  execute format('revoke update, delete on journal_entries, journal_lines from %I', 'plaza_payments');
end $$;
