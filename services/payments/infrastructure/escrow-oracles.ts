/**
 * Each answers the rows that break one rule of holds and payouts, as a sentence (reliability 2.3). They
 * read the books by what its lines say, so that they hold whatever its balances are made of.
 */
export const escrowOracles: Readonly<Record<string, string>> = {
  'E1 a hold ends once': `
    select 'escrow ' || e.id || ' is ' || e.status || ' and its resolution says ' || coalesce(r.kind, 'nothing')
    from escrows e left join escrow_resolutions r on r.hold_id = e.id
    where (e.status in ('held', 'disputed')) <> (r.hold_id is null) or r.kind <> e.status`,
  'E2 what left a hold is what entered': `
    select 'escrow ' || e.id || ' held ' || e.amount_minor || ' and gave '
      || r.net_minor + r.refunded_minor + r.commission_minor + r.tax_minor + coalesce(r.charged_back_minor, 0)
    from escrows e join escrow_resolutions r on r.hold_id = e.id
    where r.net_minor + r.refunded_minor + r.commission_minor + r.tax_minor
        + coalesce(r.charged_back_minor, 0) <> e.amount_minor
      or r.held_minor <> e.amount_minor`,
  'E3 a hold is there when its capture is': `
    select 'payment ' || p.id || ' of a job is ' || p.status || ' with ' || count(e.id) || ' holds of '
      || coalesce(sum(e.amount_minor), 0)
    from payments p left join escrows e on e.payment_id = p.id where p.job_id is not null
    group by p.id
    having coalesce(sum(e.amount_minor), 0) <>
      case when p.status in ('completed', 'partially_refunded', 'refunded') then p.amount_minor else 0 end`,
  'E2 the books hold what is held': `
    select 'escrow ' || coalesce(e.id::text, b.id) || ' holds ' || coalesce(e.held, 0)
      || ' and its books say ' || coalesce(b.balance, 0)
    from (
      select id, case when status in ('held', 'disputed') then amount_minor else 0 end as held from escrows
    ) e full join (
      select substr(account_id, 8) as id,
        sum(case side when 'credit' then amount_minor else -amount_minor end) as balance
      from journal_lines where account_id like 'escrow:%' group by account_id
    ) b on b.id = e.id::text
    where coalesce(e.held, 0) <> coalesce(b.balance, 0)`,
  'E2 what goes back is a refund': `
    select 'escrow ' || r.hold_id || ' gave back ' || r.refunded_minor || ' and its refund is of '
      || coalesce(f.amount_minor, 0)
    from escrow_resolutions r left join refunds f on f.id = r.refund_id and f.hold_id = r.hold_id
    where r.refunded_minor <> coalesce(f.amount_minor, 0)`,
  'P4 a job gives back by its holds': `
    select 'refund ' || f.id || ' of a job is of no hold' from refunds f
    join payments p on p.id = f.payment_id where p.job_id is not null and f.hold_id is null`,
  'E4 nothing disputed or frozen is released by itself': `
    select 'escrow ' || e.id || ' was released by its rule before it was due' from escrows e
    join escrow_resolutions r on r.hold_id = e.id
    where r.decided_as = 'deadline' and (e.release_at is null or r.decided_at < e.release_at
      or e.disputed_at <= r.decided_at)
    union all
    select 'escrow ' || id || ' ended while a chargeback held it back' from escrows
    where frozen_by is not null and status not in ('held', 'disputed')`,
  'E5 a payout is the sum of its rows': `
    select 'payout ' || p.id || ' pays ' || p.amount_minor || ' and lists ' || coalesce(sum(l.net_minor), 0)
    from payouts p left join payout_transfers l on l.payout_id = p.id
    group by p.id having p.amount_minor <> coalesce(sum(l.net_minor), 0)`,
  'E5 a row is in one living payout': `
    select 'transfer ' || t.id || ' is in ' || count(p.id) || ' living payouts' from transfers t
    join payout_transfers l on l.transfer_id = t.id
    join payouts p on p.id = l.payout_id and p.status not in ('failed', 'returned')
    group by t.id having count(p.id) > 1`,
  'E6 the rows of a living payout are its own': `
    select 'transfer ' || t.id || ' of payout ' || p.id || ', which is ' || p.status || ', is of '
      || coalesce(t.payout_id::text, 'none')
    from payouts p join payout_transfers l on l.payout_id = p.id join transfers t on t.id = l.transfer_id
    where (p.status not in ('failed', 'returned')) <> (t.payout_id is not distinct from p.id)`,
  'E5 what is not paid out is what is available': `
    select 'seller ' || coalesce(t.seller_id, b.seller_id) || ' has rows of ' || coalesce(t.net, 0)
      || ' and books of ' || coalesce(b.balance, 0)
    from (
      select seller_id::text, currency, sum(net_minor) as net from transfers where payout_id is null
      group by seller_id, currency
    ) t full join (
      select split_part(account_id, ':', 2) as seller_id, currency,
        sum(case side when 'credit' then amount_minor else -amount_minor end) as balance
      from journal_lines where account_id like 'seller:%:available' or account_id like 'seller:%:owing'
      group by 1, 2
    ) b on b.seller_id = t.seller_id and b.currency = t.currency
    where coalesce(t.net, 0) <> coalesce(b.balance, 0)`,
  'E6 what is under way is in transit': `
    select 'payouts of ' || coalesce(p.currency, b.currency) || ' under way are ' || coalesce(p.amount, 0)
      || ' and the books say ' || coalesce(b.balance, 0)
    from (
      select currency, sum(amount_minor) as amount from payouts
      where status in ('requested', 'sent', 'unknown') group by currency
    ) p full join (
      select currency, sum(case side when 'credit' then amount_minor else -amount_minor end) as balance
      from journal_lines where account_id = 'payouts:in_transit' group by currency
    ) b on b.currency = p.currency
    where coalesce(p.amount, 0) <> coalesce(b.balance, 0)`,
  'E8 nobody decides for themselves': `
    select 'escrow ' || e.id || ' was decided by one of its parties as staff' from escrows e
    join escrow_resolutions r on r.hold_id = e.id
    where r.decided_as in ('support', 'admin')
      and (r.decided_by in (e.buyer_id, e.payee_id) or r.confirmed_by in (e.buyer_id, e.payee_id))`,
};
