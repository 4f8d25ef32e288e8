import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { Alert, ProviderCharges } from '../application/provider-ports.ts';
import {
  chargeToJson,
  toCharge,
  toCheckout,
  type ChargeRow,
  type CheckoutRow,
} from './provider-rows.ts';
import { createPgProviderRefunds } from './pg-provider-refunds.ts';
import { entryToJson, paymentColumns, toPayment, type PaymentRow } from './rows.ts';

type Ports = Readonly<{ pool: Pool; clock: Clock; newId: () => string; wakeOutbox: WakeOutbox }>;

const createSql = `select result, (payment).*, to_jsonb(checkout) as checkout
  from create_checkout($1, $2, $3, $4, $5, $6)`;
const createSplitSql = `select result, (payment).*, to_jsonb(checkout) as checkout
  from create_split_checkout($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const createOfJobSql = createSql.replace('create_checkout', 'create_job_checkout');
const storePageSql = `
  with payment as (
    select id from payments where id = $1 and split_account is not distinct from $5 for update
  ), made as (
    update provider_checkouts c set reference = $2, url = $3, collector = $4
    from payment where c.payment_id = payment.id and c.reference is null returning c.*
  )
  select * from made union all
  select * from provider_checkouts where payment_id = $1 and not exists (select from made)`;
/** Amounts as text inside the JSON: a JSON number would lose digits beyond 2^53. */
const chargeJson = `to_jsonb(c) || jsonb_build_object('amount_minor', c.amount_minor::text,
  'refunded_minor', c.refunded_minor::text, 'fee_minor', c.fee_minor::text)`;
const findSql = `
  select ${paymentColumns
    .split(',')
    .map((column) => `p.${column.trim()}`)
    .join(', ')},
    to_jsonb(k) as checkout, coalesce((
      select jsonb_agg(${chargeJson} order by c.first_seen_at, c.id)
      from provider_charges c where c.payment_id = p.id), '[]') as charges
  from payments p join provider_checkouts k on k.payment_id = p.id where p.id = $1`;
const recordSql = 'select record_charges($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as result';
const pollSql = `insert into deadlines (kind, key, due_at) values ('poll-checkout', $1, $2)
  on conflict (kind, key) do update set due_at = excluded.due_at`;
const strangerSql = `
  with kept as (
    insert into provider_charges
    select r.* from jsonb_populate_record(null::provider_charges, $1) r
    on conflict (provider, reference) do nothing
  )
  select raise_alerts($2, $3)`;
const payableSql = `
  select p.amount_minor, p.currency, p.pay_by, (
    select jsonb_agg(jsonb_build_object('sellerId', s ->> 'sellerId', 'feesMinor', (
        coalesce((s ->> 'commissionMinor')::bigint, 0)
        + coalesce((s ->> 'commissionTaxMinor')::bigint, 0))::text) order by n)
    from jsonb_array_elements(p.shares) with ordinality as x (s, n)) as shares
  from payables p where p.order_id = $1 and p.buyer_id = $2 and p.is_open`;
const payableOfJobSql = `select amount_minor, currency, pay_by, null as shares
  from job_payables where job_id = $1 and buyer_id = $2`;
type PayableRow = Readonly<{
  amount_minor: string;
  currency: string;
  pay_by: Date;
  shares: readonly Readonly<{ sellerId: string; feesMinor: string }>[] | null;
}>;

export const createPgProviderCharges = (ports: Ports): ProviderCharges => {
  const { pool, clock, newId, wakeOutbox } = ports;
  const alertsToJson = (provider: string, alerts: readonly Alert[]): string =>
    JSON.stringify(
      alerts.map(({ kind, subject, paymentId, detail }) => ({
        id: newId(),
        provider,
        kind,
        subject,
        payment_id: paymentId,
        detail,
      })),
    );

  return {
    ...createPgProviderRefunds(ports, alertsToJson),

    async createCheckout({ id, buyerId, provider, split, ...subject }) {
      const isOrder = subject.orderId !== undefined;
      const now = clock();
      const pollAt = new Date(now.getTime() + 120_000);
      const { rows } = await pool.query<
        PaymentRow & { result: 'created' | 'exists' | 'unknown' | 'closed'; checkout: CheckoutRow }
      >({
        ...(split
          ? { name: 'checkout-create-split', text: createSplitSql }
          : isOrder
            ? { name: 'checkout-create', text: createSql }
            : { name: 'checkout-create-of-job', text: createOfJobSql }),
        values: [
          id,
          subject.orderId ?? subject.jobId,
          buyerId,
          provider,
          now,
          pollAt,
          ...(split ? [split.account, split.feeMinor, split.unitMinor] : []),
        ],
      });
      const { result, checkout, ...row } = rows[0]!;
      if (result === 'unknown' || result === 'closed') return { result };
      // A composite of nothing but nulls: the payment that is there is paid in another way.
      const hasPage = Boolean(checkout?.payment_id);
      return {
        result,
        payment: toPayment(row),
        checkout: hasPage ? toCheckout(checkout) : undefined,
      };
    },

    async storePage(paymentId, { reference, url, collector }, account) {
      const { rows } = await pool.query<CheckoutRow>({
        name: 'checkout-page',
        text: storePageSql,
        values: [paymentId, reference, url, collector, account],
      });
      return toCheckout(rows[0]!);
    },

    async findPayable(subject, buyerId) {
      const isOrder = subject.orderId !== undefined;
      const { rows } = await pool.query<PayableRow>({
        name: isOrder ? 'payable-find' : 'job-payable-find',
        text: isOrder ? payableSql : payableOfJobSql,
        values: [subject.orderId ?? subject.jobId, buyerId],
      });
      const [row] = rows;
      return (
        row && {
          amount: money(BigInt(row.amount_minor), row.currency),
          payBy: row.pay_by,
          shares: (row.shares ?? []).map(({ sellerId, feesMinor }) => ({
            sellerId,
            feesMinor: BigInt(feesMinor),
          })),
        }
      );
    },

    async chargeToUs(paymentId) {
      const { rows } = await pool.query<{ is_done: boolean }>({
        name: 'checkout-to-us',
        text: 'select charge_to_us($1) as is_done',
        values: [paymentId],
      });
      return rows[0]!.is_done;
    },

    async accountOf(provider, reference) {
      const { rows } = await pool.query<{ split_account: string | null }>({
        name: 'charge-account',
        text: `select p.split_account from provider_charges c join payments p on p.id = c.payment_id
          where c.provider = $1 and c.reference = $2`,
        values: [provider, reference],
      });
      return rows[0]?.split_account;
    },

    async isSplitAccount(account) {
      const { rows } = await pool.query<{ is_one: boolean }>({
        name: 'split-account-known',
        text: 'select exists (select from payments where split_account = $1) as is_one',
        values: [account],
      });
      return rows[0]!.is_one;
    },

    async find(paymentId) {
      const { rows } = await pool.query<
        PaymentRow & { checkout: CheckoutRow; charges: readonly ChargeRow[] }
      >({ name: 'checkout-find', text: findSql, values: [paymentId] });
      const [row] = rows;
      return (
        row && {
          payment: toPayment(row),
          checkout: toCheckout(row.checkout),
          charges: row.charges.map(toCharge),
        }
      );
    },

    async findByReference(provider, reference) {
      const { rows } = await pool.query<ChargeRow>({
        name: 'charge-find',
        text: 'select * from provider_charges where provider = $1 and reference = $2',
        values: [provider, reference],
      });
      return rows[0] && toCharge(rows[0]);
    },

    async record(paymentId, version, change, { messages, trace }) {
      const now = clock();
      const outbox = toOutbox(
        messages.map((event) => ({
          id: newId(),
          subject: paymentId,
          aggregateVersion: version + 1,
          ...event,
        })),
        trace,
        now,
      );
      const { outcome } = change;
      const entry = entryToJson(outcome?.entry);
      const refunds = change.refunds.map(({ id, chargeId, amount, status }) => ({
        id,
        charge_id: chargeId,
        refund_id: null,
        amount_minor: amount.amountMinor.toString(),
        currency: amount.currency,
        status,
        created_at: now,
        updated_at: now,
      }));
      const { rows } = await pool.query<{ result: 'recorded' | 'stale' }>({
        name: 'charges-record',
        text: recordSql,
        values: [
          paymentId,
          version,
          JSON.stringify(change.charges.map(chargeToJson)),
          outcome
            ? JSON.stringify({
                ...outcome,
                entry: entry === null ? null : (JSON.parse(entry) as object),
              })
            : null,
          JSON.stringify(refunds),
          `[${change.entries.map(entryToJson).join(',')}]`,
          alertsToJson(change.provider, change.alerts),
          JSON.stringify(outbox),
          change.pollAt ?? null,
          now,
        ],
      });
      const { result } = rows[0]!;
      if (result === 'recorded') wakeOutbox(outbox);
      return result;
    },

    async noteStranger(charge, alert) {
      const alerts = alertsToJson(charge.provider, [alert]);
      const values = [JSON.stringify(chargeToJson(charge)), alerts, clock()];
      await pool.query({ name: 'charge-stranger', text: strangerSql, values });
    },

    async raise(provider, alerts) {
      const values = [alertsToJson(provider, alerts), clock()];
      await pool.query({ name: 'alerts-raise', text: 'select raise_alerts($1, $2)', values });
    },

    async pollAt(paymentId, at) {
      await pool.query({ name: 'checkout-poll', text: pollSql, values: [paymentId, at] });
    },
  };
};
