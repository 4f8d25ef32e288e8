-- Who asked to be forgotten, and how far that is. It outlives the profile: an id and times.
create table erasures (
  id uuid primary key,
  account_id uuid not null,
  requested_by uuid not null,
  status text not null check (status in ('requested', 'erasing', 'completed', 'refused')),
  refusal text,
  requested_at timestamptz not null,
  completed_at timestamptz,
  check ((status = 'refused') = (refusal is not null))
);
-- One an account, until it is refused.
create unique index erasures_one on erasures (account_id) where status <> 'refused';
create index erasures_by_age on erasures (requested_at desc, id desc);

create table erasure_confirmations (
  erasure_id uuid not null references erasures,
  context text not null,
  confirmed_at timestamptz not null,
  primary key (erasure_id, context)
);

create trigger profiles_of_nobody_erased before insert on profiles
  for each row execute function skip_erased_account('account_id');

create function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  -- Addresses and exports go with it.
  delete from profiles where account_id = p_account_id;
  update erasures set status = 'erasing' where account_id = p_account_id and status = 'requested';
end $$;

-- Begins an erasure with its message, or answers why not: `running` when there is one, `last_admin`
-- when no other active administrator is known. identity has the last word on that.
create function request_erasure(
  p_id uuid, p_account_id uuid, p_by uuid, p_now timestamptz, p_messages jsonb
) returns text language plpgsql as $$
declare
  v_profile profiles;
begin
  select * into v_profile from profiles where account_id = p_account_id for update;
  if not found then return 'no_profile'; end if;
  if exists (select from erasures where account_id = p_account_id and status <> 'refused') then
    return 'running';
  end if;
  if 'admin' = any (v_profile.roles) and v_profile.status = 'active' and not exists (
    select from profiles where 'admin' = any (roles) and status = 'active' and account_id <> p_account_id
  ) then
    return 'last_admin';
  end if;
  insert into erasures (id, account_id, requested_by, status, requested_at)
  values (p_id, p_account_id, p_by, 'requested', p_now);
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id,
                      traceparent, data, is_handed_over)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id,
         m.traceparent, m.data, true
  from jsonb_to_recordset(p_messages) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb);
  return 'requested';
end $$;

-- A context has forgotten; with the last of `p_expected` the erasure is complete.
create function confirm_erasure(
  p_consumer text, p_message_id uuid, p_erasure_id uuid, p_context text, p_at timestamptz,
  p_expected text[]
) returns void language plpgsql as $$
begin
  perform from erasures where id = p_erasure_id for update;
  if not found or not take_message(p_consumer, p_message_id) then return; end if;
  insert into erasure_confirmations values (p_erasure_id, p_context, p_at) on conflict do nothing;
  update erasures set status = 'completed', completed_at = p_at
  where id = p_erasure_id and status in ('requested', 'erasing')
    and p_expected <@ (
      select array_agg(context) from erasure_confirmations where erasure_id = p_erasure_id);
end $$;
