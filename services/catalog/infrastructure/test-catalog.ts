import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { OrderCancelledV1 } from '#contracts/orders/order-cancelled.v1.ts';
import {
  startTestPlaza,
  type TestAccount,
  type TestPlaza,
  type TestPlazaOptions,
} from '#shared/testing/test-plaza.ts';
import { askOracles } from '#shared/testing/oracles.ts';
import { catalogModule } from '../module.ts';
import { catalogOracles } from './oracles.ts';

type Options = Omit<TestPlazaOptions, 'modules'>;

export type CreatedVariant = Readonly<{ id: string; sku: string; on_hand: number }>;
export type CreatedProduct = Readonly<{
  id: string;
  slug: string;
  version: number;
  status: string;
  variants: readonly CreatedVariant[];
}>;

type Demand = Readonly<{ variantId: string; quantity: number }>;

/** For changes that do not ask which version they meet. */
export const anyVersion = { 'if-match': '*' };

type Request = Parameters<TestPlaza['request']>[0];
export type Reply = Awaited<ReturnType<TestPlaza['request']>>;

export const isProblem = (reply: Reply, status: number, code: string, pointer?: string): void => {
  const body = reply.json<{ code: string; errors?: { pointer: string }[] }>();
  assert.deepEqual([reply.statusCode, body.code], [status, code]);
  if (pointer !== undefined)
    assert.ok(
      body.errors?.some((error) => error.pointer === pointer),
      reply.body,
    );
};

export const picture = (width = 30, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: '#0a7' } });

/** The body of a form that uploads `file`, under a name that no server should believe. */
export const form = (file: Buffer, alt = '') => {
  const body = Buffer.concat([
    Buffer.from(
      `--x\r\ncontent-disposition: form-data; name="alt"\r\n\r\n${alt}\r\n--x\r\n` +
        'content-disposition: form-data; name="file"; filename="../../a.svg"\r\ncontent-type: image/png\r\n\r\n',
    ),
    file,
    Buffer.from('\r\n--x--\r\n'),
  ]);
  return { payload: body, headers: { 'content-type': 'multipart/form-data; boundary=x' } };
};

const anyId = (): string => crypto.randomUUID();
const cop = (amountMinor: string) => ({ amountMinor, currency: 'COP' });

/** A catalogue over a real PostgreSQL, a seller, and orders that exist only as their messages. */
export const startTestCatalog = async (options: Options = {}) => {
  const plaza = await startTestPlaza({ modules: [catalogModule], ...options });
  const seller = await plaza.account({ roles: ['seller'] });
  const admin = await plaza.account({ roles: ['admin'] });
  const pool = plaza.pool('catalog');

  const ask = (method: Request['method'], url: string, rest: object = {}) =>
    plaza.request({ method, url: `/api/v1${url}`, ...rest } as Request);
  const post = (url: string, payload: object, as: TestAccount = seller) =>
    plaza.request({ method: 'POST', url: `/api/v1${url}`, payload, as });
  const get = (url: string, as?: TestAccount, headers: Record<string, string> = {}) =>
    plaza.request({ url: `/api/v1${url}`, headers, ...(as ? { as } : {}) });

  const create = async (body: object, as: TestAccount = seller): Promise<CreatedProduct> => {
    const reply = await post('/products', { status: 'active', price: 1000, ...body }, as);
    if (reply.statusCode !== 201) throw new Error(reply.body);
    return reply.json<CreatedProduct>();
  };

  /** Puts a message of orders on the bus, as its own outbox would. */
  const publish = async (
    type: string,
    orderId: string,
    version: number,
    data: object,
    id = anyId(),
  ): Promise<string> => {
    await pool.query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values ($1, $2, $3, $4, now(), $5, $6)`,
      [id, type, orderId, version, orderId, data],
    );
    for (const { relay } of plaza.contexts) relay.wake();
    return id;
  };
  const head = (orderId: string) => ({ orderId, number: 'PZ-000001', buyerId: anyId() });
  const now = (): string => plaza.clock().toISOString();

  const orders = {
    place: (orderId: string, lines: readonly Demand[], payByMs = 15 * 60_000, id?: string) =>
      publish(
        'orders.order-placed.v1',
        orderId,
        1,
        {
          ...head(orderId),
          lines: lines.map((line) => ({
            ...line,
            productId: anyId(),
            sellerId: seller.id,
            sku: 'SKU',
            name: 'name',
            unitPrice: cop('1000'),
            total: cop('1000'),
          })),
          total: cop('1000'),
          placedAt: now(),
          payBy: new Date(plaza.clock().getTime() + payByMs).toISOString(),
        },
        id,
      ),
    pay: (orderId: string, version = 3, id?: string) =>
      publish(
        'orders.order-paid.v1',
        orderId,
        version,
        { ...head(orderId), paymentId: anyId(), total: cop('1000'), paidAt: now() },
        id,
      ),
    cancel: (
      orderId: string,
      version = 4,
      reason: OrderCancelledV1['reason'] = 'buyer',
      id?: string,
    ) =>
      publish(
        'orders.order-cancelled.v1',
        orderId,
        version,
        { ...head(orderId), reason, wasPaid: false, cancelledAt: now() },
        id,
      ),
    fail: (orderId: string, version = 3, id?: string) =>
      publish(
        'orders.order-failed.v1',
        orderId,
        version,
        { ...head(orderId), reason: 'payment', failedAt: now() },
        id,
      ),
  };

  /** Puts on the bus what payments tells when pieces of a refund go back on the shelf. */
  const restock = (orderId: string, lines: readonly Demand[], id?: string) =>
    publish(
      'payments.restock-requested.v1',
      orderId,
      9,
      {
        refundId: anyId(),
        paymentId: anyId(),
        orderId,
        lines,
        reason: 'Volvió sin usar',
        requestedBy: admin.id,
        requestedAt: now(),
      },
      id,
    );

  /** Messages that the catalogue published, oldest first. */
  const published = async (type: string, subject?: string) => {
    const { rows } = await pool.query<{ data: Record<string, unknown> }>(
      `select data from outbox where type = $1 and ($2::text is null or subject = $2) order by seq`,
      [`catalog.${type}.v1`, subject ?? null],
    );
    return rows.map(({ data }) => data);
  };
  const levels = async (variantId: string) => {
    const { rows } = await pool.query<{ on_hand: number; reserved: number }>(
      'select on_hand, reserved from stock where variant_id = $1',
      [variantId],
    );
    return [rows[0]!.on_hand, rows[0]!.reserved] as const;
  };

  /** What is wrong in the whole catalogue, by SQL; nothing in good order. */
  const findDrift = async (): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ fault: string }>(`
      select 'availability of ' || a.product_id from availability a where a.variants_in_stock <>
        (select count(*) from stock s where s.product_id = a.product_id and s.is_listed and s.on_hand > s.reserved)
      union all
      select 'listing of ' || l.product_id from listings l join availability a using (product_id)
        where l.in_stock <> (a.variants_in_stock > 0)
      union all
      select 'header of ' || o.order_id from order_reservations o
        where exists (select from reservations r where r.order_id = o.order_id and r.state <> o.state)
          and o.state not in ('rejected')
      union all
      select 'favourites of ' || l.account_id from favourite_lists l
        where l.size <> (select count(*) from favourites f where f.account_id = l.account_id)
      union all
      select 'deadline of ' || key from deadlines where kind = 'expire-reservation'
        and not exists (select from order_reservations o where o.order_id::text = key and o.state = 'held')`);
    return [...(await askOracles(pool, catalogOracles)), ...rows.map(({ fault }) => fault)];
  };
  /** Opens connections first, so that what follows truly races. */
  const warmUp = () =>
    Promise.all(Array.from({ length: 10 }, () => pool.query('select pg_sleep(0.1)')));

  return {
    plaza,
    catalogPool: pool,
    seller,
    admin,
    ask,
    post,
    get,
    create,
    orders,
    restock,
    published,
    levels,
    findDrift,
    warmUp,
  };
};

export type TestCatalog = Awaited<ReturnType<typeof startTestCatalog>>;
