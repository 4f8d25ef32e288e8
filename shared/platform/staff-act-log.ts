import { randomUUIDv7 } from 'node:crypto';
import type { Pool } from 'pg';
import type { StaffAct } from '../http/staff-acts.ts';
import { insertIntoOutboxSql, toOutbox } from '../messaging/outbox.ts';
import type { OutboxRelay } from '../messaging/outbox-relay.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Clock, ContextName } from './module.ts';

const tries = 3;
const againMs = 100;
const storeSql = insertIntoOutboxSql(1, '(select) one', true);

/**
 * Stores acts of staff in the outbox of the context that they changed; identity, which keeps the
 * audit log, reads them there. What cannot be stored is said in the process log, where it is found.
 */
export const createStaffActLog =
  (
    options: Readonly<{
      context: ContextName;
      pool: Pool;
      relay: Pick<OutboxRelay, 'wake'>;
      clock: Clock;
      log: Logger;
    }>,
  ) =>
  async (act: StaffAct): Promise<void> => {
    const { context, pool, relay, clock, log } = options;
    const now = clock();
    const { correlationId, ...rest } = act;
    const id = randomUUIDv7();
    const data = { ...rest, actedAt: now.toISOString() };
    // The log is in the order in which it was written: acts need none of their own.
    const message = {
      id,
      type: `${context}.staff-acted.v1`,
      subject: id,
      aggregateVersion: 1,
      data,
    };
    const messages = toOutbox([message], { correlationId }, now);
    for (let attempt = 1; ; attempt++) {
      try {
        const values = [JSON.stringify(messages)];
        await pool.query({ name: 'staff-act', text: storeSql, values });
        relay.wake(messages);
        return;
      } catch (error) {
        if (attempt === tries) {
          const { actorId, operation, path } = act;
          log.error(
            { err: error, actorId, operation, path },
            'an act of staff is not in the audit log',
          );
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  };
