import type { ReactElement } from 'react';
import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { productPath, searchPath } from '../../../addresses.ts';
import { Rich, useSetting, useText } from '../../i18n/use-text.tsx';
import { PageTitle } from '../../kit/layout.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import { loadClose, loadListing, type Close, type Listing } from '../listing.ts';
import { loaderSetting } from '../loader-setting.ts';
import { ListingView } from '../parts/listing-view.tsx';

type SearchData = Listing & Readonly<{ close: Close }>;

export const loader = async ({ request, context }: LoaderFunctionArgs): Promise<SearchData> => {
  const { api } = loaderSetting(context);
  const listing = await loadListing(api, request.url);
  return { ...listing, close: await loadClose(api, listing) };
};

export const handle: PageHandle<Listing> = {
  head: ({ narrowing: { q } }, { setting: { language }, text }) => ({
    title: q === '' ? text.say('search.all') : text.say('search.head', { words: q }),
    path: searchPath(language),
    alternates: { es: searchPath('es'), en: searchPath('en') },
    isIndexed: false,
  }),
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const listing = useLoaderData<typeof loader>();
  const { q } = listing.narrowing;
  const corrected = listing.found?.corrected_query;
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-5 py-6">
      <PageTitle>{q === '' ? say('search.all') : say('search.title', { words: q })}</PageTitle>
      {corrected && (
        <p className="text-small text-text-2">
          <Rich
            id="search.corrected"
            values={{ words: corrected }}
            parts={{
              b: (words) => (
                <Link
                  to={`${searchPath(language)}?q=${encodeURIComponent(corrected)}`}
                  className="inline-flex min-h-9 items-center font-semibold text-primary hover:underline"
                >
                  {words}
                </Link>
              ),
            }}
          />
        </p>
      )}
      <ListingView listing={listing} />
      {listing.close.length > 0 && (
        <section
          aria-labelledby="close"
          className="flex flex-col items-center gap-2 text-center lg:ml-68"
        >
          <h2 id="close" className="text-h3">
            {say('search.close')}
          </h2>
          <ul>
            {listing.close.map((product) => (
              <li key={product.id}>
                <Link
                  to={productPath(language, product)}
                  className="inline-flex min-h-9 items-center font-semibold text-primary hover:underline"
                >
                  {product.title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
};
