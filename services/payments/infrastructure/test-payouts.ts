import { holdOracles, oracles, type Oracle } from './oracles.ts';

/**
 * The beginning of a statement that has a payout of `seller` (an SQL expression) as `payout`: for tests
 * that need what a payout leaves behind, and not how it is made.
 */
export const withPaidPayout = (seller: string): string => `
  with destination as (
    insert into payout_destinations (id, account_id, country, type, bank_code, number_last4, sealed,
      created_at, usable_at, replaced_at)
    values (uuidv7(), ${seller}, 'CO', 'savings', '007', '0000', '', now(), now() + interval '3 days',
      now()) returning id
  ), payout as (
    insert into payouts (id, seller_id, amount_minor, currency, status, rail, destination_id,
      requested_by, created_at, updated_at)
    select uuidv7(), ${seller}, 1, 'COP', 'paid', 'sandbox', id, 'schedule', now(), now()
    from destination returning id
  )`;

/** For tests that pay out so: the payout lists no rows, and is in transit for ever. All other rules hold. */
export const rulesBesidePayouts: readonly Oracle[] = [
  ...oracles,
  ...holdOracles.filter(({ rule }) => !/^E[56] /.test(rule)),
];
