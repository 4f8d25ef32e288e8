import type { Actor } from '../ports.ts';

export interface StockViews {
  /** Levels of each variant and its latest movements. Raises `product_not_found`. */
  load(productId: string, actor: Actor): Promise<object>;
}

export type ShowStock = (productId: string, actor: Actor) => Promise<object>;

export const createShowStock =
  ({ views }: Readonly<{ views: StockViews }>): ShowStock =>
  (productId, actor) =>
    views.load(productId, actor);
