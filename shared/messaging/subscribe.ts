import { Compile } from 'typebox/compile';
import type { Pool } from 'pg';
import type { Delivery } from '../kernel/trace.ts';
import { typeOf, type Bus, type Message, type Reaction } from './message.ts';

/** The data of a message breaks its contract: no retry helps. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

const burySql = `
  insert into dead_letters (consumer, message_id, message, error, attempts)
  values ($1, $2, $3, $4, $5)
  on conflict (consumer, message_id) do update
    set error = excluded.error, attempts = excluded.attempts, died_at = now(), replayed_at = null`;

/** Puts a context's reactions on the bus; what breaks its contract is buried by the retries. */
export const subscribeReactions = (
  options: Readonly<{ bus: Bus; context: string; pool: Pool; reactions: readonly Reaction[] }>,
): void => {
  const { bus, context, pool } = options;
  for (const { name, contract, handle } of options.reactions) {
    const validator = Compile(contract);
    bus.subscribe({
      consumer: `${context}.${name}`,
      type: typeOf(contract),
      handle: async (message) => {
        if (!validator.Check(message.data)) {
          const [first] = validator.Errors(message.data);
          throw new ContractBroken(`${typeOf(contract)} ${first?.instancePath}: ${first?.message}`);
        }
        await handle(message as Message<never>);
      },
      bury: async (message, error, attempts) => {
        const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        await pool.query(burySql, [name, message.id, message, text.slice(0, 2_000), attempts]);
      },
    });
  }
};

/** What a store needs to make the effect of `message` happen once for the reaction `consumer`. */
export const deliveryOf = (consumer: string, message: Message): Delivery => ({
  consumer,
  messageId: message.id,
  trace: {
    correlationId: message.correlation_id,
    causationId: message.id,
    ...(message.traceparent === null ? {} : { traceparent: message.traceparent }),
  },
});
