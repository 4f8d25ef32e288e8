import { catalogError } from '../../domain/errors.ts';

/** A kept product as its list shows it. */
export type Favourite = Readonly<{ id: string; kept_at: string }>;

export type FavouritesQuery = Readonly<{
  /** Only these of them; null: all. */
  productIds: readonly string[] | null;
  /** The last one that was shown. */
  after: Readonly<{ keptAt: string; productId: string }> | null;
  limit: number;
}>;

export interface Favourites {
  /** Once, however often; `unknown` for a product that never was for sale. */
  keep(accountId: string, productId: string, now: Date): Promise<'kept' | 'unknown' | 'too_many'>;
  remove(accountId: string, productId: string): Promise<void>;
  /** What was kept last comes first; one more than `limit` when there is more. */
  list(accountId: string, query: FavouritesQuery): Promise<readonly Favourite[]>;
}

export type KeepFavourites = Readonly<{
  keep: (accountId: string, productId: string, now: Date) => Promise<void>;
  remove: (accountId: string, productId: string) => Promise<void>;
  list: Favourites['list'];
}>;

/** What an account keeps for later. What is archived since stays in the list until it is removed. */
export const createKeepFavourites = ({
  favourites,
}: Readonly<{ favourites: Favourites }>): KeepFavourites => ({
  async keep(accountId, productId, now) {
    const outcome = await favourites.keep(accountId, productId, now);
    if (outcome === 'unknown') throw catalogError('product_not_found');
    if (outcome === 'too_many') throw catalogError('too_many_favourites');
  },
  remove: (accountId, productId) => favourites.remove(accountId, productId),
  list: (accountId, query) => favourites.list(accountId, query),
});
