import type { Pool, PoolClient } from 'pg';
import type { LedgerFinding, LedgerRules } from '../application/ledger.ts';
import { earningOracles } from './earning-rules.ts';
import { escrowOracles } from './escrow-oracles.ts';
import { splitOracles } from './split-oracles.ts';

/**
 * A question to the books whose answer must be no row (reliability 2). Its first column says in
 * words what is wrong, a second one, if there is one, which journal entry.
 */
export type Oracle = Readonly<{ rule: string; sql: string }>;

const signed = `case side when 'credit' then amount_minor else -amount_minor end`;

/** One line each; those of a table stand beside each other. */
export const oracles: readonly Oracle[] = [
  {
    rule: 'entry_balances',
    sql: `select 'entry ' || entry_id || ' does not balance in ' || currency, entry_id
      from journal_lines group by entry_id, currency having sum(${signed}) <> 0`,
  },
  {
    rule: 'entry_has_lines',
    sql: `select 'entry ' || e.id || ' has fewer than two lines', e.id from journal_entries e
      where (select count(*) from journal_lines l where l.entry_id = e.id) < 2`,
  },
  {
    rule: 'line_has_entry',
    sql: `select 'lines of entry ' || l.entry_id || ' without it', l.entry_id from journal_lines l
      where l.line_no = 1 and not exists (select from journal_entries e where e.id = l.entry_id)`,
  },
  {
    rule: 'money_is_conserved',
    sql: `select 'the books of ' || currency || ' do not add up to nothing' from ledger_accounts
      group by currency having sum(balance_minor) <> 0`,
  },
  {
    rule: 'balance_is_sum_of_lines',
    sql: `select 'account ' || coalesce(a.id, l.account_id) || ' says ' || coalesce(a.balance, 0)
        || ' and its lines ' || coalesce(l.balance, 0)
      from (select id, currency, sum(balance_minor) as balance from ledger_accounts group by 1, 2) a
      full join (
        select account_id, currency, sum(${signed}) as balance from journal_lines group by 1, 2
      ) l on l.account_id = a.id and l.currency = a.currency
      where coalesce(a.balance, 0) <> coalesce(l.balance, 0)`,
  },
  {
    rule: 'pending_is_sum_of_lines',
    sql: `select 'account ' || coalesce(a.id, l.account_id) || ' holds back '
        || coalesce(a.pending, 0) || ' and its pending entries ' || coalesce(l.pending, 0)
      from (select id, currency, sum(pending_minor) as pending from ledger_accounts group by 1, 2) a
      full join (
        select account_id, currency, sum(amount_minor) as pending from pending_lines p
        where side = 'debit' and not exists (
          select from pending_outcomes o where o.pending_id = p.pending_id)
        group by 1, 2
      ) l on l.account_id = a.id and l.currency = a.currency
      where coalesce(a.pending, 0) <> coalesce(l.pending, 0)`,
  },
  {
    rule: 'account_is_within_bounds',
    sql: `select 'account ' || a.id || ' stands at ' || a.balance_minor || ' with '
        || a.pending_minor || ' held back' from ledger_accounts a
      left join account_kinds k on k.kind = a.kind and a.id ~ ('^(' || k.pattern || ')$')
      where k.kind is null or k.bound <> a.bound
        or k.bound * (a.balance_minor - a.pending_minor) < 0`,
  },
  {
    rule: 'pending_entry_is_what_was_posted',
    sql: `select 'pending entry ' || o.pending_id || ' was posted as another', o.entry_id
      from pending_outcomes o where o.outcome = 'posted' and exists (
        (select account_id, currency, side, amount_minor from pending_lines p
           where p.pending_id = o.pending_id
         except all
         select account_id, currency, side, amount_minor from journal_lines l
           where l.entry_id = o.entry_id)
        union all
        (select account_id, currency, side, amount_minor from journal_lines l
           where l.entry_id = o.entry_id
         except all
         select account_id, currency, side, amount_minor from pending_lines p
           where p.pending_id = o.pending_id))`,
  },
  {
    rule: 'reversals_within_original',
    sql: `select 'entry ' || r.reverses || ' was taken back more than it booked on ' || r.account_id,
        r.reverses
      from (
        select e.reverses, l.account_id, l.currency, l.side, sum(l.amount_minor) as minor
        from journal_entries e join journal_lines l on l.entry_id = e.id
        where e.reverses is not null group by 1, 2, 3, 4
      ) r where r.minor > coalesce((
        select sum(o.amount_minor) from journal_lines o where o.entry_id = r.reverses
          and o.account_id = r.account_id and o.currency = r.currency and o.side <> r.side), 0)`,
  },
  {
    rule: 'payment_has_one_capture',
    sql: `select 'payment ' || p.id || ' is ' || p.status || ' with ' || count(e.id) || ' captures'
      from payments p left join journal_entries e on e.payment_id = p.id and e.cause_type in ('capture', 'escrow_funding')
      where p.status in ('completed', 'partially_refunded', 'refunded')
      group by p.id having count(e.id) <> 1`,
  },
  {
    rule: 'capture_is_the_amount',
    sql: `select 'payment ' || p.id || ' is of ' || p.amount_minor || ' and its capture of '
        || coalesce(sum(l.amount_minor), 0), e.id
      from payments p join journal_entries e on e.payment_id = p.id and e.cause_type in ('capture', 'escrow_funding')
      left join journal_lines l on l.entry_id = e.id and l.side = 'debit' and l.currency = p.currency
      group by p.id, e.id having coalesce(sum(l.amount_minor), 0) <> p.amount_minor`,
  },
  {
    rule: 'approved_charge_has_payment',
    sql: `select 'sandbox charge ' || c.key || ' is approved, and there is neither payment nor refund'
      from sandbox_charges c left join payments p on p.id = c.key
      where c.status = 'approved' and c.settles_at < now() - interval '15 minutes'
        and c.refunded_minor < c.amount_minor
        and (p.id is null or p.status not in ('completed', 'partially_refunded', 'refunded'))`,
  },
  {
    rule: 'provider_charge_pays_or_goes_back',
    sql: `select 'charge ' || c.reference || ' of ' || c.provider || ' is approved and ' || c.role
        || ', payment ' || p.id || ' is ' || p.status || ', and it does not go back'
      from provider_charges c join payments p on p.id = c.payment_id
      where c.status = 'approved' and c.refunded_minor < c.amount_minor
        and c.role in ('captured', 'surplus')
        and not (c.role = 'captured' and p.status in ('completed', 'partially_refunded', 'refunded'))
        -- What the provider refuses to give back has told a person.
        and not (c.role = 'surplus' and (c.amount_minor <= (
            select coalesce(sum(r.amount_minor), 0) from provider_refunds r
            where r.charge_id = c.id and r.status <> 'failed')
          or exists (select from payment_alerts a where a.payment_id = p.id)))`,
  },
  {
    rule: 'provider_refunds_within_charge',
    sql: `select 'charge ' || c.reference || ' of ' || c.amount_minor || ' has refunds of ' || r.sum
      from (
        select charge_id, sum(amount_minor) from provider_refunds where status <> 'failed' group by 1
      ) r join provider_charges c on c.id = r.charge_id where r.sum > c.amount_minor`,
  },
  {
    rule: 'refunds_are_the_sum',
    sql: `select 'payment ' || p.id || ' refunded ' || p.refunded_minor || ' and its refunds say '
        || coalesce(r.sum, 0)
      from payments p left join (
        select payment_id, sum(amount_minor) from refunds where status = 'completed' group by 1
      ) r on r.payment_id = p.id where p.refunded_minor <> coalesce(r.sum, 0)`,
  },
  {
    rule: 'refunds_within_capture',
    sql: `select 'payment ' || r.payment_id || ' of ' || p.amount_minor || ' has refunds of ' || r.sum
      from (
        select payment_id, sum(amount_minor) from refunds where status <> 'failed' group by 1
      ) r join payments p on p.id = r.payment_id where r.sum > p.amount_minor`,
  },
  {
    rule: 'refund_has_one_entry',
    sql: `select 'refund ' || r.id || ' is ' || r.status || ' with ' || count(e.id) || ' entries'
      from refunds r left join journal_entries e
        on e.cause_id = r.id and e.payment_id = r.payment_id
      group by r.id having count(e.id) <> case r.status when 'completed' then 1 else 0 end`,
  },
  ...earningOracles,
  ...splitOracles,
];

/** Those of holds and payouts; their planted faults have a test of their own. */
export const holdOracles: readonly Oracle[] = Object.entries(escrowOracles).map(([rule, sql]) => ({
  rule,
  sql,
}));

/** What an operator asks: a correction by hand may move what a seller has, without a payout. */
const everyDay: readonly Oracle[] = [
  ...oracles,
  ...holdOracles.filter(({ rule }) => rule !== 'E5 what is not paid out is what is available'),
];

const findingsMax = 100;

/** What an oracle finds in the books as `client` sees them. */
export const ask = async (
  client: Pick<PoolClient, 'query'>,
  { rule, sql }: Oracle,
): Promise<readonly LedgerFinding[]> => {
  const { rows } = await client.query<[string, string?]>({
    text: `${sql} limit ${findingsMax}`,
    rowMode: 'array',
  });
  return rows.map(([text, entryId = null]) => ({ rule, entryId, text }));
};

/** Every row is read, which takes as long as it takes, and by no index. */
const beginSql = `
  begin transaction isolation level repeatable read read only;
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
  set local enable_seqscan = on; set local plan_cache_mode = auto`;

export const createLedgerRules = (
  pool: Pool,
  rules: readonly Oracle[] = everyDay,
): LedgerRules => ({
  async check() {
    const client = await pool.connect();
    try {
      await client.query(beginSql);
      const findings: LedgerFinding[] = [];
      for (const oracle of rules) findings.push(...(await ask(client, oracle)));
      await client.query('commit');
      return findings;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  },
});

/** What is wrong with the books of payments, in words: nothing. For the end of every test. */
export const findFaults = async (
  pool: Pool,
  rules: readonly Oracle[] = everyDay,
): Promise<readonly string[]> =>
  (await createLedgerRules(pool, rules).check()).map(({ rule, text }) => `${rule}: ${text}`);
