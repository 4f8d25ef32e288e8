-- Guests whose order an account has claimed. Kept: what is told late of a guest is the account's.
create table claimed_guests (
  guest_id uuid primary key,
  account_id uuid not null
);

create function tell_claimant() returns trigger language plpgsql as $$
begin
  select account_id into new.recipient_id from claimed_guests c where c.guest_id = new.recipient_id
  union all select new.recipient_id limit 1;
  return new;
end $$;
-- By its name before the one that skips who was forgotten.
create trigger notifications_of_claimants before insert on notifications
  for each row execute function tell_claimant();

create function skip_claimed_guest() returns trigger language plpgsql as $$
begin
  if exists (select from claimed_guests c where c.guest_id = new.account_id) then return null; end if;
  return new;
end $$;
create trigger recipients_not_claimed before insert on recipients
  for each row execute function skip_claimed_guest();

-- What was the guest's is the account's, once a message. Of the guest nothing stays but the id.
create function claim_notices(
  p_consumer text, p_message_id uuid, p_guest_id uuid, p_account_id uuid
) returns void language plpgsql as $$
begin
  if not take_message(p_consumer, p_message_id) then return; end if;
  insert into claimed_guests values (p_guest_id, p_account_id) on conflict do nothing;
  update notifications set recipient_id = p_account_id where recipient_id = p_guest_id;
  delete from recipients where account_id = p_guest_id;
  update dead_letters set message = jsonb_set(message, '{data}', without_person(message -> 'data'))
  where message #>> '{data,accountId}' = p_guest_id::text;
end $$;
