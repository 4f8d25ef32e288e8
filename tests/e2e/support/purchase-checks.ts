import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { findUntaken } from '../../topology/deliveries.ts';
import { findFaults } from '../../topology/invariants.ts';
import type { Buying, Plan } from './buying.ts';
import { payBody } from './http.ts';
import type { Journal } from './journal.ts';
import { until } from './plaza-process.ts';
import type { createReport } from './report.ts';
import { contexts, findUnrest, type AnyPoolOf } from './rest.ts';
import type { Operate, Shop } from './shop.ts';

type Checked = Readonly<{
  step: ReturnType<typeof createReport>['step'];
  journal: Journal;
  plans: readonly Plan[];
  shop: Shop;
  operate: Operate;
  ask: Buying['ask'];
  /** By a role that may read every table. */
  poolOf: AnyPoolOf;
  /** The names of all captured mails, of every process that captures. */
  mailFiles: () => readonly string[];
  /** How many processes capture the mails of orders, each in a folder of its own. */
  mailboxes: number;
  restMaxMs: number;
  /** Orders that were placed beside the journal. */
  others?: ReadonlySet<string>;
}>;

/** The captured mailbox keeps its newest thousand, codes for newcomers among them. */
const mailsKept = 900;

type Check = (of: Checked) => Promise<string | void> | string | void;

const comesToRest: Check = async ({ poolOf, restMaxMs }) => {
  let left: readonly string[] = [];
  let quiet = 0;
  const look = async (): Promise<boolean> => {
    left = await findUnrest(poolOf);
    quiet = left.length === 0 ? quiet + 1 : 0;
    await sleep(200);
    return quiet >= 5;
  };
  const ms = await until(look, restMaxMs, 'rest').catch(() => {
    throw new Error(`still waiting: ${left.join(', ')}`);
  });
  const { rows } = await poolOf('orders').query<{ status: string; n: number }>(
    'select status, count(*)::int as n from orders group by status order by n desc',
  );
  const ends = ['paid', 'shipped', 'delivered', 'cancelled', 'failed', 'refunded'];
  assert.deepEqual(
    rows.filter(({ status }) => !ends.includes(status)),
    [],
  );
  return `${(ms / 1000).toFixed(1)} s; ${rows.map(({ status, n }) => `${n} ${status}`).join(', ')}`;
};

const noSurprise: Check = ({ journal }) => assert.deepEqual(journal.surprises, []);

const ordersAreThere: Check = async ({ journal, operate, poolOf, plans, others }) => {
  for (const { id, total } of journal.orders) {
    const order = await operate('GET', `/orders/${id}`);
    assert.equal(order['total'], total, `order ${id}`);
  }
  const { rows } = await poolOf('orders').query<{ id: string }>('select id from orders');
  const known = journal.orders.map(({ id }) => id).toSorted();
  const placed = rows.map(({ id }) => id).filter((id) => !others?.has(id));
  assert.deepEqual(placed.toSorted(), known);
  assert.equal(known.length, plans.length, 'some purchases placed no order');
  return `${known.length} orders`;
};

const paymentsAreWhatWasSaid: Check = async ({ journal, operate }) => {
  const may: Readonly<Record<string, readonly string[]>> = {
    completed: ['completed', 'refunded'],
    pending: ['completed', 'refunded', 'failed'],
    // The order was cancelled while it was paid.
    refunded: ['refunded'],
    failed: ['failed'],
  };
  const said = Map.groupBy(journal.payments, ({ status }) => status);
  for (const { id, status, orderId } of journal.payments) {
    const payment = await operate('GET', `/payments/${id}`);
    assert.equal(payment['order_id'], orderId);
    const is = String(payment['status']);
    assert.ok(may[status]?.includes(is), `payment ${id} was ${status} and is ${is}`);
  }
  return [...said].map(([status, list]) => `${list.length} ${status}`).join(', ');
};

const changesAreInTheHistory: Check = async ({ journal, operate }) => {
  const eventOf = {
    shipped: 'OrderShipped',
    delivered: 'OrderDelivered',
    cancelled: 'OrderCancelled',
  } as const;
  for (const { orderId, status } of journal.statuses) {
    const { items } = await operate('GET', `/orders/${orderId}/history`);
    const times = (items as { type: string }[]).filter(({ type }) => type === eventOf[status]);
    assert.equal(times.length, 1, `order ${orderId}: ${eventOf[status]} ${times.length} times`);
  }
  const said = Map.groupBy(journal.statuses, ({ status }) => status);
  return [...said].map(([status, list]) => `${list.length} ${status}`).join(', ');
};

const repeatedRequestsGetTheirAnswers: Check = async ({ journal, ask, plans, shop }) => {
  const repeat = (n: number, path: string, key: string, body: object) =>
    ask(() => ({
      method: 'POST',
      path,
      body,
      token: shop.tokens[plans[n]!.buyer]!,
      headers: { 'idempotency-key': key },
    }));
  for (const { n, text } of journal.orders) {
    const reply = await repeat(n, '/orders', `order-${n}`, { items: plans[n]!.items });
    assert.deepEqual([reply.status, reply.text], [201, text]);
  }
  for (const { n, orderId, card, httpStatus, text } of journal.payments) {
    const reply = await repeat(n, '/payments', `pay-${n}`, payBody(orderId, card));
    assert.deepEqual([reply.status, reply.text], [httpStatus, text]);
  }
  return `${journal.orders.length + journal.payments.length} requests`;
};

const soldIsWhatLeft: Check = async ({ journal, operate, shop }) => {
  type Order = { status: string; lines: { variant_id: string; quantity: number }[] };
  type Stock = { variants: { variant_id: string; on_hand: number; reserved: number }[] };
  const { products, stockOfEach } = shop;
  const sold = new Map<string, number>();
  for (const { id } of journal.orders) {
    const { status, lines } = (await operate('GET', `/orders/${id}`)) as Order;
    if (!['paid', 'shipped', 'delivered'].includes(status)) continue;
    for (const { variant_id: variantId, quantity } of lines)
      sold.set(variantId, (sold.get(variantId) ?? 0) + quantity);
  }
  for (const { id, variantId } of products) {
    const [level] = ((await operate('GET', `/products/${id}/stock`)) as Stock).variants;
    const expected = [stockOfEach - (sold.get(variantId) ?? 0), 0];
    assert.deepEqual([level!.on_hand, level!.reserved], expected, `variant ${variantId}`);
  }
  const pieces = [...sold.values()].reduce((sum, n) => sum + n, 0);
  return `${pieces} of ${products.length * stockOfEach} pieces`;
};

const invariantsHold: Check = async ({ operate, poolOf, restMaxMs }) => {
  let entries = 0;
  // What a broker has confirmed may wait in a queue yet; what never comes is a fault below.
  const isTaken = async (): Promise<boolean> => {
    await sleep(200);
    return (await findUntaken(poolOf, contexts)).length === 0;
  };
  await until(isTaken, restMaxMs, 'every message').catch(() => {});
  const faults = await findFaults(poolOf, async () => {
    const books = await operate('GET', '/ledger/verify');
    entries = Number(books['entry_count']);
    assert.equal(books['is_sound'], (books['faults'] as string[]).length === 0);
    return books['faults'] as string[];
  });
  assert.deepEqual(faults, []);
  return `${entries} entries in the books`;
};

const buyersWereToldOnce: Check = async ({ poolOf, mailFiles, mailboxes }) => {
  type Row = { id: string };
  const { rows: events } = await poolOf('orders').query<Row>(
    `select id from outbox
     where type ~ '^orders[.]order-(paid|failed|cancelled|shipped|delivered|refunded)[.]'`,
  );
  const { rows: notices } = await poolOf('notifications').query<Row & { cause_id: string }>(
    'select id, cause_id from notifications order by id',
  );
  const told = new Set(notices.map((notice) => notice.cause_id));
  assert.deepEqual(
    events.filter(({ id }) => !told.has(id)),
    [],
  );
  const files = mailFiles();
  const timesOf = ({ id }: Row): number => files.filter((name) => name.includes(id)).length;
  const kept = notices.slice(-mailsKept);
  assert.deepEqual(
    kept.filter((notice) => timesOf(notice) === 0),
    [],
  );
  // Sent by one process that died or lost its database before it wrote that down, and again by
  // another: the same Message-ID, by which a mail server knows it. One mailbox holds it once.
  const again = kept.filter((notice) => timesOf(notice) > 1).length;
  assert.ok(again === 0 || mailboxes > 1, `${again} mails twice in one mailbox`);
  return `${notices.length} mails${again > 0 ? `, ${again} of them sent again under their Message-ID` : ''}`;
};

const nothingIsDead: Check = async ({ poolOf }) => {
  for (const context of contexts) {
    const { rows } = await poolOf(context).query('select consumer, error from dead_letters');
    assert.deepEqual(rows, [], `dead letters of ${context}`);
  }
};

/** Everything that must hold after purchases under faults, a step each. */
export const checkPurchases = async (of: Checked): Promise<void> => {
  const checks: readonly (readonly [string, Check])[] = [
    ['everything comes to rest, and every order to an end', comesToRest],
    ['no answer was a surprise', noSurprise],
    ['every acknowledged order is there, with its total, and no other', ordersAreThere],
    ['every acknowledged payment is what was said', paymentsAreWhatWasSaid],
    ['every acknowledged change is in the history of its order', changesAreInTheHistory],
    [
      'the same requests again get the same answers, byte for byte',
      repeatedRequestsGetTheirAnswers,
    ],
    ['what was sold is what left the shelf', soldIsWhatLeft],
    ['all invariants hold, and the ledger is sound', invariantsHold],
    ['buyers were told of every step', buyersWereToldOnce],
    ['no message is dead', nothingIsDead],
  ];
  for (const [name, check] of checks) await of.step(name, () => check(of));
};
