import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { WebhookDeliveries } from '../application/provider-ports.ts';

const keptDays = 90;
const dayMs = 86_400_000;

/** Whatever the body is, and whoever wrote it: an id of digits, or nothing. */
const accountNamedIn = (body: Buffer): string | undefined => {
  const [, id] = /"user_id"\s*:\s*"?(\d{1,20})\b/.exec(body.toString('latin1')) ?? [];
  return id;
};

export const createPgWebhookDeliveries = ({
  pool,
  clock,
  newId,
}: Readonly<{ pool: Pool; clock: Clock; newId: () => string }>): WebhookDeliveries => ({
  async store(delivery) {
    await pool.query({
      name: 'delivery-store',
      text: 'select store_delivery($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      values: [
        newId(),
        delivery.provider,
        delivery.topic,
        delivery.resource,
        delivery.query,
        delivery.requestId,
        delivery.signature,
        delivery.body,
        delivery.verdict,
        clock(),
      ],
    });
  },
  async accountsNamed({ provider, topic, resource }) {
    const { rows } = await pool.query<{ body: Buffer }>({
      name: 'deliveries-named',
      text: `select body from webhook_deliveries
        where provider = $1 and topic = $2 and resource = $3 and processed_at is null
          and verdict = 'genuine' order by received_at desc limit 5`,
      values: [provider, topic, resource],
    });
    return [...new Set(rows.flatMap(({ body }) => accountNamedIn(body) ?? []))];
  },
  async process({ provider, topic, resource }, work) {
    // What comes while it is read may be of a later state: it stays open and is read again.
    const { rows } = await pool.query<{ id: string }>({
      name: 'deliveries-open',
      text: `select id from webhook_deliveries
        where provider = $1 and topic = $2 and resource = $3 and processed_at is null
          and verdict = 'genuine'`,
      values: [provider, topic, resource],
    });
    await work();
    await pool.query({
      name: 'deliveries-done',
      text: `update webhook_deliveries set processed_at = $2 where id = any ($1::uuid[])`,
      values: [rows.map(({ id }) => id), clock()],
    });
  },
  async prune() {
    const now = clock().getTime();
    const before = new Date(now - keptDays * dayMs);
    await pool.query(
      `with gone as (delete from webhook_deliveries where received_at < $1)
       insert into deadlines (kind, key, due_at) values ('prune-deliveries', '', $2)
       on conflict (kind, key) do update set due_at = excluded.due_at`,
      [before, new Date(now + dayMs)],
    );
  },
});
