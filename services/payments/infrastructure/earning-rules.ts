import type { Oracle } from './oracles.ts';

/** What sellers earn. */
export const earningOracles: readonly Oracle[] = [
  {
    rule: 'earned_is_what_sellers_have',
    sql: `select 'seller ' || t.seller_id || ' earned ' || t.net || ' ' || t.currency || ' and has '
     || coalesce(a.balance, 0)
   from (
     select seller_id, currency, sum(net_minor) as net from transfers
     where payout_id is null group by 1, 2
   ) t left join (
     select split_part(id, ':', 2) as seller_id, currency, sum(balance_minor) as balance
     from ledger_accounts where id like 'seller:%:available' or id like 'seller:%:owing' group by 1, 2
   ) a on a.seller_id = t.seller_id::text and a.currency = t.currency
   where t.net <> coalesce(a.balance, 0)`,
  },
  {
    rule: 'shares_are_the_lines',
    sql: `select 'the shares of payment ' || p.id || ' are not what its lines say'
   from payments p cross join lateral jsonb_to_recordset(p.shares) as s ("sellerId" uuid,
     "amountMinor" bigint, "refundedMinor" bigint, "commissionMinor" bigint,
     "commissionTaxMinor" bigint, "commissionRefundedMinor" bigint,
     "commissionTaxRefundedMinor" bigint)
   cross join lateral (
     select sum(amount_minor) as amount, sum(refunded_minor) as refunded,
       sum(commission_minor) as commission, sum(commission_tax_minor) as tax,
       sum(commission_refunded_minor) as commission_refunded,
       sum(commission_tax_refunded_minor) as tax_refunded
     from payable_lines l where l.order_id = p.order_id and l.seller_id = s."sellerId"
   ) l
   where p.status not in ('failed', 'cancelled') and l.amount is not null
     and (s."amountMinor", s."refundedMinor", coalesce(s."commissionMinor", 0),
       coalesce(s."commissionTaxMinor", 0), coalesce(s."commissionRefundedMinor", 0),
       coalesce(s."commissionTaxRefundedMinor", 0))
     is distinct from (l.amount, l.refunded, l.commission, l.tax, l.commission_refunded, l.tax_refunded)`,
  },
  {
    rule: 'earned_share_has_transfer',
    sql: `select 'share of seller ' || (s ->> 'sellerId') || ' in payment ' || p.id || ' was earned without a transfer'
   from payments p, jsonb_array_elements(p.shares) s
   where s ->> 'earnedAt' is not null and not exists (
     select from transfers t where t.kind = 'sale' and t.cause_id = p.id
       and t.seller_id = (s ->> 'sellerId')::uuid)
     and (s ->> 'amountMinor')::bigint > (
       select coalesce(sum((x ->> 'amountMinor')::bigint), 0)
       from refunds r, jsonb_array_elements(r.lines) x, payable_lines l
       where r.payment_id = p.id and r.status = 'completed' and l.order_id = p.order_id
         and l.variant_id = (x ->> 'variantId')::uuid and l.seller_id = (s ->> 'sellerId')::uuid)`,
  },
];
