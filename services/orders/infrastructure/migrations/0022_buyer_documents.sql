-- What taxes name the buyer by: {country, type, number}, canonical. It stands with the contact, which goes
-- when its person is forgotten; no event has it.
alter table order_contacts add column document jsonb;

-- `save_order` with what stands beside the events: contact and access of a new order, or the new buyer of
-- a claimed one, whose tokens end then.
create or replace function save_order_beside(
  p_id uuid, p_expected_version integer, p_events jsonb, p_state jsonb, p_messages jsonb,
  p_seller_ids uuid[], p_correlation_id uuid, p_causation_id uuid, p_at timestamptz,
  p_consumer text, p_message_id uuid, p_cart_id uuid, p_contact jsonb, p_access jsonb,
  p_claimed_from uuid, out result text, out number text
) language plpgsql as $$
begin
  select s.result, s.number into result, number
  from save_order(p_id, p_expected_version, p_events, p_state, p_messages, p_seller_ids,
    p_correlation_id, p_causation_id, p_at, p_consumer, p_message_id, p_cart_id) s;
  if result <> 'saved' then return; end if;
  if p_contact is not null then
    insert into order_contacts (order_id, buyer_id, is_guest, email, full_name, phone_number, language,
                                address, document)
    values (p_id, (p_state ->> 'buyerId')::uuid, p_contact ->> 'email' is not null,
            p_contact ->> 'email', p_contact ->> 'fullName', p_contact ->> 'phoneNumber',
            p_contact ->> 'language', nullif(p_contact -> 'address', 'null'),
            nullif(p_contact -> 'document', 'null'));
  end if;
  if p_access is not null then
    insert into order_access (id, order_id, token_hash, expires_at)
    values ((p_access ->> 'id')::uuid, p_id, decode(p_access ->> 'tokenHash', 'hex'),
            (p_access ->> 'expiresAt')::timestamptz);
  end if;
  if p_claimed_from is not null then
    update orders set buyer_id = (p_state ->> 'buyerId')::uuid where id = p_id;
    -- The address that the guest gave was only ever the guest's.
    update order_contacts set buyer_id = (p_state ->> 'buyerId')::uuid, is_guest = false, email = null
    where order_id = p_id;
    delete from order_access where order_id = p_id;
    update outbox set data = without_person(data)
    where data ? 'accountId' and data ->> 'accountId' = p_claimed_from::text;
  end if;
end $$;
