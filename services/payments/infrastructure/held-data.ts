import type { HeldData } from '#shared/personal-data/personal-data.ts';
import { escrowsAndPayoutsHeldData } from './held-escrows-and-payouts.ts';

/** What payments holds of people: what they paid, what came back, and what the ledger says of them. */
export const paymentsHeldData: HeldData = {
  sections: [
    ...escrowsAndPayoutsHeldData,
    {
      name: 'payments',
      // The seller's account at the provider is nothing of the buyer's.
      sql: `select to_jsonb(p) - 'split_account' || jsonb_build_object('refunds', (
          select coalesce(jsonb_agg(to_jsonb(r) - 'requested_by' order by r.created_at), '[]')
          from refunds r where r.payment_id = p.id))
        from payments p where p.buyer_id = $1 order by p.created_at, p.id`,
    },
    {
      name: 'charges',
      sql: `select to_jsonb(c) from provider_charges c join payments p on p.id = c.payment_id
        where p.buyer_id = $1 order by c.first_seen_at, c.id`,
    },
    {
      name: 'chargebacks',
      sql: `select to_jsonb(c) - 'shares' from chargebacks c join payments p on p.id = c.payment_id
        where p.buyer_id = $1 order by c.opened_at, c.id`,
    },
    {
      name: 'ledger',
      sql: `select to_jsonb(l) || jsonb_build_object('recorded_at', e.recorded_at, 'cause', e.cause_type)
        from journal_lines l join journal_entries e on e.id = l.entry_id
        where l.account_id in ('buyer:' || $1::uuid::text, 'seller:' || $1::uuid::text || ':pending',
          'seller:' || $1::uuid::text || ':available', 'seller:' || $1::uuid::text || ':owing',
          'seller:' || $1::uuid::text || ':disputed', 'seller:' || $1::uuid::text || ':collected')
        order by e.seq, l.line_no`,
    },
    {
      name: 'pending_entries',
      sql: `select to_jsonb(l) || jsonb_build_object('recorded_at', e.recorded_at,
          'expires_at', e.expires_at, 'cause', e.cause_type, 'outcome', o.outcome)
        from pending_lines l join pending_entries e on e.id = l.pending_id
        left join pending_outcomes o on o.pending_id = e.id
        where l.account_id = 'buyer:' || $1::uuid::text
          or l.account_id like 'seller:' || $1::uuid::text || ':%'
        order by e.recorded_at, e.id, l.line_no`,
    },
    {
      name: 'balances',
      sql: `select to_jsonb(a) from ledger_balances a
        where a.id in ('buyer:' || $1::uuid::text, 'seller:' || $1::uuid::text || ':pending',
          'seller:' || $1::uuid::text || ':available', 'seller:' || $1::uuid::text || ':owing',
          'seller:' || $1::uuid::text || ':disputed', 'seller:' || $1::uuid::text || ':collected')
        order by a.id, a.currency`,
    },
    {
      // Of a sale what is the seller's: order and amounts, nothing of the buyer.
      name: 'sales',
      sql: `select to_jsonb(l) from payable_lines l where l.seller_id = $1
        order by l.order_id, l.variant_id`,
    },
    {
      name: 'earnings',
      sql: `select to_jsonb(t) from transfers t where t.seller_id = $1 order by t.earned_at, t.id`,
    },
    {
      name: 'commission',
      sql: `select to_jsonb(r) from commission_rules r where r.seller_id = $1 order by r.valid_from`,
    },
  ],
};
