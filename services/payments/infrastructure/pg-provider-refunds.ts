import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Alert, ProviderCharges } from '../application/provider-ports.ts';
import { toProviderRefund, type ProviderRefundRow } from './provider-rows.ts';
import { entryToJson } from './rows.ts';

const refundColumns = `r.*, c.reference as charge_reference, c.amount_minor as charge_minor, c.provider,
  c.payment_id, p.buyer_id, p.order_id, p.job_id, p.split_account, p.split_fee_minor,
  p.split_unit_minor, (p.shares -> 0 ->> 'sellerId')::uuid as seller_id`;
const findRefundSql = `select ${refundColumns} from provider_refunds r
  join provider_charges c on c.id = r.charge_id left join payments p on p.id = c.payment_id
  where r.id = $1`;
const planSql = `select ${refundColumns} from plan_provider_refund($1, $2, $3, $4) r
  join provider_charges c on c.id = r.charge_id left join payments p on p.id = c.payment_id
  order by r.id`;
const tooLittleLeft = 'PZ001';

/** What is asked of a provider to pay back, and what it did. */
export const createPgProviderRefunds = (
  { pool, clock }: Readonly<{ pool: Pool; clock: Clock }>,
  alertsToJson: (provider: string, alerts: readonly Alert[]) => string,
): Pick<
  ProviderCharges,
  | 'planRefund'
  | 'findRefund'
  | 'settleRefund'
  | 'failSurplusRefund'
  | 'sendRefundAt'
  | 'adoptRefund'
> => ({
  async planRefund({ refundId, paymentId, amountMinor }) {
    try {
      const { rows } = await pool.query<ProviderRefundRow>({
        name: 'provider-refund-plan',
        text: planSql,
        values: [refundId, paymentId, amountMinor, clock()],
      });
      return rows.map(toProviderRefund);
    } catch (error) {
      if ((error as { code?: string }).code === tooLittleLeft) return undefined;
      throw error;
    }
  },
  async findRefund(id) {
    const { rows } = await pool.query<ProviderRefundRow>({
      name: 'provider-refund-find',
      text: findRefundSql,
      values: [id],
    });
    return rows[0] && toProviderRefund(rows[0]);
  },
  async settleRefund(id, { status, reference, failure, entry }, { provider, alerts }) {
    await pool.query({
      name: 'provider-refund-settle',
      text: 'select settle_provider_refund($1, $2, $3, $4, $5, $6, $7)',
      values: [
        id,
        status,
        reference,
        failure,
        entryToJson(entry),
        alertsToJson(provider, alerts),
        clock(),
      ],
    });
  },
  async sendRefundAt(id, at) {
    // Of a refund of a payment the timer is the refund's own.
    await pool.query({
      name: 'provider-refund-again',
      text: `insert into deadlines (kind, key, due_at)
        select 'refund-charge', id::text, $2 from provider_refunds
        where id = $1::uuid and refund_id is null and status in ('requested', 'pending')
        on conflict (kind, key) do update set due_at = excluded.due_at`,
      values: [id, at],
    });
  },
  async failSurplusRefund(id, { failure, anewId }, { provider, alerts }) {
    await pool.query({
      name: 'provider-refund-anew',
      text: 'select fail_surplus_refund($1, $2, $3, $4, $5)',
      values: [id, failure, alertsToJson(provider, alerts), anewId, clock()],
    });
  },
  async adoptRefund(chargeId, refundId) {
    const { rows } = await pool.query<{ is_adopted: boolean }>({
      name: 'provider-refund-adopt',
      text: 'select adopt_provider_refund($1, $2, $3) as is_adopted',
      values: [chargeId, refundId, clock()],
    });
    return rows[0]!.is_adopted;
  },
});
