import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { Cart, CartLine, CartOwner, Carts } from '../application/ports.ts';
import { offerColumns, offerJoins, toOffer, type OfferRow, type Taxes } from './pg-offers.ts';

/** How long a cart that nobody touches is kept (behaviours H): guests, accounts, empty ones. */
const keptFor = { guest: '30 days', account: '90 days', empty: '2 days' } as const;

type LineRow = Readonly<{
  cart_id: string;
  id: string | null;
  variant_id: string;
  quantity: number;
  seen_price_minor: string;
  seen_currency: string;
  is_offered: boolean;
}> &
  OfferRow;

const ownerOf = (owner: CartOwner): readonly [column: string, value: string | Buffer] =>
  'accountId' in owner ? ['account_id', owner.accountId] : ['token_hash', owner.tokenHash];

const lineColumns = `l.id, l.variant_id, l.quantity, l.seen_price_minor,
  l.currency as seen_currency, o.variant_id is not null as is_offered, ${offerColumns}`;

/** The last two parameters are the tax jurisdiction and the moment. */
const findSql = (condition: string, parameters: number): string => `
  select c.id as cart_id, ${lineColumns}
  from carts c left join cart_lines l on l.cart_id = c.id
  left join offers o on o.variant_id = l.variant_id
  ${offerJoins(`$${parameters + 1}`, `$${parameters + 2}`)}
  where ${condition} order by l.added_at, l.id`;

/**
 * The cart is made with its first line; nothing is made for a variant that nobody offers. Answers
 * the cart as it is after: the table still shows the other lines only.
 */
const addSql = (column: string): string => `
  with offer as (select price_minor, currency from offers where variant_id = $2),
  cart as (
    insert into carts (${column}) select $1 from offer
    on conflict (${column}) do update set touched_at = now() returning id
  ), added as (
    insert into cart_lines as l (cart_id, variant_id, quantity, seen_price_minor, currency)
    select cart.id, $2, $3, offer.price_minor, offer.currency from cart, offer
    on conflict (cart_id, variant_id) do update set
      quantity = least(l.quantity + excluded.quantity, 999),
      seen_price_minor = excluded.seen_price_minor, currency = excluded.currency
    returning l.*
  )
  select l.cart_id, ${lineColumns}
  from (
    select * from added
    union all
    select l.* from cart join cart_lines l on l.cart_id = cart.id where l.variant_id <> $2
  ) l left join offers o on o.variant_id = l.variant_id
  ${offerJoins('$4', '$5')}
  order by l.added_at, l.id`;

const changeSql = (column: string): string => `
  update cart_lines l set quantity = $3,
    seen_price_minor = coalesce(o.price_minor, l.seen_price_minor)
  from carts c, cart_lines known left join offers o on o.variant_id = known.variant_id
  where known.id = $2 and l.id = known.id and c.id = l.cart_id and c.${column} = $1`;

const removeSql = (column: string): string => `
  delete from cart_lines l using carts c
  where l.cart_id = c.id and c.${column} = $1 and ($2::uuid is null or l.id = $2)`;

const sweepSql = `
  delete from carts c
  where touched_at < $1::timestamptz - interval '${keptFor.empty}' and (
    touched_at < $1::timestamptz - case when account_id is null
      then interval '${keptFor.guest}' else interval '${keptFor.account}' end
    or not exists (select from cart_lines l where l.cart_id = c.id))`;

const toLine = (row: LineRow): CartLine => ({
  id: row.id!,
  variantId: row.variant_id,
  quantity: row.quantity,
  seenPrice: money(BigInt(row.seen_price_minor), row.seen_currency),
  offer: row.is_offered ? toOffer(row) : undefined,
});

const toCart = (rows: readonly LineRow[]): Cart => ({
  id: rows[0]?.cart_id,
  lines: rows.filter((row) => row.id !== null).map(toLine),
});

export const createPgCarts = (pool: Pool, { jurisdiction, clock }: Taxes): Carts => ({
  async find(owner): Promise<Cart> {
    const [column, value] = ownerOf(owner);
    const { rows } = await pool.query<LineRow>({
      name: `cart-find-${column}`,
      text: findSql(`c.${column} = $1`, 1),
      values: [value, jurisdiction, clock()],
    });
    return toCart(rows);
  },
  async findBoth(accountId, { tokenHash }) {
    const { rows } = await pool.query<LineRow>({
      name: 'cart-find-both',
      text: findSql('(c.account_id = $1 or c.token_hash = $2)', 2),
      values: [accountId, tokenHash, jurisdiction, clock()],
    });
    return [...Map.groupBy(rows, (row) => row.cart_id).values()].map(toCart);
  },
  async add(owner, variantId, quantity) {
    const [column, value] = ownerOf(owner);
    const { rows } = await pool.query<LineRow>({
      name: `cart-add-${column}`,
      text: addSql(column),
      values: [value, variantId, quantity, jurisdiction, clock()],
    });
    return rows.length > 0 ? toCart(rows) : undefined;
  },
  async change(owner, lineId, quantity) {
    const [column, value] = ownerOf(owner);
    const { rowCount } = await pool.query(changeSql(column), [value, lineId, quantity]);
    return rowCount === 1;
  },
  async remove(owner, lineId) {
    const [column, value] = ownerOf(owner);
    const { rowCount } = await pool.query(removeSql(column), [value, lineId ?? null]);
    return (rowCount ?? 0) > 0;
  },
  async merge(guest, accountId, capOf) {
    const caps = capOf ? JSON.stringify(Object.fromEntries(capOf)) : null;
    const { rows } = await pool.query<{ asked: readonly string[] }>({
      name: 'cart-merge',
      text: 'select merge_carts($1, $2, $3) as asked',
      values: [guest.tokenHash, accountId, caps],
    });
    return rows[0]!.asked;
  },
  async sweep(now) {
    const { rowCount } = await pool.query(sweepSql, [now]);
    return rowCount ?? 0;
  },
});
