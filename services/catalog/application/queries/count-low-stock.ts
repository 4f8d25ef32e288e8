/** Variants of products on sale that have no more pieces than their own threshold. */
export type LowStock = Readonly<{
  /** Those that have none at all are part of it. */
  low: number;
  none: number;
}>;

export interface StockCounts {
  lowStock(): Promise<LowStock>;
}
