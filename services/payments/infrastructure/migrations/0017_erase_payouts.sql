-- The books stay by the account's id; nobody is erased whose money is under way. What was written by
-- hand goes, and where money went.
create function erase_escrows_and_payouts(p_account_id uuid) returns void language plpgsql as $$
begin
  update escrows set dispute_reason = 'erased'
  where dispute_reason is not null and p_account_id in (buyer_id, payee_id);
  update escrow_resolutions r set reason = 'erased' from escrows e
  where e.id = r.hold_id and r.reason is not null and p_account_id in (e.buyer_id, e.payee_id);
  update escrow_decisions d set reason = 'erased' from escrows e
  where e.id = d.hold_id and p_account_id in (e.buyer_id, e.payee_id);
  update payout_destinations set sealed = '', number_last4 = '0000', bank_code = '',
    replaced_at = coalesce(replaced_at, now())
  where account_id = p_account_id;
end $$;

create or replace function erase_account_data(p_account_id uuid) returns void language plpgsql as $$
begin
  update payments set card_last4 = '0000' where buyer_id = p_account_id;
  update refunds r set reason = 'erased' from payments p
  where p.id = r.payment_id and p.buyer_id = p_account_id
    and r.reason not in ('cancelled', 'paid_after_end', 'escrow_refunded');
  perform erase_escrows_and_payouts(p_account_id);
end $$;
