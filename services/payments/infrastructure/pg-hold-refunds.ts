import type { Pool } from 'pg';
import type { HoldRefunds } from '../application/escrow-ports.ts';
import type { Clock } from '#shared/platform/module.ts';

export const createPgHoldRefunds = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): HoldRefunds => ({
  async retry(holdId, refundId, by) {
    try {
      const { rows } = await pool.query<{
        result: 'unknown' | 'none' | 'seen' | 'requested';
        refund_id: string | null;
      }>({
        name: 'hold-refund-retry',
        text: 'select result, refund_id from retry_hold_refund($1, $2, $3, $4)',
        values: [holdId, refundId, by, clock()],
      });
      const { result, refund_id: id } = rows[0]!;
      return { result, refundId: id };
    } catch (error) {
      // A bank took the payment back meanwhile: the buyer has that money already.
      const { constraint } = error as { constraint?: string };
      if (constraint !== 'payments_give_back_once') throw error;
      return { result: 'too_much', refundId: null };
    }
  },
});
