import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { PendingEntries, PendingOutcome } from '../application/ledger.ts';
import { entryToJson } from './rows.ts';

export const createPgPendingEntries = ({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): PendingEntries => {
  const settle = async <Outcome extends string>(
    id: string,
    outcome: PendingOutcome,
    entryId: string | null = null,
  ): Promise<Outcome> => {
    const { rows } = await pool.query<{ outcome: Outcome }>({
      name: 'pending-settle',
      text: 'select settle_pending_entry($1, $2, $3, $4) as outcome',
      values: [id, outcome, entryId, clock()],
    });
    return rows[0]!.outcome;
  };
  return {
    async hold(entry, expiresAt) {
      await pool.query({
        name: 'pending-hold',
        text: 'select hold_entry($1, $2, $3)',
        values: [entryToJson(entry), expiresAt, clock()],
      });
    },
    post: (id, entryId) => settle(id, 'posted', entryId),
    void: (id) => settle(id, 'voided'),
    expire: (id) => settle(id, 'expired'),
  };
};
