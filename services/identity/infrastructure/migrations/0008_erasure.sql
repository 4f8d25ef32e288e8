-- Closed for good: its holder has asked to be forgotten. It is deactivated too, so that whatever asks
-- whether an account may act says no; the row itself goes moments later.
alter table accounts add column closed_at timestamptz
  check (closed_at is null or status = 'deactivated');

-- Names of people who were forgotten: taken for ever, and not readable. A keyed hash.
create table erased_usernames (
  username_hash bytea primary key
);

-- An act that is recorded after its person was forgotten keeps no more than that it was done.
create function record_without_person() returns trigger language plpgsql as $$
begin
  if is_about_erased(new.act ->> 'path', new.actor_id::text) then
    new.ip := '';
    new.user_agent := null;
    new.act := null;
    new.salt := null;
  end if;
  return new;
end $$;
create trigger account_events_name_nobody before insert on account_events
  for each row when (new.act is not null) execute function record_without_person();

create function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  -- Sessions, codes and all that hangs on the account go with it; its address is free again.
  delete from accounts where id = p_account_id;
  delete from usernames where account_id = p_account_id;
  -- That something happened stays, for the audit of others' accounts too; from where and what was
  -- seen of the person does not.
  update account_events set ip = '', user_agent = null, act = null, salt = null
  where account_id = p_account_id or actor_id = p_account_id
    or act::text like '%' || p_account_id || '%';
end $$;
