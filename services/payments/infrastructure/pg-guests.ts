import { createHash } from 'node:crypto';
import type { Platform } from '#shared/platform/module.ts';
import type { Guests } from '../application/guest-ports.ts';

/** Those that are over go with one that comes: there is no other work for them. */
const keepSql = `
  with old as (delete from guest_access where expires_at < $5)
  insert into guest_access (token_hash, order_id, buyer_id, expires_at)
  select decode($1, 'hex'), $2, $3, $4 where take_message($6, $7)
  on conflict (token_hash) do nothing`;

export const createPgGuests = ({ pool, clock }: Pick<Platform, 'pool' | 'clock'>): Guests => ({
  async find(token) {
    const { rows } = await pool.query<{ order_id: string; buyer_id: string }>({
      name: 'guest-find',
      text: `select order_id, buyer_id from guest_access where token_hash = $1 and expires_at > $2`,
      values: [createHash('sha256').update(token).digest(), clock()],
    });
    const [row] = rows;
    return row && { orderId: row.order_id, buyerId: row.buyer_id };
  },
  async keep({ tokenHash, orderId, buyerId, expiresAt }, { consumer, messageId }) {
    const values = [tokenHash, orderId, buyerId, expiresAt, clock(), consumer, messageId];
    await pool.query({ name: 'guest-keep', text: keepSql, values });
  },
  async claim({ orderId, buyerId }, { consumer, messageId }) {
    await pool.query({
      name: 'guest-claim',
      text: 'select claim_order($1, $2, $3, $4)',
      values: [consumer, messageId, orderId, buyerId],
    });
  },
});
