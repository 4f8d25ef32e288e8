-- What a hold gave back and the provider refuses stays the buyer's, at `buyer:<id>`: a person has to pay it.
create function alert_refused_escrow_refund() returns trigger language plpgsql as $$
begin
  perform raise_alerts(jsonb_build_array(jsonb_build_object('id', uuidv7(), 'provider', p.provider,
    'kind', 'escrow_refund_refused', 'subject', new.id::text, 'payment_id', p.id,
    'detail', jsonb_build_object('escrow_id', new.hold_id, 'reason', new.failure, 'amount',
      jsonb_build_object('amountMinor', new.amount_minor::text, 'currency', new.currency)))),
    new.updated_at)
  from payments p where p.id = new.payment_id;
  return null;
end $$;
create trigger alert_refused_escrow_refund after update of status on refunds for each row
  when (new.hold_id is not null and old.status <> 'failed' and new.status = 'failed')
  execute function alert_refused_escrow_refund();
