-- What a hold gave back and the provider refused stands at `buyer:<id>`: an administrator has it sent anew,
-- as a refund of its own, since the refused one has ended. One lives at a time, and none after it is done.
create function retry_hold_refund(
  p_hold_id uuid, p_refund_id uuid, p_by uuid, p_now timestamptz, out result text, out refund_id uuid
) language plpgsql as $$
declare
  v_hold escrows;
  v_last refunds;
begin
  select * into v_hold from escrows where id = p_hold_id;
  if not found then result := 'unknown'; return; end if;
  -- The payment before what is of it: two that ask at once come one after the other.
  perform from payments where id = v_hold.payment_id for update;
  select * into v_last from refunds r where r.hold_id = p_hold_id order by r.created_at desc, r.id desc limit 1;
  if not found then result := 'none'; return; end if;
  if v_last.status <> 'failed' then
    result := 'seen';
    refund_id := v_last.id;
    return;
  end if;
  perform refund_hold(v_hold, p_refund_id, v_last.amount_minor, p_by::text, p_now);
  update payment_alerts set resolved_at = p_now, resolved_by = p_by
  where kind = 'escrow_refund_refused' and subject = v_last.id::text and resolved_at is null;
  result := 'requested';
  refund_id := p_refund_id;
end $$;
