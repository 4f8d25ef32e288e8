-- What somebody asked to be given of everything that Plaza holds of them.
create table exports (
  id uuid primary key,
  account_id uuid not null references profiles on delete cascade,
  status text not null check (status in ('collecting', 'ready', 'failed', 'expired')),
  requested_at timestamptz not null,
  ready_at timestamptz,
  -- When it fails for want of a part, or its files go.
  ends_at timestamptz not null
);
create unique index exports_one_running on exports (account_id) where status = 'collecting';
create index exports_of_account on exports (account_id, requested_at desc);

-- What a context has put aside for it; the manifest is a file that lists the files.
create table export_parts (
  export_id uuid not null references exports on delete cascade,
  context text not null,
  manifest text not null,
  file_count integer not null,
  made_at timestamptz not null,
  primary key (export_id, context)
);

-- Begins an export with its message and its deadline, unless one is running. One that is ready is over
-- with that: its own deadline clears its files away at once.
create function request_export(
  p_id uuid, p_account_id uuid, p_now timestamptz, p_fails_at timestamptz, p_messages jsonb
) returns text language plpgsql as $$
begin
  perform from profiles where account_id = p_account_id for update;
  if not found then return 'no_profile'; end if;
  if exists (select from exports where account_id = p_account_id and status = 'collecting') then
    return 'running';
  end if;
  with over as (
    update exports set ends_at = p_now where account_id = p_account_id and status = 'ready' returning id
  )
  update deadlines d set due_at = p_now from over where d.kind = 'end-export' and d.key = over.id::text;
  insert into exports (id, account_id, status, requested_at, ends_at)
  values (p_id, p_account_id, 'collecting', p_now, p_fails_at);
  insert into deadlines (kind, key, due_at) values ('end-export', p_id::text, p_fails_at);
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id,
                      traceparent, data, is_handed_over)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id,
         m.traceparent, m.data, true
  from jsonb_to_recordset(p_messages) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb);
  return 'requested';
end $$;

-- Takes the part of a context; with the last of `p_expected` the export is ready until `p_ends_at`.
-- Answers false when nobody waits for it any more: then its files have to go.
create function collect_part(
  p_consumer text, p_message_id uuid, p_export_id uuid, p_context text, p_manifest text,
  p_file_count integer, p_made_at timestamptz, p_expected text[], p_now timestamptz,
  p_ends_at timestamptz
) returns boolean language plpgsql as $$
begin
  perform from exports where id = p_export_id and status in ('collecting', 'ready') for update;
  if not found then return false; end if;
  if not take_message(p_consumer, p_message_id) then return true; end if;
  insert into export_parts values (p_export_id, p_context, p_manifest, p_file_count, p_made_at)
  on conflict do nothing;
  if p_expected <@ (select array_agg(context) from export_parts where export_id = p_export_id) then
    update exports set status = 'ready', ready_at = p_now, ends_at = p_ends_at
    where id = p_export_id and status = 'collecting';
    if found then
      update deadlines set due_at = p_ends_at where kind = 'end-export' and key = p_export_id::text;
    end if;
  end if;
  return true;
end $$;
