import type { Money } from '#shared/kernel/money.ts';
import type { Delivery, Trace } from '#shared/kernel/trace.ts';
import type { ShippingMethod } from '../domain/shipping.ts';
import type { Beside } from './guest-ports.ts';
import type { Offer, Order, OrderEvent, PlacedOrder, ToldOffer } from '../domain/order.ts';

/** Why a change is made: by a request, or in answer to one delivered message. */
export type Cause = Readonly<{ trace: Trace; delivery?: Delivery }>;

export type StoredOrder = Readonly<{ order: PlacedOrder; version: number; updatedAt: string }>;

export interface Orders {
  /**
   * Loads the order, runs `decide`, and stores events, state, list row, timer and messages as one
   * atomic change: two round trips. `decide` runs again when another writer was faster, so it must
   * be pure. With a delivery the change happens once however often it is delivered. `version` is
   * that of the order that is decided on.
   */
  update(
    orderId: string,
    cause: Cause,
    decide: (order: Order, version: number) => readonly OrderEvent[],
  ): Promise<StoredOrder | undefined>;
  /**
   * Stores a new order that `decide` makes of a new one, takes its number, empties `cartId` and keeps
   * what stands beside it, all or nothing. An order that is there already is answered as it is.
   */
  place(
    orderId: string,
    cause: Cause,
    cartId: string | undefined,
    decide: (order: Order) => readonly OrderEvent[],
    beside?: Beside,
  ): Promise<StoredOrder>;
  find(orderId: string): Promise<StoredOrder | undefined>;
}

/** One event of an order as its history shows it. */
export type HistoryEntry = Readonly<{ version: number; event: OrderEvent; recordedAt: string }>;

export type OrderSummary = Readonly<{
  id: string;
  number: string;
  status: string;
  buyerId: string;
  /** As the buyer said for this order, or the e-mail of a guest; null: it is an account’s, or erased. */
  buyerName: string | null;
  total: Money;
  lineCount: number;
  placedAt: string;
  updatedAt: string;
}>;

export type OrderListFilter = Readonly<{
  /** Whose orders: those of a buyer, those with lines of a seller, or all. */
  buyerId?: string;
  sellerId?: string;
  status?: string;
  /** Part of a number; with `isContactSearched` also of the buyer's name or e-mail. */
  text?: string;
  isContactSearched?: boolean;
  /** Paid and not cancelled: what sales are summed of. */
  isSold?: boolean;
  placedFrom?: string;
  placedBefore?: string;
  isOldestFirst?: boolean;
  after?: Readonly<{ placedAt: string; id: string }>;
  limit: number;
}>;

export interface OrderReader {
  /** Of the order with this number; undefined when there is none. */
  idOf(number: string): Promise<string | undefined>;
  history(orderId: string): Promise<readonly HistoryEntry[]>;
  /** Newest first unless asked otherwise, at most `limit`. */
  list(filter: OrderListFilter): Promise<readonly OrderSummary[]>;
}

/** Whose cart: an account's, or a guest's by the hash of its token. */
export type CartOwner = Readonly<{ accountId: string }> | Guest;
export type Guest = Readonly<{ tokenHash: Buffer }>;

export type CartLine = Readonly<{
  id: string;
  variantId: string;
  quantity: number;
  /** The price when it went into the cart. */
  seenPrice: Money;
  /** What it is now; undefined when it is no longer for sale. */
  offer: Offer | undefined;
}>;

export type Cart = Readonly<{ id: string | undefined; lines: readonly CartLine[] }>;

export interface Carts {
  find(owner: CartOwner): Promise<Cart>;
  /** The carts of an account and of the guest that it was, as far as there are any. */
  findBoth(accountId: string, guest: Guest): Promise<readonly Cart[]>;
  /**
   * Adds to the line of the variant, at most 999 pieces; makes the cart when there is none,
   * and answers it. Undefined when nobody offers the variant; changes nothing then.
   */
  add(owner: CartOwner, variantId: string, quantity: number): Promise<Cart | undefined>;
  /** Sets a line's quantity and accepts today's price; false when the cart has no such line. */
  change(owner: CartOwner, lineId: string, quantity: number): Promise<boolean>;
  /** Removes one line, or all without `lineId`; false when there was none. */
  remove(owner: CartOwner, lineId?: string): Promise<boolean>;
  /**
   * Makes a guest's cart the account's, or moves its lines into the account's own: once, however
   * often and from however many requests it is called. Quantities of one variant add up to
   * `capOf(variant)`. Without `capOf`, when that must be known, nothing is done and the products
   * to ask for are answered.
   */
  merge(
    guest: Guest,
    accountId: string,
    capOf?: ReadonlyMap<string, number>,
  ): Promise<readonly string[]>;
  /** Removes carts that nobody has touched for their time; answers how many. */
  sweep(now: Date): Promise<number>;
}

export interface Offers {
  /** Current offers by variant; a variant that is not for sale is absent. */
  find(variantIds: readonly string[]): Promise<ReadonlyMap<string, Offer>>;
  /** The variants of a product that are for sale. */
  ofProduct(productId: string): Promise<readonly Offer[]>;
  /** Takes over what catalog says of a product, unless something newer is known. */
  replace(productId: string, version: number, offers: readonly ToldOffer[]): Promise<void>;
}

/** What only catalog knows, asked when orders' own copy cannot tell. */
export interface Catalog {
  /**
   * What is for sale of the product that has this id, or a variant with it; undefined when there is
   * none. For the moment between catalog's change and the message that tells of it.
   */
  offersOf(
    productOrVariantId: string,
  ): Promise<
    Readonly<{ productId: string; version: number; offers: readonly ToldOffer[] }> | undefined
  >;
  /** Pieces of each variant that could be bought now; a variant it does not know is absent. */
  available(productIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export type StoredShippingMethod = ShippingMethod & Readonly<{ version: number }>;

export interface ShippingMethods {
  find(id: string): Promise<StoredShippingMethod | undefined>;
  /** In the operator's order. */
  list(): Promise<readonly StoredShippingMethod[]>;
  add(method: ShippingMethod): Promise<StoredShippingMethod>;
  /** Undefined when there is none, or not in this version. */
  replace(method: ShippingMethod, version: number): Promise<StoredShippingMethod | undefined>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}

export interface OpenOrders {
  /** Orders that the account has bought or sells in, and that have not ended. */
  count(accountId: string): Promise<number>;
}
