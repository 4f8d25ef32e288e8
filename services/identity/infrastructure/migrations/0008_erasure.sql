-- Closed for good: its holder has asked to be forgotten. It is deactivated too, so that whatever asks
-- whether an account may act says no; the row itself goes moments later.
alter table accounts add column closed_at timestamptz
  check (closed_at is null or status = 'deactivated');

-- Names of people who were forgotten: taken for ever, and not readable. A keyed hash.
create table erased_usernames (
  username_hash bytea primary key
);

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
