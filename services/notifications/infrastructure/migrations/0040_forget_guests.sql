-- Guests whose order nobody claimed: whoever they are is forgotten as long after they paid as in the orders
-- themselves. An id of version 8 is a guest's, and nobody's account.
alter table recipients add column learnt_at timestamptz not null default now();
create index recipients_guests on recipients (learnt_at) where substr(account_id::text, 15, 1) = '8';

-- Answers their addresses, for mails that are kept elsewhere, where nobody else has the same one.
create function forget_guests(p_before timestamptz) returns setof text language plpgsql as $$
declare
  v_guest recipients;
begin
  for v_guest in select * from recipients
    where learnt_at < p_before and substr(account_id::text, 15, 1) = '8' order by learnt_at limit 5000
  loop
    perform erase_account_data(v_guest.account_id);
    update dead_letters set message = jsonb_set(message, '{data}', without_person(message -> 'data'))
    where message #>> '{data,accountId}' = v_guest.account_id::text;
    if not exists (select from recipients where email = v_guest.email) then
      return next v_guest.email;
    end if;
  end loop;
end $$;

insert into deadlines (kind, key, due_at) values ('forget-guests', '', now()) on conflict do nothing;
