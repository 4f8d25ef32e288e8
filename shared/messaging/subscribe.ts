import { Compile } from 'typebox/compile';
import type { Pool } from 'pg';
import type { Delivery } from '../kernel/trace.ts';
import { typeOf, type Bus, type Message, type Reaction } from './message.ts';

/** The data of a message breaks its contract: no retry helps, so it is buried at once. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
  readonly isPermanent = true;
}

/** The reaction behind the check of its contract, which is the only way to its handler. */
export const checked = ({ name, contract, handle }: Reaction): Reaction => {
  const validator = Compile(contract);
  const type = typeOf(contract);
  return {
    name,
    contract,
    handle: async (message: Message) => {
      // A dead letter may be of another version.
      if (message.type !== type)
        throw new ContractBroken(`${message.type} is not a message of ${type}`);
      if (!validator.Check(message.data)) {
        const [first] = validator.Errors(message.data);
        throw new ContractBroken(`${type} ${first?.instancePath}: ${first?.message}`);
      }
      await handle(message as Message<never>);
    },
  };
};

const burySql = `
  insert into dead_letters (consumer, message_id, message, error, attempts)
  values ($1, $2, $3, $4, $5)
  on conflict (consumer, message_id) do update
    set error = excluded.error, attempts = excluded.attempts, died_at = now(), replayed_at = null`;

/** Text that PostgreSQL does not keep, such as a NUL, is kept in base64 with what names it. */
const sealed = (message: Message): Message => ({
  ...message,
  source: '',
  subject: '',
  data: { base64: Buffer.from(JSON.stringify(message)).toString('base64') },
});
const isDataException = (error: unknown): boolean =>
  String((error as { code?: unknown }).code).startsWith('22');

/** Puts a context's reactions on the bus; what breaks its contract is buried by the retries. */
export const subscribeReactions = (
  options: Readonly<{
    bus: Bus;
    context: string;
    pool: Pool;
    reactions: readonly Reaction[];
    /** Hears of each attempt; `error`: it was not taken. */
    onHandled?: (consumer: string, message: Message, ms: number, error?: unknown) => void;
  }>,
): void => {
  const { bus, context, pool, onHandled = () => {} } = options;
  for (const { name, contract, handle } of options.reactions.map(checked))
    bus.subscribe({
      consumer: `${context}.${name}`,
      type: typeOf(contract),
      handle: async (message) => {
        const startedAt = performance.now();
        const tell = (error?: unknown): void =>
          onHandled(`${context}.${name}`, message, performance.now() - startedAt, error);
        try {
          await handle(message as Message<never>);
        } catch (error) {
          tell(error ?? 'unknown');
          throw error;
        }
        tell();
      },
      bury: async (message, error, attempts) => {
        const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        const reason = text.replaceAll('\0', '').slice(0, 2_000);
        const store = (letter: Message) =>
          pool.query(burySql, [name, message.id, JSON.stringify(letter), reason, attempts]);
        try {
          await store(message);
        } catch (fault) {
          if (!isDataException(fault)) throw fault;
          await store(sealed(message));
        }
      },
    });
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
