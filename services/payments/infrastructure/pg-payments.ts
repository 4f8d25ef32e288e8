import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type {
  CreatedPayment,
  Payments,
  RefundRequestResult,
  Settlement,
} from '../application/ports.ts';
import {
  entryToJson,
  amountsToJson,
  paymentColumns,
  toPayment,
  toRefund,
  toSoldLine,
  type PaymentRow,
  type RefundRow,
  type SoldLineRow,
} from './rows.ts';

/** Longer than any call to a provider takes: until then the outcome comes with its answer. */
const firstCheckMs = 20_000;

const openSql = 'select open_payable($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)';
/** A close that overtakes its open leaves a closed row, so that the late open finds it. */
const closeSql = `
  with seen as (
    select where take_message($2, $3)
  )
  insert into payables (order_id, number, buyer_id, amount_minor, currency, shares, pay_by, is_open)
  select $1, '', $1, 0, '', '[]', now(), false from seen
  on conflict (order_id) do update set is_open = false`;
const createSql = 'select result, (payment).* from create_payment($1, $2, $3, $4, $5, $6, $7, $8)';
const createOfJobSql =
  'select result, (payment).* from create_job_payment($1, $2, $3, $4, $5, $6, $7, $8)';
const settleSql = `select is_settled, (payment).*
  from settle_payment($1, $2, $3, $4, $5, $6, $7)`;
const checkAgainSql = `
  insert into deadlines (kind, key, due_at) select 'check-payment', $1::text, $2
  from payments where id = $1::uuid and status in ('pending', 'authorized')
  on conflict (kind, key) do update set due_at = excluded.due_at`;
const requestRefundSql = `select result, refundable_minor
  from request_refund_with_restock($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const refundIsPendingSql = `
  with waiting as (
    update refunds set pending_since = coalesce(pending_since, $2), updated_at = $2
    where id = $1::uuid and status = 'requested' returning id
  )
  insert into deadlines (kind, key, due_at) select 'send-refund', id::text, $3 from waiting
  on conflict (kind, key) do update set due_at = excluded.due_at`;
const settleRefundSql =
  'select settle_refund($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as result';
const settleSplitRefundSql =
  'select settle_split_refund($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as result';

/** Amounts as text inside the JSON: a JSON number would lose digits beyond 2^53. */
const saleSql = `
  select ${paymentColumns}, (
    select coalesce(jsonb_agg(jsonb_build_object('variant_id', l.variant_id, 'seller_id', l.seller_id,
      'quantity', l.quantity, 'amount_minor', l.amount_minor::text,
      'commission_minor', l.commission_minor::text,
      'commission_tax_minor', l.commission_tax_minor::text, 'jurisdiction', l.jurisdiction,
      'refunded_quantity', l.refunded_quantity, 'refunding_quantity', l.refunding_quantity,
      'refunded_minor', l.refunded_minor::text, 'refunding_minor', l.refunding_minor::text,
      'disputed_minor', l.disputed_minor::text,
      'commission_refunded_minor', l.commission_refunded_minor::text,
      'commission_tax_refunded_minor', l.commission_tax_refunded_minor::text)), '[]')
    from sold_lines(payments.id) l) as lines
  from payments where id = $1`;

type Ports = Readonly<{ pool: Pool; clock: Clock; newId: () => string; wakeOutbox: WakeOutbox }>;

export const createPgPayments = ({ pool, clock, newId, wakeOutbox }: Ports): Payments => {
  const outboxOf = ({ messages, trace }: Settlement, subject: string, version: number) =>
    toOutbox(
      messages.map((event) => ({ id: newId(), subject, aggregateVersion: version, ...event })),
      trace,
      clock(),
    );

  return {
    ...createReads(pool),

    async open(payable, { consumer, messageId }) {
      await pool.query({
        name: 'payable-open',
        text: openSql,
        values: [
          payable.orderId,
          payable.number,
          payable.buyerId,
          payable.amount.amountMinor,
          payable.amount.currency,
          amountsToJson(payable.lines),
          payable.payBy,
          clock(),
          consumer,
          messageId,
        ],
      });
    },

    async close(orderId, { consumer, messageId }) {
      const values = [orderId, consumer, messageId];
      await pool.query({ name: 'payable-close', text: closeSql, values });
    },

    async create({ id, orderId, jobId, buyerId, provider, card }): Promise<CreatedPayment> {
      const now = clock();
      const checkAt = new Date(now.getTime() + firstCheckMs);
      const { rows } = await pool.query<PaymentRow & { result: CreatedPayment['result'] }>({
        name: orderId === undefined ? 'payment-create-of-job' : 'payment-create',
        text: orderId === undefined ? createOfJobSql : createSql,
        values: [id, orderId ?? jobId, buyerId, provider, card.brand, card.last4, now, checkAt],
      });
      const row = rows[0]!;
      return row.result === 'created' || row.result === 'exists'
        ? { result: row.result, payment: toPayment(row) }
        : { result: row.result };
    },

    async settle(id, { status, reference, failure }, settlement) {
      const outbox = outboxOf(settlement, id, 2);
      const { rows } = await pool.query<PaymentRow & { is_settled: boolean }>({
        name: 'payment-settle',
        text: settleSql,
        values: [
          id,
          status,
          reference,
          failure,
          clock(),
          entryToJson(settlement.entry),
          JSON.stringify(outbox),
        ],
      });
      const row = rows[0]!;
      if (row.is_settled) wakeOutbox(outbox);
      return toPayment(row);
    },

    async checkAgain(id, delayMs) {
      await pool.query(checkAgainSql, [id, new Date(clock().getTime() + delayMs)]);
    },

    async requestRefund({
      id,
      paymentId,
      amountMinor,
      lines,
      restock,
      reason,
      requestedBy,
      delivery,
    }) {
      try {
        const { rows } = await pool.query<{
          result: RefundRequestResult;
          refundable_minor: string | null;
        }>({
          name: 'refund-request',
          text: requestRefundSql,
          values: [
            id,
            paymentId,
            amountMinor,
            reason,
            requestedBy,
            clock(),
            delivery?.consumer ?? null,
            delivery?.messageId ?? null,
            lines ? JSON.stringify(lines) : null,
            restock?.length ? JSON.stringify(restock) : null,
          ],
        });
        const { result, refundable_minor } = rows[0]!;
        return { result, refundableMinor: BigInt(refundable_minor ?? 0) };
      } catch (error) {
        // A chargeback holds what would be refunded: the buyer has that money already.
        const { constraint } = error as { constraint?: string };
        if (constraint !== 'payments_give_back_once') throw error;
        return { result: 'too_much', refundableMinor: 0n };
      }
    },

    async refundIsPending(id, delayMs) {
      const now = clock();
      await pool.query({
        name: 'refund-pending',
        text: refundIsPendingSql,
        values: [id, now, new Date(now.getTime() + delayMs)],
      });
    },

    async settleRefund(id, version, outcome, settlement) {
      const outbox = outboxOf(settlement, settlement.trace.correlationId, version + 1);
      const taken = outcome.takenAtSellerMinor ?? 0n;
      const { rows } = await pool.query<{ result: 'settled' | 'seen' | 'stale' }>({
        name: taken === 0n ? 'refund-settle' : 'refund-settle-split',
        text: taken === 0n ? settleRefundSql : settleSplitRefundSql,
        values: [
          id,
          version,
          outcome.isCompleted,
          outcome.reference,
          outcome.failure,
          outcome.shares === null ? null : amountsToJson(outcome.shares),
          clock(),
          entryToJson(settlement.entry),
          JSON.stringify(outbox),
          outcome.lines === undefined ? null : amountsToJson(outcome.lines),
          outcome.takenBack?.length ? amountsToJson(outcome.takenBack) : null,
          ...(taken === 0n ? [] : [taken]),
        ],
      });
      const { result } = rows[0]!;
      if (result === 'settled') wakeOutbox(outbox);
      return result;
    },
  };
};

const refundSql = `select r.*, p.provider from refunds r join payments p on p.id = r.payment_id`;

type Reads = Pick<
  Payments,
  'find' | 'findSale' | 'list' | 'findRefund' | 'refundsOf' | 'listRefunds'
>;

const createReads = (pool: Pool): Reads => ({
  async findSale(paymentId) {
    const { rows } = await pool.query<PaymentRow & { lines: readonly SoldLineRow[] }>({
      name: 'payment-sale',
      text: saleSql,
      values: [paymentId],
    });
    return (
      rows[0] && {
        payment: toPayment(rows[0]),
        lines: rows[0].lines.map((line) => toSoldLine(line)),
      }
    );
  },
  async find(id) {
    const { rows } = await pool.query<PaymentRow>({
      name: 'payment-find',
      text: `select ${paymentColumns} from payments where id = $1`,
      values: [id],
    });
    return rows[0] && toPayment(rows[0]);
  },
  async list({ buyerId, orderId, status, after, limit }) {
    const { rows } = await pool.query<PaymentRow>(
      `select ${paymentColumns} from payments
       where ($1::uuid is null or buyer_id = $1)
         and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
         and ($5::uuid is null or order_id = $5) and ($6::text is null or status = $6)
       order by created_at desc, id desc limit $4`,
      [
        buyerId ?? null,
        after?.createdAt ?? null,
        after?.id ?? null,
        limit,
        orderId ?? null,
        status ?? null,
      ],
    );
    return rows.map(toPayment);
  },
  async findRefund(id) {
    const { rows } = await pool.query<RefundRow>({
      name: 'refund-find',
      text: `${refundSql} where r.id = $1`,
      values: [id],
    });
    return rows[0] && toRefund(rows[0]);
  },
  async refundsOf(paymentId) {
    const { rows } = await pool.query<RefundRow>(
      `${refundSql} where r.payment_id = $1 order by r.created_at, r.id`,
      [paymentId],
    );
    return rows.map(toRefund);
  },
  async listRefunds({ status, after, limit }) {
    const { rows } = await pool.query<RefundRow>(
      `${refundSql}
       where ($1::text is null or $1 = case when r.status = 'requested' and r.pending_since is not null
           then 'pending' else r.status end)
         and ($2::timestamptz is null or (r.created_at, r.id) < ($2, $3::uuid))
       order by r.created_at desc, r.id desc limit $4`,
      [status ?? null, after?.createdAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(toRefund);
  },
});
