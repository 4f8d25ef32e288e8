-- Pieces of a refund's lines that go back on the shelf: [{variantId, quantity}], told when it is completed.

alter table refunds add column restock jsonb;

-- The same as `request_refund`, and in the same transaction what is to go back on the shelf.
create function request_refund_with_restock(
  p_id uuid, p_payment_id uuid, p_amount bigint, p_reason text, p_by text, p_now timestamptz,
  p_consumer text, p_message_id uuid, p_lines jsonb, p_restock jsonb,
  out result text, out refundable_minor bigint
) language plpgsql as $$
begin
  select r.result, r.refundable_minor into result, refundable_minor
  from request_refund(p_id, p_payment_id, p_amount, p_reason, p_by, p_now, p_consumer, p_message_id,
    p_lines) r;
  if result = 'requested' and p_restock is not null then
    update refunds set restock = p_restock where id = p_id;
  end if;
end $$;

-- The list of staff: all refunds, newest first.
create index refunds_by_time on refunds (created_at desc, id desc);
