import type { Days } from '../days.ts';

/** A variant on sale that has no more pieces than its threshold. */
export type AtRisk = Readonly<{
  variantId: string;
  productId: string;
  title: string;
  sku: string;
  optionValues: readonly string[];
  available: number;
  lowThreshold: number;
  /** Pieces that were sold in the range. */
  sold: number;
}>;

export interface StockAtRisk {
  /** Those that sold most in the range first, and how many there are in all. */
  list(
    days: Days,
    limit: number,
  ): Promise<Readonly<{ count: number; variants: readonly AtRisk[] }>>;
}
