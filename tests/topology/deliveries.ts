import type { Pool } from 'pg';
import { subscriptions } from '#contracts/subscriptions.ts';

type Exception = Readonly<{
  /** Of the rows of `outbox`: which of them concern it, where not all do. */
  when?: string;
  /** A query for the messages that it took, where its effect is the mark; undefined: its inbox. */
  taken?: string;
}>;

const ofStaff: Exception = {
  taken: `select id as message_id from account_events where type = 'StaffActed'`,
};
const ofMembers: Exception = { when: `data ->> 'isGuest' is distinct from 'true'` };
/** A word to those who look on: it is kept nowhere, so nothing shows whether it was said. */
const ofListeners: Exception = { when: 'false' };
/** Only the newest version leaves a mark, and only while the account is there. */
const ofVersions: Exception = { when: 'false' };

/** Consumers that mark not every message of their type in their inbox, and what is asked of them instead. */
export const exceptions: Readonly<Record<string, Exception>> = {
  'identity.record-staff-act-in-identity': ofStaff,
  'identity.record-staff-act-in-catalog': ofStaff,
  'identity.record-staff-act-in-orders': ofStaff,
  'identity.record-staff-act-in-payments': ofStaff,
  'identity.record-staff-act-in-users': ofStaff,
  'identity.follow-profile-when-updated': ofVersions,
  'notifications.keep-name-when-profile-updated': ofVersions,
  'notifications.keep-address-when-email-changed': ofVersions,
  // A guest is told by orders, and of nothing that they have not paid for.
  'notifications.tell-buyer-when-order-paid': ofMembers,
  'notifications.tell-buyer-when-order-failed': ofMembers,
  'notifications.tell-buyer-when-order-cancelled': {
    when: `data ->> 'isGuest' is distinct from 'true' or data ->> 'wasPaid' = 'true'`,
  },
  'notifications.tell-listeners-when-order-placed': ofListeners,
  'notifications.tell-listeners-when-stock-low': ofListeners,
  'notifications.tell-listeners-when-refund-failed': ofListeners,
  'orders.send-link-when-guest-paid': {
    when: `data ->> 'isGuest' = 'true'`,
    taken: `select causation_id as message_id from outbox where type = 'orders.guest-access-granted.v1'`,
  },
  // Whoever asks for the link of an order that is nobody's gets none.
  'orders.send-link-when-requested': { when: 'false' },
  // Versions of one product may overtake each other; `findStaleOffers` asks for the last.
  'orders.keep-offers-when-product-changed': { when: 'false' },
};

const contextOf = (name: string): string => name.slice(0, name.indexOf('.'));
const localName = (consumer: string): string => consumer.slice(consumer.indexOf('.') + 1);

type Id = Readonly<{ id: string }>;
type Mark = Readonly<{ message_id: string }>;

/**
 * Outbox against inbox when all is quiet (reliability B1, B2, B4): each consumer has taken every message
 * that it subscribes to, and none that nobody published; the key of the inbox says that it was once. What
 * is wrong, in words: nothing.
 */
export const findUntaken = async <Context extends string>(
  poolOf: (context: Context) => Pool,
  contexts: readonly Context[],
): Promise<readonly string[]> => {
  const here = Object.entries(subscriptions).flatMap(([consumer, type]) => {
    const by = contexts.find((one) => one === contextOf(consumer));
    return by && contexts.some((one) => one === contextOf(type)) ? [{ consumer, type, by }] : [];
  });
  const idsOf = async (type: string, when: string): Promise<ReadonlySet<string>> => {
    // A test that plays another context publishes its messages in the outbox of its own.
    const found = await Promise.all(
      contexts.map((context) =>
        poolOf(context).query<Id>(`select id from outbox where type = $1 and (${when})`, [type]),
      ),
    );
    return new Set(found.flatMap(({ rows }) => rows.map(({ id }) => id)));
  };
  const faults: string[] = [];
  for (const { consumer, type, by } of here) {
    const { when = 'true', taken } = exceptions[consumer] ?? {};
    const inbox = 'select message_id from inbox where consumer = $1';
    const query = taken
      ? poolOf(by).query<Mark>(taken)
      : poolOf(by).query<Mark>(inbox, [localName(consumer)]);
    // Marks first: what is published between the two was not to be taken yet.
    const marks = new Set((await query).rows.map((row) => row.message_id));
    const wanted = await idsOf(type, when);
    for (const id of wanted)
      if (!marks.has(id)) faults.push(`message ${id} (${type}) was not taken by ${consumer}`);
    if (taken) continue;
    const published = when === 'true' ? wanted : await idsOf(type, 'true');
    for (const id of marks)
      if (!published.has(id)) faults.push(`${consumer} took ${id}, which is no ${type} of anybody`);
  }
  return faults;
};

type Version = Readonly<{ product_id: string; version: number }>;

/** Orders sells by what catalog told last of each product. */
export const findStaleOffers = async (catalog: Pool, orders: Pool): Promise<readonly string[]> => {
  const { rows: known } = await orders.query<Version>(
    'select product_id, version from known_products',
  );
  const { rows: told } = await catalog.query<Version>(
    `select subject as product_id, max((data ->> 'version')::int) as version from outbox
     where type = 'catalog.product-changed.v1' group by subject`,
  );
  const versions = new Map(known.map(({ product_id: id, version }) => [id, version]));
  return told
    .filter(({ product_id: id, version }) => (versions.get(id) ?? 0) < version)
    .map(
      ({ product_id: id, version }) => `orders does not know version ${version} of product ${id}`,
    );
};
