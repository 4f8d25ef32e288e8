import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Earnings } from '../application/ports.ts';
import { postingTemplates } from '../domain/posting.ts';

const earnSql = 'select earn_and_settle($1, $2, $3, $4, $5, $6, $7, $8)';
const template = JSON.stringify(postingTemplates.earning);
const settled = JSON.stringify(postingTemplates.settled_at_seller);

export const createPgEarnings = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): Earnings => ({
  async earn({ orderId, sellerIds, deliveredAt }, delivery) {
    await pool.query({
      name: 'earn-shares',
      text: earnSql,
      values: [
        orderId,
        sellerIds,
        deliveredAt,
        clock(),
        template,
        delivery?.consumer ?? null,
        delivery?.messageId ?? null,
        settled,
      ],
    });
  },
});
