-- Append-only streams of domain events with optimistic concurrency, and the state they fold to.

create table streams (
  id uuid primary key,
  version integer not null check (version > 0),
  state jsonb not null
) with (fillfactor = 70);

create table events (
  position bigint generated always as identity,
  -- A sequence is not the commit order: readers of the whole log stop below the oldest running
  -- transaction, and for that each event carries its own.
  tx xid8 not null default pg_current_xact_id(),
  stream_id uuid not null,
  version integer not null check (version > 0),
  type text not null,
  data jsonb not null,
  correlation_id uuid not null,
  causation_id uuid,
  recorded_at timestamptz not null,
  primary key (stream_id, version)
);
create index events_log on events (tx, position);

-- Appends `p_events` ([{type, data}]) after `p_expected_version` (0: the stream is new) and stores
-- the state they lead to. Answers false, with nothing done, when another writer was faster.
create function append_events(
  p_stream_id uuid, p_expected_version integer, p_events jsonb, p_state jsonb,
  p_correlation_id uuid, p_causation_id uuid, p_recorded_at timestamptz
) returns boolean language plpgsql as $$
declare
  v_version integer := p_expected_version + jsonb_array_length(p_events);
begin
  if p_expected_version = 0 then
    insert into streams (id, version, state) values (p_stream_id, v_version, p_state)
    on conflict (id) do nothing;
  else
    update streams set version = v_version, state = p_state
    where id = p_stream_id and version = p_expected_version;
  end if;
  if not found then return false; end if;

  insert into events (stream_id, version, type, data, correlation_id, causation_id, recorded_at)
  select p_stream_id, p_expected_version + e.n, e.event ->> 'type', e.event -> 'data',
         p_correlation_id, p_causation_id, p_recorded_at
  from jsonb_array_elements(p_events) with ordinality as e (event, n);
  return true;
end $$;
