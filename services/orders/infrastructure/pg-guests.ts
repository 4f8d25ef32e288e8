import type { Language } from '#shared/kernel/preferred-language.ts';
import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { GuestOrder, Guests, OrderContact } from '../application/guest-ports.ts';
import { accessGranted, contactGiven } from './guest-messages.ts';

/** How long the contact of a guest is kept after the order, should nobody claim it or ask for more. */
const contactKept = '400 days';

const buyerSql = `
  select o.buyer_id from order_access a join orders o on o.id = a.order_id
  where a.order_id = $1 and a.token_hash = $2 and a.expires_at > $3`;

/** Counts, looks and asks in one statement that always writes: a stranger learns nothing by its time. */
const requestLinkSql = `
  with counted as (
    select count_guest_acts(array[$3::bytea], $4) as count
  ), found as (
    select o.id from counted, orders o join order_contacts c on c.order_id = o.id
    where o.number = $1 and c.email = $2 and c.is_guest and counted.count <= $5
  ), queued as (
    insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
    select $6, 'orders.link-requested.v1', found.id::text, 1, $4, $7,
      jsonb_build_object('orderId', found.id) from found
  )
  select count from counted`;

const findSql = `
  select o.id, o.buyer_id, o.number, c.email, c.full_name, c.language
  from order_contacts c join orders o on o.id = c.order_id where o.id = $1 and c.is_guest`;

/** The contact is locked, so that a claim at this moment is before it, and nothing happens, or after it. */
const grantSql = `
  with contact as (
    select order_id from order_contacts where order_id = $2 and is_guest for update
  ), granted as (
    insert into order_access (id, order_id, token_hash, expires_at)
    select $1, order_id, $3, $4 from contact on conflict (id) do nothing returning order_id
  ), queued as (${insertIntoOutboxSql(5, 'granted', true)})
  select (select count(*) from contact)::int as found, (select count(*) from granted)::int as made`;

const sweepSql = `
  with old_access as (delete from order_access where expires_at < $1),
  old_counts as (delete from guest_counts where started_at < $1::timestamptz - interval '1 day'),
  forgotten as (
    delete from order_contacts c using orders o
    where o.id = c.order_id and c.is_guest and o.placed_at < $1::timestamptz - interval '${contactKept}'
    returning c.buyer_id
  )
  update outbox set data = without_person(data)
  where data ? 'accountId' and data ->> 'accountId' in (select buyer_id::text from forgotten)`;

type FoundRow = Readonly<{
  id: string;
  buyer_id: string;
  number: string;
  email: string;
  full_name: string | null;
  language: Language;
}>;
type ContactRow = Readonly<{
  email: string | null;
  full_name: string | null;
  phone_number: string | null;
  language: Language;
  address: OrderContact['address'];
  document: OrderContact['document'];
}>;

type Options = Pick<Platform, 'pool' | 'clock' | 'newId' | 'wakeOutbox'>;

export const createPgGuests = ({ pool, clock, newId, wakeOutbox }: Options): Guests => ({
  async buyerOf(orderId, tokenHash) {
    const { rows } = await pool.query<{ buyer_id: string }>({
      name: 'guest-buyer',
      text: buyerSql,
      values: [orderId, tokenHash, clock()],
    });
    return rows[0]?.buyer_id;
  },
  async count(keys) {
    const { rows } = await pool.query<{ count: number }>({
      name: 'guest-count',
      text: 'select count_guest_acts($1, $2) as count',
      values: [keys, clock()],
    });
    return rows[0]!.count;
  },
  async requestLink({ number, email, key, max, trace }) {
    await pool.query({
      name: 'guest-link',
      text: requestLinkSql,
      values: [number, email, key, clock(), max, newId(), trace.correlationId],
    });
    wakeOutbox();
  },
  async find(orderId) {
    const { rows } = await pool.query<FoundRow>({
      name: 'guest-order',
      text: findSql,
      values: [orderId],
    });
    const [row] = rows;
    return (
      row && {
        orderId: row.id,
        buyerId: row.buyer_id,
        number: row.number,
        email: row.email,
        fullName: row.full_name,
        language: row.language,
      }
    );
  },
  async grant(order: GuestOrder, access, trace) {
    const now = clock();
    const messages = [
      accessGranted(newId(), order.orderId, order.buyerId, access),
      contactGiven(newId(), order, now),
    ];
    const outbox = toOutbox(messages, trace, now);
    const { id, tokenHash, expiresAt } = access;
    const { rows } = await pool.query<{ found: number; made: number }>({
      name: 'guest-grant',
      text: grantSql,
      values: [id, order.orderId, tokenHash, expiresAt, JSON.stringify(outbox)],
    });
    const { found, made } = rows[0]!;
    if (made > 0) wakeOutbox(outbox);
    return found > 0;
  },
  async contactOf(orderId) {
    const { rows } = await pool.query<ContactRow>({
      name: 'order-contact',
      text: `select email, full_name, phone_number, language, address, document from order_contacts
        where order_id = $1`,
      values: [orderId],
    });
    const [row] = rows;
    return (
      row && {
        email: row.email,
        fullName: row.full_name,
        phoneNumber: row.phone_number,
        language: row.language,
        address: row.address,
        document: row.document,
      }
    );
  },
  async hasEmail(orderId, email) {
    const { rowCount } = await pool.query({
      name: 'order-has-email',
      text: 'select from order_contacts where order_id = $1 and email = $2 and is_guest',
      values: [orderId, email],
    });
    return rowCount === 1;
  },
  async withEmail(email) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'orders-with-email',
      text: `select o.id from order_contacts c join orders o on o.id = c.order_id
        where c.email = $1 and c.is_guest order by o.placed_at desc, o.id desc limit 100`,
      values: [email],
    });
    return rows.map(({ id }) => id);
  },
  async sweep(now) {
    await pool.query(sweepSql, [now]);
  },
});
