-- A notice is also an entry in the list of its recipient: until it is read it counts as new. What was
-- told before there was a list is not new.
alter table notifications
  add column is_by_mail boolean not null default true,
  add column is_in_app boolean not null default true,
  add column read_at timestamptz;
update notifications set read_at = created_at;
-- Ids grow with time.
create index notifications_of_recipient on notifications (recipient_id, id desc) where is_in_app;
create index notifications_unread on notifications (recipient_id)
  where is_in_app and read_at is null;
drop index notifications_waiting;
create index notifications_waiting on notifications (recipient_id, created_at)
  where is_by_mail and sent_at is null and refused_at is null;

-- What people do not want to be told, and where. A row that is not there: everywhere.
create table preferences (
  account_id uuid not null,
  cause text not null check (cause in (
    'order_paid', 'order_shipped', 'order_delivered', 'order_cancelled', 'order_failed',
    'order_refunded', 'selling')),
  by_mail boolean not null,
  in_app boolean not null,
  updated_at timestamptz not null,
  primary key (account_id, cause)
);
create trigger preferences_of_nobody_erased before insert on preferences
  for each row execute function skip_erased_account('account_id');

create or replace function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  delete from deadlines where kind = 'send-notice'
    and key in (select id::text from notifications where recipient_id = p_account_id);
  delete from notifications where recipient_id = p_account_id;
  delete from preferences where account_id = p_account_id;
  delete from recipients where account_id = p_account_id;
end $$;
