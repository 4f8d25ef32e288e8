import type { HeldData } from '#shared/personal-data/personal-data.ts';

/** What is held of somebody's jobs, earned by them and paid to them. Of a bank account what they may see. */
export const escrowsAndPayoutsHeldData: HeldData['sections'] = [
  {
    name: 'escrows',
    sql: `select to_jsonb(e) - 'disputed_by' - 'dispute_id' || jsonb_build_object('resolution',
        to_jsonb(r) - 'decided_by' - 'confirmed_by', 'decision', to_jsonb(d) - 'decided_by')
      from escrows e left join escrow_resolutions r on r.hold_id = e.id
      left join escrow_decisions d on d.hold_id = e.id
      where $1 in (e.buyer_id, e.payee_id) order by e.held_at, e.id`,
  },
  {
    name: 'job-payables',
    sql: `select to_jsonb(j) from job_payables j where $1 in (j.buyer_id, j.payee_id) order by j.job_id`,
  },
  {
    name: 'transfers',
    sql: `select to_jsonb(t) from transfers t where t.seller_id = $1 order by t.earned_at, t.id`,
  },
  {
    name: 'payouts',
    sql: `select to_jsonb(p) - 'settled_by' || jsonb_build_object('transfers', (
        select jsonb_agg(l.transfer_id order by l.transfer_id) from payout_transfers l
        where l.payout_id = p.id))
      from payouts p where p.seller_id = $1 order by p.created_at, p.id`,
  },
  {
    name: 'seller-links',
    sql: `select to_jsonb(l) - 'sealed' - 'renewing_since' from seller_links l where l.seller_id = $1
      order by l.provider`,
  },
  {
    name: 'payout-destinations',
    sql: `select to_jsonb(d) - 'sealed' from payout_destinations d where d.account_id = $1
      order by d.created_at, d.id`,
  },
];
