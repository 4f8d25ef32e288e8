import { httpError } from '#shared/http/errors.ts';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { Erasures, ErasureView, OpenBusiness } from '../application/ports.ts';
import type { PublishedEvent } from '../application/published-events.ts';

const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** To the microsecond, since it is what the next page begins after. */
const utcExactly = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const viewSql = `
  select id, account_id, requested_by, status, refusal, ${utcExactly('requested_at')} as requested_at,
    ${utc('completed_at')} as completed_at, coalesce((
      select array_agg(context order by context) from erasure_confirmations where erasure_id = id
    ), '{}') as confirmed
  from erasures`;

export const createPgErasures = ({
  pool,
  clock,
  newId,
  wakeOutbox,
}: Pick<Platform, 'pool' | 'clock' | 'newId' | 'wakeOutbox'>): Erasures => {
  const view = async (name: string, where: string, value: string) => {
    const { rows } = await pool.query<ErasureView>({
      name,
      text: `${viewSql} where ${where}`,
      values: [value],
    });
    return rows[0];
  };
  return {
    async request({ id, accountId, requestedBy }, trace) {
      const now = clock();
      const event: PublishedEvent = {
        type: 'users.erasure-requested.v1',
        data: { erasureId: id, accountId, requestedBy, requestedAt: now.toISOString() },
      };
      const outbox = toOutbox(
        [{ id: newId(), subject: id, aggregateVersion: 1, ...event }],
        trace,
        now,
      );
      const { rows } = await pool.query<{ result: Awaited<ReturnType<Erasures['request']>> }>({
        name: 'erasure-request',
        text: 'select request_erasure($1, $2, $3, $4, $5) as result',
        values: [id, accountId, requestedBy, now, JSON.stringify(outbox)],
      });
      const { result } = rows[0]!;
      if (result === 'requested') wakeOutbox(outbox);
      return result;
    },

    ofAccount: (accountId) =>
      view('erasure-of-account', `account_id = $1 and status <> 'refused'`, accountId),
    find: (id) => view('erasure', 'id = $1', id),

    async list({ limit, after }) {
      const { rows } = await pool.query<ErasureView>({
        name: after ? 'erasures-after' : 'erasures',
        text: `${viewSql} ${after ? 'where (requested_at, id) < ($2::timestamptz, $3::uuid)' : ''}
          order by erasures.requested_at desc, id desc limit $1`,
        values: after ? [limit, after.requestedAt, after.id] : [limit],
      });
      return rows;
    },

    async confirm({ erasureId, context, at }, expected, { consumer, messageId }) {
      await pool.query({
        name: 'erasure-confirm',
        text: 'select confirm_erasure($1, $2, $3, $4, $5, $6)',
        values: [consumer, messageId, erasureId, context, at, expected],
      });
    },

    async refuse(erasureId, reason) {
      await pool.query({
        name: 'erasure-refuse',
        text: `update erasures set status = 'refused', refusal = $2
          where id = $1 and status = 'requested'`,
        values: [erasureId, reason],
      });
    },
  };
};

/** Asks orders and payments. Raises `http.unavailable` when one does not answer: nothing is erased then. */
export const createOpenBusiness = (ask: Platform['ask']): OpenBusiness => {
  const count = async (context: 'orders' | 'payments', accountId: string): Promise<number> => {
    const unknown = (cause: unknown) => httpError('unavailable', { retryAfterSeconds: 5, cause });
    const path = `/${context}/accounts/${accountId}/open`;
    const { status, body } = await ask(context, 'GET', path).catch((error: unknown) => {
      throw unknown(error);
    });
    if (status !== 200) throw unknown(new Error(`${context} answers ${status}`));
    return (body as { open: number }).open;
  };
  return {
    orders: (accountId) => count('orders', accountId),
    payments: (accountId) => count('payments', accountId),
  };
};
