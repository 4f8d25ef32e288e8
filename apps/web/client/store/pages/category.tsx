import type { ReactElement } from 'react';
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { categoryPath, homePath } from '../../../addresses.ts';
import type { AnswerOf } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Breadcrumb, PageTitle } from '../../kit/layout.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import { countFilters, itemListOf, loadListing, type Listing } from '../listing.ts';
import { loaderSetting } from '../loader-setting.ts';
import { ListingView } from '../parts/listing-view.tsx';

type Category = Readonly<{ slug: string; name: string }>;
type CategoryData = Readonly<{
  category: Category;
  /** From the root down, without the category itself. */
  above: readonly Category[];
  below: readonly Category[];
  listing: Listing;
}>;
type Node = AnswerOf<'/api/v1/categories', 'get'>['items'][number];

const findPath = (nodes: readonly Node[], slug: string): readonly Node[] => {
  for (const node of nodes) {
    if (node.slug === slug) return [node];
    const rest = findPath(node.children as readonly Node[], slug);
    if (rest.length > 0) return [node, ...rest];
  }
  return [];
};

export const loader = async ({
  request,
  params,
  context,
}: LoaderFunctionArgs): Promise<CategoryData> => {
  const { api } = loaderSetting(context);
  const slug = params['category']!;
  const [tree, listing] = await Promise.all([
    api.GET('/api/v1/categories'),
    loadListing(api, request.url, { category: slug }),
  ]);
  if (!tree.data) throw new Response(null, { status: 503 });
  const path = findPath(tree.data.items, slug);
  const category = path.at(-1);
  if (!category) throw new Response(null, { status: 404 });
  const plain = ({ slug: its, name }: Node): Category => ({ slug: its, name });
  return {
    category: plain(category),
    above: path.slice(0, -1).map(plain),
    below: (category.children as readonly Node[]).map(plain),
    listing,
  };
};

export const handle: PageHandle<CategoryData> = {
  head: (
    { category: { slug, name }, above, listing },
    { setting: { language, origin, shopName: shop }, text },
  ) => ({
    title: name,
    description: text.say('category.description', { name, shop }),
    path: categoryPath(language, slug),
    alternates: { es: categoryPath('es', slug), en: categoryPath('en', slug) },
    isIndexed: countFilters(listing.narrowing) <= 1 && listing.narrowing.cursor === '',
    jsonLd: [
      {
        '@context': 'https://schema.org',
        '@type': 'BreadcrumbList',
        itemListElement: [...above, { slug, name }].map((crumb, i) => ({
          '@type': 'ListItem',
          position: i + 1,
          name: crumb.name,
          item: origin + categoryPath(language, crumb.slug),
        })),
      },
      itemListOf(listing, origin, language),
    ],
  }),
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { category, above, below, listing } = useLoaderData<typeof loader>();
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-5 py-5">
      <Breadcrumb
        crumbs={[
          { name: say('frame.home'), to: homePath(language) },
          ...above.map(({ slug, name }) => ({ name, to: categoryPath(language, slug) })),
          { name: category.name },
        ]}
      />
      <PageTitle>{category.name}</PageTitle>
      {below.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {below.map(({ slug, name }) => (
            <li key={slug}>
              <Link
                to={categoryPath(language, slug)}
                className="inline-flex h-10 items-center rounded-control-small border border-control bg-surface px-4 text-small hover:border-text-2"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ListingView listing={listing} hides="category" />
    </main>
  );
};
