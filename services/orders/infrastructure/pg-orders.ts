import type { Pool } from 'pg';
import { createRecent } from '#shared/kernel/recent.ts';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { OutgoingMessage } from '#shared/messaging/message.ts';
import { rowsRemoved, type FanOut } from '#shared/platform/fan-out.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { Beside } from '../application/guest-ports.ts';
import type { Cause, Orders, StoredOrder } from '../application/ports.ts';
import { toPublished } from '../application/published-events.ts';
import { orderError } from '../domain/errors.ts';
import {
  evolve,
  newOrder,
  sellersOf,
  type Order,
  type OrderEvent,
  type PlacedOrder,
} from '../domain/order.ts';
import { accessGranted } from './guest-messages.ts';
import { fromStored, toStored } from './order-json.ts';

/** Two writers of one order at once are rare; five lost races in a row are a fault. */
const attemptsMax = 5;

/** Orders under way at once in one process, and then some. */
const rememberedMax = 1_000;

/** Raised by `save_order` when the cart is not as it was read. */
const cartChanged = 'PZC01';

const loadSql = `select s.version, s.state, o.updated_at from streams s join orders o using (id)
  where s.id = $1`;
const saveSql = `select result, number from
  save_order($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/** With what stands beside the events: $13 contact, $14 access, $15 the guest that it is claimed from. */
const saveBesideSql = `select result, number from save_order_beside($1, $2, $3, $4, $5, $6, $7, $8, $9,
  $10, $11, $12, $13, $14, $15)`;

type LoadedRow = Readonly<{ version: number; state: unknown; updated_at: Date }>;
type SavedRow = Readonly<{ result: 'saved' | 'seen' | 'stale'; number: string }>;

type Ports = Readonly<{
  pool: Pool;
  clock: Clock;
  newId: () => string;
  wakeOutbox: WakeOutbox;
  /** No other process writes orders: what this one saved last is how they are. */
  isOnlyWriter?: boolean;
  /** Where it is said that orders were removed past all writers; undefined: nobody can. */
  fanOut?: FanOut;
}>;

/** The state before, and what the decision makes of it. */
type Change = Readonly<{
  orderId: string;
  version: number;
  before: Order;
  events: readonly OrderEvent[];
}>;

/** Undefined for a change that has nothing beside its events, as most have. */
const besideValues = ({ before, events }: Change, beside: Beside | undefined) => {
  const isClaim = events.some(({ type }) => type === 'OrderClaimed');
  if (!beside && !isClaim) return undefined;
  const access = beside?.access && {
    ...beside.access,
    tokenHash: beside.access.tokenHash.toString('hex'),
  };
  return [
    beside ? JSON.stringify(beside.contact) : null,
    access ? JSON.stringify(access) : null,
    isClaim ? (before as PlacedOrder).buyerId : null,
  ];
};

export const createPgOrders = (ports: Ports): Orders => {
  const { pool, clock, newId, wakeOutbox, isOnlyWriter = false } = ports;
  /** Saving checks the version; what is not saved is never decided from here. */
  const remembered = createRecent<StoredOrder>(rememberedMax);
  ports.fanOut?.subscribe(rowsRemoved, () => remembered.clear());

  const load = async (orderId: string): Promise<StoredOrder | undefined> => {
    const { rows } = await pool.query<LoadedRow>({
      name: 'order-load',
      text: loadSql,
      values: [orderId],
    });
    const [row] = rows;
    if (!row) return undefined;
    const order = fromStored(row.state) as PlacedOrder;
    return { order, version: row.version, updatedAt: row.updated_at.toISOString() };
  };

  /** Folds the events one by one, since a message tells of the state right after its event. */
  const fold = ({ before, version, orderId, events }: Change) => {
    let order = before;
    const messages: OutgoingMessage[] = [];
    events.forEach((event, i) => {
      order = evolve(order, event);
      for (const { type, data } of toPublished(event, order as PlacedOrder))
        messages.push({
          id: newId(),
          type,
          subject: orderId,
          aggregateVersion: version + i + 1,
          data,
        });
    });
    return { order: order as PlacedOrder, messages };
  };

  const save = async (
    change: Change,
    cause: Cause,
    cartId?: string,
    beside?: Beside,
  ): Promise<StoredOrder | 'seen' | 'stale'> => {
    const { orderId, version, events } = change;
    const { order, messages } = fold(change);
    if (beside?.access)
      messages.push(accessGranted(newId(), orderId, order.buyerId, beside.access));
    const now = clock();
    const { trace, delivery } = cause;
    const outbox = toOutbox(messages, { ...trace, correlationId: orderId }, now);
    const eventsJson = toStored(events.map(({ type, ...data }) => ({ type, data })));
    const extra = besideValues(change, beside);
    const { rows } = await pool.query<SavedRow>({
      name: extra ? 'order-save-beside' : 'order-save',
      text: extra ? saveBesideSql : saveSql,
      values: [
        orderId,
        version,
        eventsJson,
        toStored(order),
        JSON.stringify(outbox),
        sellersOf(order),
        orderId,
        trace.causationId ?? null,
        now,
        delivery?.consumer ?? null,
        delivery?.messageId ?? null,
        cartId ?? null,
        ...(extra ?? []),
      ],
    });
    const { result, number } = rows[0]!;
    if (result !== 'saved') return result;
    const [first, ...others] = outbox;
    if (version > 0) wakeOutbox(outbox);
    else wakeOutbox([{ ...first!, data: { ...(first!.data as object), number } }, ...others]);
    const updatedAt = now.toISOString();
    const stored = { order: { ...order, number }, version: version + events.length, updatedAt };
    remembered.set(orderId, stored);
    return stored;
  };

  /** Undefined when the decision may be another on what is stored now. */
  const saveIfDecided = async (
    known: StoredOrder,
    cause: Cause,
    decide: (order: Order, version: number) => readonly OrderEvent[],
  ): Promise<StoredOrder | undefined> => {
    const { order: before, version } = known;
    let events: readonly OrderEvent[];
    try {
      events = decide(before, version);
    } catch {
      return undefined;
    }
    if (events.length === 0) return undefined;
    const saved = await save({ orderId: before.orderId, version, before, events }, cause);
    return typeof saved === 'object' ? saved : undefined;
  };

  /** A message that changes nothing is taken all the same: outbox and inbox are held against each other. */
  const markTaken = async ({ delivery }: Cause): Promise<void> => {
    if (!delivery) return;
    await pool.query({
      name: 'order-message-taken',
      text: 'select take_message($1, $2)',
      values: [delivery.consumer, delivery.messageId],
    });
  };

  const lostEveryRace = (orderId: string): Error =>
    new Error(`order ${orderId}: another writer was faster ${attemptsMax} times`);

  return {
    find: async (orderId) => (isOnlyWriter ? remembered.get(orderId) : undefined) ?? load(orderId),

    async update(orderId, cause, decide) {
      const known = remembered.take(orderId);
      if (known) {
        const saved = await saveIfDecided(known, cause, decide);
        if (saved) return saved;
      }
      for (let attempt = 1; attempt <= attemptsMax; attempt++) {
        const stored = await load(orderId);
        const before = stored?.order ?? newOrder;
        const events = decide(before, stored?.version ?? 0);
        if (events.length === 0 || !stored) {
          await markTaken(cause);
          return stored;
        }
        const saved = await save({ orderId, version: stored.version, before, events }, cause);
        if (saved === 'seen') return stored;
        if (saved !== 'stale') return saved;
      }
      throw lostEveryRace(orderId);
    },

    async place(orderId, cause, cartId, decide, beside) {
      const events = decide(newOrder);
      const change = { orderId, version: 0, before: newOrder, events };
      const saved = await save(change, cause, cartId, beside).catch((error: unknown) => {
        throw (error as { code?: string }).code === cartChanged
          ? orderError('cart_changed')
          : error;
      });
      if (typeof saved === 'object') return saved;
      // It is there: the same request was faster. The decision says whether it may have it.
      const stored = await load(orderId);
      if (!stored) throw lostEveryRace(orderId);
      decide(stored.order);
      return stored;
    },
  };
};
