import { productPath } from '../../addresses.ts';
import type { Language } from '../../render-contract.ts';
import type { Api, AnswerOf, paths } from '../api/client.ts';

export type Found = AnswerOf<'/api/v1/products', 'get'>;
type Query = NonNullable<paths['/api/v1/products']['get']['parameters']['query']>;
export type Sort = NonNullable<Query['sort']>;

export const sorts: readonly Sort[] = ['relevance', 'newest', 'price_asc', 'price_desc', 'title'];
const pageSize = 24;
const amount = /^\d{1,12}(?:\.\d{1,4})?$/;

/** What a list is narrowed to; it is all in the address, so that going back brings it back. */
export type Narrowing = Readonly<{
  q: string;
  sort: Sort | undefined;
  minPrice: string;
  maxPrice: string;
  inStock: boolean;
  category: string;
  seller: string;
  /** `Color:Azul`. */
  attributes: readonly string[];
  cursor: string;
}>;

/** Reads it from an address. What makes no sense there is as if it were not. */
export const readNarrowing = (params: URLSearchParams): Narrowing => {
  const price = (name: string): string => {
    const text = (params.get(name) ?? '').trim();
    return amount.test(text) ? text : '';
  };
  const wanted = params.get('sort');
  const category = params.get('category') ?? '';
  const seller = params.get('seller') ?? '';
  return {
    q: (params.get('q') ?? '').trim().slice(0, 200),
    sort: sorts.find((sort) => sort === wanted),
    minPrice: price('min'),
    maxPrice: price('max'),
    inStock: params.get('stock') === '1',
    category: /^[a-z0-9-]{1,120}$/.test(category) ? category : '',
    seller: /^[0-9a-f-]{36}$/.test(seller) ? seller : '',
    attributes: params.getAll('attr').filter((value) => /^[^:]+:.+$/.test(value)),
    cursor: params.get('after') ?? '',
  };
};

/** How many of the filters are on, the words and the order aside. */
export const countFilters = (narrowing: Narrowing): number =>
  [
    narrowing.minPrice !== '' || narrowing.maxPrice !== '',
    narrowing.inStock,
    narrowing.category !== '',
    narrowing.seller !== '',
    ...narrowing.attributes.map(() => true),
  ].filter(Boolean).length;

/** The API's question for it. */
export const queryOf = (narrowing: Narrowing, within: Partial<Query> = {}): Query => ({
  limit: pageSize,
  facets: true,
  ...(narrowing.q === '' ? {} : { q: narrowing.q }),
  ...(narrowing.sort === undefined || (narrowing.sort === 'relevance' && narrowing.q === '')
    ? {}
    : { sort: narrowing.sort }),
  ...(narrowing.minPrice === '' ? {} : { min_price: narrowing.minPrice }),
  ...(narrowing.maxPrice === '' ? {} : { max_price: narrowing.maxPrice }),
  ...(narrowing.inStock ? { in_stock: true } : {}),
  ...(narrowing.category === '' ? {} : { category: narrowing.category }),
  ...(narrowing.seller === '' ? {} : { seller: narrowing.seller }),
  ...(narrowing.attributes.length === 0 ? {} : { attributes: narrowing.attributes.join(',') }),
  ...(narrowing.cursor === '' ? {} : { cursor: narrowing.cursor }),
  ...within,
});

export type Listing = Readonly<{
  narrowing: Narrowing;
  /** Undefined: it could not be asked; the page says so where the list would be. */
  found: Found | undefined;
  requestId: string | undefined;
}>;

export const loadListing = async (
  api: Api,
  url: string,
  within: Partial<Query> = {},
): Promise<Listing> => {
  const narrowing = readNarrowing(new URL(url).searchParams);
  const query = queryOf(narrowing, within);
  const answer = await api.GET('/api/v1/products', { params: { query } }).catch(() => undefined);
  const requestId = answer?.response.headers.get('x-request-id') ?? undefined;
  return { narrowing, found: answer?.data, requestId };
};

/** The products of a list, as search engines take them. */
export const itemListOf = ({ found }: Listing, origin: string, language: Language): object => ({
  '@context': 'https://schema.org',
  '@type': 'ItemList',
  itemListElement: (found?.items ?? []).map((product, i) => ({
    '@type': 'ListItem',
    position: i + 1,
    name: product.title,
    url: origin + productPath(language, product),
  })),
});

export type Close = AnswerOf<'/api/v1/products/suggestions', 'get'>['products'];

/** Where filters leave nothing: what the words alone are close to, typos forgiven. */
export const loadClose = async (api: Api, { found, narrowing: { q } }: Listing): Promise<Close> => {
  if (!found || found.items.length > 0 || q === '') return [];
  const query = { q, limit: 4 };
  const asking = api.GET('/api/v1/products/suggestions', { params: { query } });
  // What is only offered may be missing.
  return (await asking.catch(() => undefined))?.data?.products ?? [];
};
