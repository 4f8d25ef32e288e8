-- Where somebody wants their money. What would let another take it is sealed; a change is a new row.
create table payout_destinations (
  id uuid primary key,
  account_id uuid not null,
  country text not null,
  type text not null,
  bank_code text not null,
  number_last4 text not null,
  -- Number, holder and tax id, under the installation's key.
  sealed bytea not null,
  created_at timestamptz not null,
  -- Nothing is sent there before: who finds it changed has time to object (reliability E7).
  usable_at timestamptz not null,
  replaced_at timestamptz,
  check (usable_at >= created_at + interval '72 hours')
);
create unique index payout_destinations_current on payout_destinations (account_id)
  where replaced_at is null;

create table payout_batches (
  id uuid primary key,
  currency text not null,
  payout_count integer not null check (payout_count > 0),
  total_minor bigint not null check (total_minor > 0),
  created_by uuid not null,
  created_at timestamptz not null
);
create index payout_batches_by_age on payout_batches (created_at desc, id desc);

create table payouts (
  id uuid primary key,
  seller_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  status text not null check (status in ('requested', 'sent', 'unknown', 'paid', 'failed', 'returned')),
  rail text not null,
  destination_id uuid not null references payout_destinations (id),
  batch_id uuid references payout_batches (id),
  reference text,
  failure text,
  -- The account, or `schedule`.
  requested_by text not null,
  settled_by uuid,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null,
  version integer not null default 1,
  check (settled_by <> seller_id)
);
create index payouts_of_seller on payouts (seller_id, created_at desc, id desc);
create index payouts_by_age on payouts (created_at desc, id desc);
create index payouts_waiting on payouts (rail, currency, id) where status = 'requested';
create index payouts_of_batch on payouts (batch_id) where batch_id is not null;

-- What a payout listed, for ever: `transfers.payout_id` says which one lives.
create table payout_transfers (
  payout_id uuid not null references payouts (id),
  transfer_id uuid not null references transfers (id),
  net_minor bigint not null,
  primary key (payout_id, transfer_id)
);
alter table transfers add constraint transfers_payout foreign key (payout_id) references payouts (id);

-- Claims exactly the rows that were seen. Answers 'stale' when any of it is another's by now; the
-- books refuse what is more than is available.
create function request_payout(
  p_payout jsonb, p_rows uuid[], p_now timestamptz, p_entry jsonb, p_messages jsonb
) returns text language plpgsql as $$
declare
  v_new payouts;
  v_count integer;
  v_sum bigint;
begin
  v_new := jsonb_populate_record(null::payouts, p_payout);
  if exists (select from payouts where id = v_new.id) then return 'exists'; end if;
  select count(*), sum(net_minor) into v_count, v_sum from (
    select t.net_minor from transfers t
    where t.id = any (p_rows) and t.payout_id is null and t.seller_id = v_new.seller_id
      and t.currency = v_new.currency
    order by t.id for update
  ) free;
  if v_count <> cardinality(p_rows) or v_sum is distinct from v_new.amount_minor then return 'stale'; end if;
  -- Locked: a destination that is changed at this moment is used before that or not at all.
  perform from payout_destinations d where d.id = v_new.destination_id
    and d.account_id = v_new.seller_id and d.replaced_at is null and d.usable_at <= p_now for share;
  if not found then return 'stale'; end if;

  insert into payouts (id, seller_id, amount_minor, currency, status, rail, destination_id, requested_by,
    created_at, updated_at)
  values (v_new.id, v_new.seller_id, v_new.amount_minor, v_new.currency, 'requested', v_new.rail,
    v_new.destination_id, v_new.requested_by, p_now, p_now);
  insert into payout_transfers (payout_id, transfer_id, net_minor)
  select v_new.id, t.id, t.net_minor from transfers t where t.id = any (p_rows);
  update transfers set payout_id = v_new.id where id = any (p_rows);
  insert into deadlines (kind, key, due_at) values ('send-payout', v_new.id::text, p_now);
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'requested';
end $$;

-- What became of a payout, decided on its version. One that failed or came back frees its rows, once.
create function settle_payout(
  p_id uuid, p_version integer, p_status text, p_reference text, p_failure text, p_by uuid,
  p_now timestamptz, p_entry jsonb, p_messages jsonb
) returns text language plpgsql as $$
begin
  update payouts set status = p_status, reference = coalesce(p_reference, reference), failure = p_failure,
    settled_by = coalesce(p_by, settled_by), updated_at = p_now, version = version + 1,
    sent_at = case when p_status in ('sent', 'paid') then coalesce(sent_at, p_now) else sent_at end,
    ended_at = case when p_status in ('paid', 'failed', 'returned') then p_now end
  where id = p_id and version = p_version and status not in ('failed', 'returned');
  if not found then return 'stale'; end if;
  if p_status in ('failed', 'returned') then
    update transfers set payout_id = null where payout_id = p_id;
  end if;
  if p_status in ('paid', 'failed', 'returned') then
    delete from deadlines where kind = 'send-payout' and key = p_id::text;
  end if;
  perform post_entry(p_entry, p_now);
  perform queue_messages(p_messages);
  return 'settled';
end $$;

-- Puts everything that waits for a bank file into one. Answers its lines; none: there is no batch.
create function make_payout_batch(p_id uuid, p_rail text, p_currency text, p_by uuid, p_now timestamptz)
returns integer language plpgsql as $$
declare
  v_ids uuid[];
begin
  if exists (select from payout_batches where id = p_id) then
    return (select payout_count from payout_batches where id = p_id);
  end if;
  select array_agg(id) into v_ids from (
    select id from payouts where status = 'requested' and rail = p_rail and currency = p_currency
      and seller_id <> p_by
    order by id limit 10000 for update
  ) waiting;
  if v_ids is null then return 0; end if;
  insert into payout_batches (id, currency, payout_count, total_minor, created_by, created_at)
  select p_id, p_currency, count(*), sum(amount_minor), p_by, p_now from payouts where id = any (v_ids);
  update payouts set status = 'sent', batch_id = p_id, sent_at = p_now, updated_at = p_now,
    version = version + 1 where id = any (v_ids);
  delete from deadlines where kind = 'send-payout' and key = any (select unnest(v_ids)::text);
  return cardinality(v_ids);
end $$;

-- Another destination in place of the one before, with the message that tells of it.
create function change_payout_destination(
  p_id uuid, p_account_id uuid, p_country text, p_type text, p_bank_code text, p_last4 text, p_sealed bytea,
  p_now timestamptz, p_usable_at timestamptz, p_messages jsonb
) returns boolean language plpgsql as $$
begin
  -- Two changes at once come one after the other.
  perform pg_advisory_xact_lock(hashtextextended('payout-destination:' || p_account_id, 0));
  if exists (select from payout_destinations where id = p_id) then return false; end if;
  update payout_destinations set replaced_at = p_now where account_id = p_account_id and replaced_at is null;
  insert into payout_destinations (id, account_id, country, type, bank_code, number_last4, sealed,
    created_at, usable_at)
  values (p_id, p_account_id, p_country, p_type, p_bank_code, p_last4, p_sealed, p_now, p_usable_at);
  perform queue_messages(p_messages);
  return true;
end $$;

-- The sandbox rail's own books, as a bank's.
create table sandbox_payouts (
  key uuid primary key,
  reference uuid not null unique,
  amount_minor bigint not null,
  status text not null check (status in ('paid', 'returned', 'void'))
);
