create function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  delete from deadlines where kind = 'send-notice'
    and key in (select id::text from notifications where recipient_id = p_account_id);
  delete from notifications where recipient_id = p_account_id;
  delete from recipients where account_id = p_account_id;
end $$;

-- A registration or an order that comes late: nobody is learnt again, and nobody is waited for.
create trigger recipients_of_nobody_erased before insert on recipients
  for each row execute function skip_erased_account('account_id');
create trigger notifications_of_nobody_erased before insert on notifications
  for each row execute function skip_erased_account('recipient_id');
