import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
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
  list_price_minor: string | null;
  currency: string;
  tax_class: string;
  category_ids: readonly string[];
  tax_code: string | null;
  tax_jurisdiction: string | null;
  tax_rate_basis_points: number | null;
  issuer_id: string | null;
}>;

/** Whose tax is in the shop's prices, and when a rate has to be valid. */
export type Taxes = Readonly<{ jurisdiction: string; clock: Clock }>;

export const toOffer = (row: OfferRow): Offer => ({
  variantId: row.variant_id,
  productId: row.product_id,
  sellerId: row.seller_id,
  sku: row.sku,
  name: row.name,
  imageUrl: row.image_url,
  price: money(BigInt(row.price_minor), row.currency),
  listPrice:
    row.list_price_minor === null ? null : money(BigInt(row.list_price_minor), row.currency),
  taxClass: row.tax_class,
  categoryIds: row.category_ids,
  taxRate:
    row.tax_code === null
      ? null
      : {
          code: row.tax_code,
          jurisdiction: row.tax_jurisdiction!,
          rateBasisPoints: row.tax_rate_basis_points!,
        },
  issuerId: row.issuer_id,
});

/** Of `offers o` and its `offerJoins`. */
export const offerColumns = `o.product_id, o.seller_id, o.sku, o.name, o.image_url, o.price_minor,
  o.list_price_minor, o.currency, o.tax_class, o.category_ids, t.code as tax_code, t.jurisdiction as tax_jurisdiction,
  t.rate_basis_points as tax_rate_basis_points, i.id as issuer_id`;

/**
 * Of `offers o` the rate as `t` and what its seller's receipts say as `i`; the parameters are the
 * jurisdiction and the moment.
 */
export const offerJoins = (jurisdiction: string, at: string): string => `left join lateral (
    select r.code, r.jurisdiction, r.rate_basis_points from tax_rates r
    where r.jurisdiction = ${jurisdiction} and r.tax_class = o.tax_class and r.valid_from <= ${at}
    order by r.valid_from desc limit 1
  ) t on true left join lateral (
    select s.id from issuers s where s.seller_id = o.seller_id order by s.version desc limit 1
  ) i on true`;

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
      list_price_minor bigint, currency text, tax_class text, category_ids uuid[])
  ), gone as (
    delete from offers using newer
    where offers.product_id = newer.product_id
      and offers.variant_id not in (select variant_id from given)
  )
  insert into offers (variant_id, product_id, seller_id, sku, name, image_url, price_minor,
    list_price_minor, currency, tax_class, category_ids)
  select variant_id, $1, seller_id, sku, name, image_url, price_minor, list_price_minor, currency,
    tax_class, category_ids
  from given
  on conflict (variant_id) do update set
    product_id = excluded.product_id, seller_id = excluded.seller_id, sku = excluded.sku,
    name = excluded.name, image_url = excluded.image_url, price_minor = excluded.price_minor,
    list_price_minor = excluded.list_price_minor, currency = excluded.currency, tax_class = excluded.tax_class,
    category_ids = excluded.category_ids`;

export const createPgOffers = (pool: Pool, { jurisdiction, clock }: Taxes): Offers => ({
  async find(variantIds) {
    const { rows } = await pool.query<OfferRow>({
      name: 'offers-find',
      text: `select o.variant_id, ${offerColumns} from offers o ${offerJoins('$2', '$3')}
        where o.variant_id = any($1)`,
      values: [variantIds, jurisdiction, clock()],
    });
    return new Map(rows.map((row) => [row.variant_id, toOffer(row)]));
  },
  async ofProduct(productId) {
    const { rows } = await pool.query<OfferRow>({
      name: 'offers-of-product',
      text: `select o.variant_id, ${offerColumns} from offers o ${offerJoins('$2', '$3')}
        where o.product_id = $1`,
      values: [productId, jurisdiction, clock()],
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
      list_price_minor: offer.listPrice?.amountMinor.toString() ?? null,
      currency: offer.price.currency,
      tax_class: offer.taxClass,
      category_ids: offer.categoryIds,
    }));
    await pool.query({
      name: 'offers-replace',
      text: replaceSql,
      values: [productId, version, JSON.stringify(rows)],
    });
  },
});
