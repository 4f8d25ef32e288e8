import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { Offers } from '../application/ports.ts';
import type { Offer } from '../domain/order.ts';

export type OfferRow = Readonly<{
  variant_id: string;
  product_id: string;
  seller_id: string;
  sku: string;
  name: string;
  image_url: string | null;
  price_minor: string;
  currency: string;
}>;

export const toOffer = (row: OfferRow): Offer => ({
  variantId: row.variant_id,
  productId: row.product_id,
  sellerId: row.seller_id,
  sku: row.sku,
  name: row.name,
  imageUrl: row.image_url,
  price: money(BigInt(row.price_minor), row.currency),
});

export const offerColumns =
  'variant_id, product_id, seller_id, sku, name, image_url, price_minor, currency';

/** One statement: an older version, or the same again, touches no row. */
const replaceSql = `
  with newer as (
    insert into known_products as k (product_id, version) values ($1, $2)
    on conflict (product_id) do update set version = excluded.version
      where k.version < excluded.version
    returning product_id
  ), given as (
    select o.* from newer, jsonb_to_recordset($3::jsonb) as o (
      variant_id uuid, seller_id uuid, sku text, name text, image_url text, price_minor bigint,
      currency text)
  ), gone as (
    delete from offers using newer
    where offers.product_id = newer.product_id
      and offers.variant_id not in (select variant_id from given)
  )
  insert into offers (variant_id, product_id, seller_id, sku, name, image_url, price_minor, currency)
  select variant_id, $1, seller_id, sku, name, image_url, price_minor, currency from given
  on conflict (variant_id) do update set
    product_id = excluded.product_id, seller_id = excluded.seller_id, sku = excluded.sku,
    name = excluded.name, image_url = excluded.image_url, price_minor = excluded.price_minor,
    currency = excluded.currency`;

export const createPgOffers = (pool: Pool): Offers => ({
  async find(variantIds) {
    const { rows } = await pool.query<OfferRow>({
      name: 'offers-find',
      text: `select ${offerColumns} from offers where variant_id = any($1)`,
      values: [variantIds],
    });
    return new Map(rows.map((row) => [row.variant_id, toOffer(row)]));
  },
  async ofProduct(productId) {
    const { rows } = await pool.query<OfferRow>({
      name: 'offers-of-product',
      text: `select ${offerColumns} from offers where product_id = $1`,
      values: [productId],
    });
    return rows.map(toOffer);
  },
  async replace(productId, version, offers) {
    const rows = offers.map((offer) => ({
      variant_id: offer.variantId,
      seller_id: offer.sellerId,
      sku: offer.sku,
      name: offer.name,
      image_url: offer.imageUrl,
      price_minor: offer.price.amountMinor.toString(),
      currency: offer.price.currency,
    }));
    await pool.query({
      name: 'offers-replace',
      text: replaceSql,
      values: [productId, version, JSON.stringify(rows)],
    });
  },
});
