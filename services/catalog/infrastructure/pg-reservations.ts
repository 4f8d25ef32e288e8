import type { Pool } from 'pg';
import type { OrderMessage, Reservations } from '../application/ports.ts';
import { causeSql, causeValues, type OnChange, type Touched } from './sql-cause.ts';

const reserveSql = `select reserve_stock($1, $2, $3, $4, $5, $6, ${causeSql(7)}) as touched`;
const commitSql = `select commit_stock($1, $2, $3, $4, ${causeSql(5)}) as touched`;
const releaseSql = `select release_stock($1, $2, $3, $4, ${causeSql(5)}) as touched`;
const expireSql = `select expire_reservation($1, ${causeSql(2)}) as touched`;

/** Every effect is one call of one function in the database: inbox, rows and messages together. */
export const createPgReservations = (
  options: Readonly<{ pool: Pool; onChange: OnChange; wakeOutbox: () => void }>,
): Reservations => {
  const call = async (name: string, text: string, values: readonly unknown[]): Promise<void> => {
    const { rows } = await options.pool.query<{ touched: readonly Touched[] }>({
      name,
      text,
      values: [...values],
    });
    options.onChange(rows[0]!.touched);
    options.wakeOutbox();
  };
  const head = ({ delivery, orderId, orderVersion }: OrderMessage): readonly unknown[] => [
    delivery.consumer,
    delivery.messageId,
    orderId,
    orderVersion,
  ];
  const why = ({ delivery, orderId, now }: OrderMessage, kind: string) =>
    causeValues({ kind, orderId, at: now, trace: delivery.trace });

  return {
    reserve(message) {
      const lines = message.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
      return call('reserve-stock', reserveSql, [
        ...head(message),
        JSON.stringify(lines),
        message.expiresAt,
        ...why(message, 'sale'),
      ]);
    },
    commit: (message) =>
      call('commit-stock', commitSql, [...head(message), ...why(message, 'sale')]),
    release: (message) =>
      call('release-stock', releaseSql, [...head(message), ...why(message, 'return')]),
    expire: (orderId, now) =>
      call('expire-reservation', expireSql, [
        orderId,
        ...causeValues({
          kind: 'return',
          orderId,
          at: now,
          trace: { correlationId: orderId },
        }),
      ]),
  };
};
