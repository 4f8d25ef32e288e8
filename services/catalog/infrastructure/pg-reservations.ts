import type { Pool } from 'pg';
import type { OutboxMessage } from '#shared/messaging/outbox.ts';
import type { WakeOutbox } from '#shared/platform/module.ts';
import type { OrderMessage, Reservations } from '../application/ports.ts';
import { causeSql, causeValues, type OnChange, type Touched } from './sql-cause.ts';

/** `$<first>` on is the cause. Without a row the message was taken before, and has told all it had to. */
const reactionSql = (effect: string, first: number): string => `
  select touched, messages_caused_by(${causeSql(first)}) as messages
  from ${effect} as touched where touched is not null`;
const reserveSql = reactionSql(`reserve_stock($1, $2, $3, $4, $5, $6, ${causeSql(7)})`, 7);
const commitSql = reactionSql(`commit_stock($1, $2, $3, $4, ${causeSql(5)})`, 5);
const releaseSql = reactionSql(`release_stock($1, $2, $3, $4, ${causeSql(5)})`, 5);
const restockSql = reactionSql(`restock($1, $2, $3, $4, ${causeSql(5)})`, 5);
const expireSql = `select expire_reservation($1, ${causeSql(2)}) as touched`;

type Effect = Readonly<{ touched: readonly Touched[]; messages?: readonly OutboxMessage[] }>;

/** Every effect is one call of one function in the database: inbox, rows and messages together. */
export const createPgReservations = (
  options: Readonly<{ pool: Pool; onChange: OnChange; wakeOutbox: WakeOutbox }>,
): Reservations => {
  const call = async (name: string, text: string, values: readonly unknown[]): Promise<void> => {
    const { rows } = await options.pool.query<Effect>({ name, text, values: [...values] });
    for (const { touched, messages } of rows) {
      options.onChange(touched);
      // As text PostgreSQL writes times another way than JavaScript does.
      options.wakeOutbox(messages?.map((m) => ({ ...m, time: new Date(m.time).toISOString() })));
    }
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
    restock: ({ orderId, lines, reason, requestedBy, delivery, now }) =>
      call('restock', restockSql, [
        delivery.consumer,
        delivery.messageId,
        orderId,
        JSON.stringify(lines),
        ...causeValues({
          kind: 'return',
          reason,
          actorId: requestedBy,
          orderId,
          at: now,
          trace: delivery.trace,
        }),
      ]),
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
