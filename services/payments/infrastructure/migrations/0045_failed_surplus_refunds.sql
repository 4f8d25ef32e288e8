-- A surplus whose refund the provider took and did not make in the end is nobody's to ask for: it is asked for
-- anew with the end of the first, by an intent of its own, ever more slowly. A crash between the two left the
-- money of a buyer with us.
create function fail_surplus_refund(
  p_id uuid, p_failure text, p_alerts jsonb, p_anew_id uuid, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_charge_id uuid;
begin
  if not settle_provider_refund(p_id, 'failed', null, p_failure, null, p_alerts, p_now) then return; end if;
  insert into provider_refunds (id, charge_id, amount_minor, currency, status, created_at, updated_at)
  select p_anew_id, charge_id, amount_minor, currency, 'requested', p_now, p_now
  from provider_refunds where id = p_id returning charge_id into v_charge_id;
  insert into deadlines (kind, key, due_at)
  select 'refund-charge', p_anew_id::text,
    p_now + least(greatest(p_now - min(created_at), interval '30 seconds'), interval '6 hours')
  from provider_refunds where charge_id = v_charge_id;
end $$;
