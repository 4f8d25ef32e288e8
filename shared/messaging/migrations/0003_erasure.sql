-- Accounts whose holder is forgotten. Messages that come late find them here, so that nobody is
-- learnt again; ids are kept, since books name them and an id says nothing of a person.
create table erased_accounts (
  account_id uuid primary key,
  erased_at timestamptz not null
);
create index outbox_of_account on outbox ((data ->> 'accountId')) where data ? 'accountId';

-- The members of a message's data that say who somebody is: texts become empty, what may be null is.
create function without_person(p_data jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, case
    when key in ('email', 'username', 'recipient', 'address') and jsonb_typeof(value) <> 'null' then '""'
    when key in ('fullName', 'phoneNumber', 'ip', 'userAgent') then 'null'
    else value end), '{}')
  from jsonb_each(p_data)
$$;

-- Takes the person out of every message that is kept: of the log, of those that died, of answers that
-- would be given again.
create function erase_messages(p_account_id uuid) returns void language plpgsql as $$
declare
  nobody_seen constant jsonb :=
    '{"ip": "", "userAgent": null, "request": null, "before": null, "after": null}';
begin
  update outbox set data = without_person(data)
  where data ? 'accountId' and data ->> 'accountId' = p_account_id::text
    and data <> without_person(data);
  -- What staff did to what is the person's, or the person as one of the staff: who and what stays.
  update outbox set data = data || nobody_seen
  where type like '%.staff-acted.v1' and data::text like '%' || p_account_id || '%';
  update dead_letters set message = jsonb_set(message, '{data}', (message -> 'data') || nobody_seen)
  where message ->> 'type' like '%.staff-acted.v1' and message::text like '%' || p_account_id || '%';
  -- Also those that no contract describes and that are kept as bytes: they are nobody's to replay.
  delete from dead_letters where message #>> '{data,base64}' is not null
    and convert_from(decode(message #>> '{data,base64}', 'base64'), 'UTF8') like '%' || p_account_id || '%';
  update dead_letters set message = jsonb_set(message, '{data}', without_person(message -> 'data'))
  where message #>> '{data,accountId}' = p_account_id::text;
  delete from idempotency_keys where principal = p_account_id::text;
end $$;

-- Whether an act of staff was done by somebody, or to somebody by address, who was forgotten. It waits for
-- an erasure that is under way, which waits for those that are being stored: none falls between. Each
-- question here sees what was committed until now.
create function is_about_erased(p_path text, p_actor_id text) returns boolean language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('plaza.erasure'));
  return exists (
    select from erased_accounts e where e.account_id::text = p_actor_id or e.account_id::text in (
      select m[1] from regexp_matches(p_path, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') as m));
end $$;
create function publish_without_person() returns trigger language plpgsql as $$
begin
  if is_about_erased(new.data ->> 'path', new.data ->> 'actorId') then
    new.data := new.data
      || '{"ip": "", "userAgent": null, "request": null, "before": null, "after": null}';
  end if;
  return new;
end $$;
create trigger outbox_names_nobody before insert on outbox
  for each row when (new.type like '%.staff-acted.v1') execute function publish_without_person();

-- A message that was under way when its account was erased, and died after that.
create function bury_without_person() returns trigger language plpgsql as $$
begin
  if exists (select from erased_accounts e where e.account_id::text = new.message #>> '{data,accountId}')
  then new.message := jsonb_set(new.message, '{data}', without_person(new.message -> 'data'));
  end if;
  return new;
end $$;
create trigger dead_letters_name_nobody before insert or update of message on dead_letters
  for each row execute function bury_without_person();

-- For tables that learn of people from messages: a row of somebody who was forgotten is not stored.
-- The trigger names the column that holds the account.
create function skip_erased_account() returns trigger language plpgsql as $$
begin
  if exists (select from erased_accounts e where e.account_id::text = to_jsonb(new) ->> tg_argv[0])
  then return null; end if;
  return new;
end $$;

-- Forgets the holder of an account, once a message: the context's own rows by its own function
-- `erase_account_data`, what messages say, and the confirmation. Answers whether it was the first time.
create function finish_erasure(
  p_consumer text, p_message_id uuid, p_account_id uuid, p_at timestamptz, p_messages jsonb
) returns boolean language plpgsql as $$
begin
  if not take_message(p_consumer, p_message_id) then return false; end if;
  perform pg_advisory_xact_lock(hashtext('plaza.erasure'));
  insert into erased_accounts values (p_account_id, p_at) on conflict do nothing;
  perform erase_account_data(p_account_id);
  perform erase_messages(p_account_id);
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id,
                      traceparent, data, is_handed_over)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id,
         m.traceparent, m.data, true
  from jsonb_to_recordset(p_messages) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb);
  return true;
end $$;
