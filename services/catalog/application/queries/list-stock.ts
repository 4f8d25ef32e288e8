import type { Actor } from '../ports.ts';

export type StockFilter = Readonly<{
  q: string | null;
  seller: string | null;
  /** `low`: at or below its threshold, `out`: nothing is for sale. */
  level: 'low' | 'out' | null;
  after: string | null;
  limit: number;
}>;

export type MovementFilter = Readonly<{
  productId: string;
  variantId: string | null;
  kind: string | null;
  after: string | null;
  limit: number;
}>;

export interface StockLists {
  /** The variants of what is not archived, the newest first. */
  levels(filter: StockFilter, actor: Actor): Promise<object>;
  /** The movements of a product's variants, the newest first. Raises `product_not_found`. */
  movements(filter: MovementFilter, actor: Actor): Promise<object>;
}
