import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { FraudReports } from '../application/provider-ports.ts';

type Ports = Readonly<{ pool: Pool; clock: Clock; newId: () => string; wakeOutbox: WakeOutbox }>;

/** The alert is there once, and with it the message. */
const reportSql = `
  with raised as (
    insert into payment_alerts (id, provider, kind, subject, payment_id, raised_at)
    values ($1, $2, 'fraud_suspected', $3, $4, $5) on conflict (kind, subject) do nothing returning id
  ), queued as (
    select queue_messages($6::jsonb) from raised
  )
  select count(*)::int as n from queued`;

export const createPgFraudReports = ({ pool, clock, newId, wakeOutbox }: Ports): FraudReports => ({
  async report(provider, paymentId, reference) {
    const { rows: found } = await pool.query<{ order_id: string | null; version: number }>(
      'select order_id, version from payments where id = $1',
      [paymentId],
    );
    const { order_id: orderId, version } = found[0]!;
    const now = clock();
    const messageOf = (order: string) => ({
      id: newId(),
      type: 'payments.fraud-alerted.v1',
      subject: paymentId,
      aggregateVersion: version,
      data: { paymentId, orderId: order, alertedAt: now.toISOString() },
    });
    // Of a job a person decides: its money is held, and nothing is shipped.
    const outbox =
      orderId === null ? [] : toOutbox([messageOf(orderId)], { correlationId: orderId }, now);
    const { rows } = await pool.query<{ n: number }>(reportSql, [
      newId(),
      provider,
      reference,
      paymentId,
      now,
      JSON.stringify(outbox),
    ]);
    if (rows[0]!.n > 0) wakeOutbox(outbox);
  },
});
