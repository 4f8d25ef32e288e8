-- The books stay by the account's id. Of a card nothing stays, nor what was written about a refund.
create function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  update payments set card_last4 = '0000' where buyer_id = p_account_id;
  update refunds r set reason = 'erased' from payments p
  where p.id = r.payment_id and p.buyer_id = p_account_id
    and r.reason not in ('cancelled', 'paid_after_end');
end $$;
