import type { Oracle } from './oracles.ts';

/** What is charged to sellers' own accounts (ADR 0032). */
export const splitOracles: readonly Oracle[] = [
  {
    rule: 'split_charge_brings_its_fee',
    sql: `select 'payment ' || p.id || ' is split for ' || p.split_fee_minor
        || ' and its capture brought us ' || coalesce(sum(l.amount_minor), 0), e.id
      from payments p join journal_entries e on e.payment_id = p.id and e.cause_type = 'capture'
      left join journal_lines l on l.entry_id = e.id and l.account_id like 'provider:%'
      where p.split_account is not null
      group by p.id, e.id having coalesce(sum(l.amount_minor), 0) <> p.split_fee_minor`,
  },
  {
    rule: 'what_a_seller_has_is_of_open_sales',
    sql: `select 'seller ' || split_part(l.account_id, ':', 2) || ' has ' || -sum(l.minor)
        || ' of payment ' || l.payment_id || ', which is settled'
      from (
        select e.payment_id, l.account_id,
          case l.side when 'credit' then l.amount_minor else -l.amount_minor end as minor
        from journal_entries e join journal_lines l on l.entry_id = e.id
        where l.account_id like 'seller:%:collected' and e.cause_type not in ('surplus', 'surplus_refund')
      ) l left join payments p on p.id = l.payment_id
      where p.split_account is null or (p.shares -> 0 ->> 'earnedAt' is not null and not exists (
          select from chargebacks c where c.payment_id = p.id and c.status = 'opened'))
        or p.status = 'refunded'
      group by l.payment_id, l.account_id having sum(l.minor) <> 0`,
  },
  {
    rule: 'split_earning_is_not_paid_out',
    sql: `select 'of payment ' || t.payment_id || ' the seller has ' || b.minor
        || ' and what is taken off is ' || -sum(t.net_minor)
      from transfers t join (
        select e.payment_id, sum(l.amount_minor) as minor
        from journal_entries e join journal_lines l on l.entry_id = e.id
        where e.cause_type = 'settled_at_seller' and l.account_id like 'seller:%:collected'
        group by 1
      ) b on b.payment_id = t.payment_id
      where t.kind = 'at_seller' and t.cause_id = t.payment_id
      group by t.payment_id, b.minor having -sum(t.net_minor) <> b.minor`,
  },
];
