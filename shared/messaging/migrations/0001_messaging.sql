-- What every context keeps for its messages, timers and repeated requests, in its own schema.

-- Append-only: the row is written in the transaction of the change that it tells of, stays as the
-- replayable log, and is marked when every consumer has taken it.
create table outbox (
  seq bigint generated always as identity,
  id uuid primary key,
  type text not null,
  subject text not null,
  aggregate_version integer not null,
  time timestamptz not null,
  correlation_id uuid not null,
  causation_id uuid,
  traceparent text,
  data jsonb not null,
  -- Its writer sends it when it has committed; the reader of this table does if that fails.
  is_handed_over boolean not null default false,
  sent_at timestamptz
) with (fillfactor = 80);
create index outbox_pending on outbox (seq) where sent_at is null;
create index outbox_correlation on outbox (correlation_id, seq);
create index outbox_time on outbox using brin (time);

-- A message has its effect once: the row is written in the transaction of the effect.
create table inbox (
  consumer text not null,
  message_id uuid not null,
  taken_at timestamptz not null default now(),
  primary key (consumer, message_id)
);

-- Takes a message for a reaction, once: false when it was taken before. Call it in the transaction of
-- the effect. Where one server holds all contexts (it says so by `plaza.reaction_commit`), that
-- transaction need not wait for the disk: the mark that ends the redelivery of the message comes later
-- in the same log, so a crash that loses the effect loses the mark too. Not for an effect that the
-- outside must not see twice, such as asking a provider for money.
create function take_message(p_consumer text, p_message_id uuid) returns boolean
language plpgsql as $$
declare v_commit text;
begin
  insert into inbox (consumer, message_id) values (p_consumer, p_message_id) on conflict do nothing;
  if not found then return false; end if;
  v_commit := set_config('synchronous_commit',
    coalesce(current_setting('plaza.reaction_commit', true), 'on'), true);
  return true;
end $$;

-- The same for several: answers those that were not taken before. In one order, since two that take
-- the same must not wait for each other.
create function take_messages(p_consumers text[], p_message_ids uuid[])
returns table (taken_by text, message_id uuid) language plpgsql as $$
declare v_commit text;
begin
  v_commit := set_config('synchronous_commit',
    coalesce(current_setting('plaza.reaction_commit', true), 'on'), true);
  return query insert into inbox as i (consumer, message_id)
    select m.consumer, m.id from unnest(p_consumers, p_message_ids) as m (consumer, id) order by 1, 2
    on conflict do nothing returning i.consumer, i.message_id;
end $$;

create table dead_letters (
  id uuid primary key default uuidv7(),
  consumer text not null,
  message_id uuid not null,
  message jsonb not null,
  error text not null,
  attempts integer not null,
  died_at timestamptz not null default now(),
  replayed_at timestamptz,
  unique (consumer, message_id)
);

-- Timers that survive a restart. One row a waiting thing; setting it again moves it.
create table deadlines (
  kind text not null,
  key text not null,
  due_at timestamptz not null,
  data jsonb not null default '{}',
  attempts integer not null default 0,
  primary key (kind, key)
);
create index deadlines_due on deadlines (due_at);

create table idempotency_keys (
  principal text not null,
  route text not null,
  key text not null,
  fingerprint bytea not null,
  operation_id uuid not null,
  started_at timestamptz not null default now(),
  status integer,
  headers jsonb,
  body text,
  forever boolean not null default false,
  primary key (principal, route, key)
);
create index idempotency_keys_age on idempotency_keys (started_at) where not forever;
