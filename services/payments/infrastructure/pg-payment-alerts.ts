import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { PaymentAlerts } from '../application/provider-ports.ts';

type AlertRow = Readonly<{
  id: string;
  provider: string;
  kind: string;
  subject: string;
  payment_id: string | null;
  detail: Readonly<Record<string, unknown>>;
  raised_at: Date;
  resolved_at: Date | null;
}>;

export const createPgPaymentAlerts = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): PaymentAlerts => ({
  async list({ isOpen, afterId, limit }) {
    const { rows } = await pool.query<AlertRow>({
      name: 'alerts-list',
      text: `select * from payment_alerts
        where (resolved_at is null) = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
      values: [isOpen, afterId ?? null, limit],
    });
    return rows.map((row) => ({
      id: row.id,
      provider: row.provider,
      kind: row.kind,
      subject: row.subject,
      paymentId: row.payment_id,
      detail: row.detail,
      raisedAt: row.raised_at.toISOString(),
      resolvedAt: row.resolved_at?.toISOString() ?? null,
    }));
  },
  async resolve(id, by) {
    const { rowCount } = await pool.query({
      name: 'alert-resolve',
      text: `update payment_alerts set resolved_at = $3, resolved_by = $2
        where id = $1 and resolved_at is null`,
      values: [id, by, clock()],
    });
    return rowCount === 1;
  },
});
