import type { Delivery, Trace } from '#shared/kernel/trace.ts';
import type { OrderPlacedV1 } from '#contracts/orders/order-placed.v1.ts';
import type { FileFacts, RowError } from '../domain/import-product.ts';
import type { ImportRow } from '../domain/import-columns.ts';
import type { Shelf } from '../domain/import-decision.ts';
import type { Image, Product, ProductEvent } from '../domain/product.ts';

/** Who acts: sellers reach only what is theirs, an administrator everything. */
export type Actor = Readonly<{ id: string; isAdmin: boolean }>;

/** What every write says of itself. */
export type Cause = Readonly<{ actor: Actor; trace: Trace; now: Date; reason?: string }>;

export type StoredProduct = Readonly<{ product: Product; version: number }>;

/** Differences of stock by variant id, booked in the same transaction as the product. */
export type StockDifferences = ReadonlyMap<string, number>;

export interface Products {
  /**
   * Stores a new product with its first stock and the message that tells of it. Raises
   * `unknown_category`, `sku_taken`, `slug_taken`.
   */
  create(product: Product, firstStock: StockDifferences, cause: Cause): Promise<void>;
  /**
   * Loads the product, runs `decide`, and stores state, stock and message as one atomic change; no
   * events, no change. `decide` runs again when another writer was faster, so it must be pure.
   * Raises `product_not_found`, also for what belongs to another seller, and what `create` raises,
   * and `variant_reserved`.
   */
  update(
    id: string,
    decide: (stored: StoredProduct) => readonly ProductEvent[],
    cause: Cause,
    firstStock?: StockDifferences,
  ): Promise<StoredProduct>;
  exists(id: string): Promise<boolean>;
}

export type StockKind = 'received' | 'correction' | 'damaged' | 'lost' | 'return';

export type StockLevel = Readonly<{ variantId: string; onHand: number; reserved: number }>;

export interface Stock {
  /**
   * Adds or takes units; without `variantId`, of the only variant. Raises `product_not_found`,
   * `variant_not_found`, `variant_needed`, `not_enough_stock`, `stock_too_large`.
   */
  adjust(
    change: Readonly<{
      operationId: string;
      productId: string;
      variantId?: string;
      difference: number;
      kind: StockKind;
    }>,
    cause: Cause,
  ): Promise<StockLevel>;
}

/** One order's message, as far as stock is concerned. */
export type OrderMessage = Readonly<{
  orderId: string;
  /** Of the order's stream: an older message that comes later changes nothing. */
  orderVersion: number;
  delivery: Delivery;
  now: Date;
}>;

export interface Reservations {
  /** Sets all lines aside until `expiresAt` or none, and tells the order which. */
  reserve(
    message: OrderMessage & Readonly<{ lines: OrderPlacedV1['lines']; expiresAt: Date }>,
  ): Promise<void>;
  /** Sells what was set aside; takes it again when it had gone back, or says `late`. */
  commit(message: OrderMessage): Promise<void>;
  /** Gives back what is held, and returns what was sold. */
  release(message: OrderMessage): Promise<void>;
  /**
   * Puts pieces of a sold order back on the shelf, never more than it sold. Throws while the order is
   * not sold here yet, so that the message comes again.
   */
  restock(
    returned: Readonly<{
      orderId: string;
      lines: readonly Readonly<{ variantId: string; quantity: number }>[];
      reason: string;
      requestedBy: string;
      delivery: Delivery;
      now: Date;
    }>,
  ): Promise<void>;
  /** Gives back what is still held after its time. */
  expire(orderId: string, now: Date): Promise<void>;
}

export type Category = Readonly<{
  id: string;
  parentId: string | null;
  slug: string;
  name: string;
  position: number;
  version: number;
}>;

export interface Categories {
  /** The whole tree, parents before children, in order. */
  list(): Promise<readonly Category[]>;
  /** Raises `category_slug_taken`, `category_invalid` for an unknown parent. */
  add(category: Category): Promise<Category>;
  /**
   * Raises `category_not_found`, `category_slug_taken`, and `category_invalid` when it would stand
   * below itself or too deep.
   */
  change(id: string, decide: (category: Category) => Category): Promise<Category>;
  /** Raises `category_not_found`, `category_in_use`. */
  remove(id: string): Promise<void>;
}

export interface Images {
  /**
   * Reads, turns, shrinks and re-encodes an uploaded picture in each width we serve, and keeps the
   * results; nothing of the original file survives. Raises `image_unreadable`,
   * `image_too_many_pixels`.
   */
  store(id: string, upload: Buffer): Promise<Omit<Image, 'alt'>>;
  read(file: string): Promise<Buffer | undefined>;
  remove(image: Image): Promise<void>;
}

/** The finished bytes of a public answer. */
export type FinishedAnswer = Readonly<{
  bytes: Buffer;
  etag: string;
  /** A search of the whole shop, without filters, that found nothing. */
  isMissed?: true;
}>;

/** What is remembered of a load: the products of a detail; a list has none and falls with any. */
export type Loaded = Readonly<{ answer: FinishedAnswer; productId?: string }>;

/** Finished public answers in memory, dropped when what they show has changed. */
export interface PublicAnswers {
  /** The answer of exactly this address, at once; undefined when it must be looked for. */
  peek(url: string): FinishedAnswer | undefined;
  /** The answer of a normalised key; loads once however many ask, and remembers the address. */
  get(
    kind: 'list' | 'detail',
    key: string,
    url: string,
    load: () => Promise<Loaded>,
  ): Promise<FinishedAnswer>;
}

/** An uploaded file that waits on disk to be read, already counted and its encoding known. */
export type SpooledFile = Readonly<{ path: string; bytes: number; isUtf8: boolean }>;

/** The lines of one product, in the order of the file. */
export type ProductLines = Readonly<{
  rows: readonly ImportRow[];
  facts: FileFacts;
  /** How far the reading is, for progress. */
  bytesRead: number;
  rowsRead: number;
}>;

export interface ImportFiles {
  /** Takes an upload to disk as it comes. Raises `http.too_large` past the limit. */
  spool(upload: AsyncIterable<Uint8Array>): Promise<SpooledFile>;
  /**
   * Reads product by product; delimiter, encoding and decimal comma are found out. A line without a
   * handle comes by itself, for the importer to refuse. Raises `import_unreadable` when the file has
   * no header we know.
   */
  read(file: SpooledFile, currency: string): AsyncIterable<ProductLines>;
  remove(file: SpooledFile): Promise<void>;
}

export type ImportCounts = Readonly<{
  bytesRead: number;
  rowsRead: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
}>;

export interface Imports {
  /** Raises `import_running` when one of the account still runs. */
  begin(
    record: Readonly<{
      id: string;
      accountId: string;
      fileName: string;
      isDryRun: boolean;
      bytesTotal: number;
      now: Date;
    }>,
  ): Promise<void>;
  progress(id: string, counts: ImportCounts, errors: readonly RowError[], now: Date): Promise<void>;
  /** `failure` is what went wrong with the file as a whole, in words for its owner. */
  end(id: string, now: Date, failure?: string): Promise<void>;
}

/** What is known of the products that a batch of lines speaks of. */
export type ImportState = Readonly<{
  product: Product;
  version: number;
  shelves: ReadonlyMap<string, Shelf>;
}>;

export type ImportKey = Readonly<{ sellerId: string; handle: string }>;

export interface ImportBatches {
  /** Products by `sellerId/handle`; SKUs of these that belong to others; slugs that are taken. */
  load(
    keys: readonly ImportKey[],
    skus: readonly string[],
    slugs: readonly string[],
  ): Promise<
    Readonly<{
      products: ReadonlyMap<string, ImportState>;
      skuOwners: ReadonlyMap<string, string>;
      takenSlugs: ReadonlySet<string>;
    }>
  >;
  /** Stores them all or none; raises what `Products` raises. */
  save(
    changes: readonly Readonly<{
      product: Product;
      /** The version it will have; undefined when only its stock is new. */
      version: number | undefined;
      differences: ReadonlyMap<string, number>;
      importedQuantities: ReadonlyMap<string, number>;
    }>[],
    cause: Cause,
  ): Promise<void>;
}

export interface SellerProducts {
  /** Ids of what a seller has in the shop or drafts. */
  notArchived(sellerId: string): Promise<readonly string[]>;
}
