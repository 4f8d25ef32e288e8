import type { Actor, FinishedAnswer, PublicAnswers } from '../ports.ts';
import type { ProductStatus } from '../../domain/product.ts';

export type ListSort = 'relevance' | 'newest' | 'price_asc' | 'price_desc' | 'title';

/** A page of the public catalogue. Every field is there, so that equal questions look equal. */
export type ListQuery = Readonly<{
  q: string | null;
  /** Id or slug; products of categories below count too. */
  category: string | null;
  seller: string | null;
  minPriceMinor: bigint | null;
  maxPriceMinor: bigint | null;
  inStock: boolean;
  /** Option name and the values of it that will do; one variant must have all. */
  attributes: readonly Readonly<{ name: string; values: readonly string[] }>[];
  sort: ListSort;
  /** Sort values of the last product seen. */
  after: readonly (string | number | null)[] | null;
  limit: number;
  withFacets: boolean;
}>;

export type ManagedListQuery = Readonly<{
  q: string | null;
  category: string | null;
  seller: string | null;
  status: ProductStatus | null;
  after: string | null;
  limit: number;
}>;

export interface ProductLists {
  /** Raises `unknown_category`. */
  loadPublic(query: ListQuery): Promise<FinishedAnswer>;
  /** The newest first, in every status, of the actor's own; an administrator's are all. */
  loadManaged(query: ManagedListQuery, actor: Actor): Promise<object>;
}

export type ListProducts = Readonly<{
  toPublic: (query: ListQuery, url: string) => Promise<FinishedAnswer>;
  toManager: (query: ManagedListQuery, actor: Actor) => Promise<object>;
}>;

/** Equal questions, however they are spelled, have one key. */
const keyOf = (query: ListQuery): string =>
  JSON.stringify(query, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );

export const createListProducts = (
  ports: Readonly<{ answers: PublicAnswers; lists: ProductLists }>,
): ListProducts => ({
  toPublic: (query, url) =>
    ports.answers.get('list', keyOf(query), url, async () => ({
      answer: await ports.lists.loadPublic(query),
    })),
  toManager: (query, actor) => ports.lists.loadManaged(query, actor),
});
