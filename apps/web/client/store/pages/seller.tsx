import type { ReactElement } from 'react';
import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { homePath, readNamed, sellerPath, slugOf } from '../../../addresses.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Breadcrumb, Monogram, PageTitle } from '../../kit/layout.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import { countFilters, itemListOf, loadListing, type Listing } from '../listing.ts';
import { loaderSetting } from '../loader-setting.ts';
import { ListingView } from '../parts/listing-view.tsx';

type SellerData = Readonly<{ id: string; name: string; listing: Listing }>;

export const loader = async ({
  request,
  params,
  context,
}: LoaderFunctionArgs): Promise<SellerData> => {
  const { api, setting } = loaderSetting(context);
  const named = readNamed(params['seller']!);
  if (!named) throw new Response(null, { status: 404 });
  const { id } = named;
  const [listing, any] = await Promise.all([
    loadListing(api, request.url, { seller: id }),
    api.GET('/api/v1/products', { params: { query: { seller: id, limit: 1 } } }),
  ]);
  if (!any.data) throw new Response(null, { status: any.response.status < 500 ? 404 : 503 });
  // Who sells nothing has no shop.
  const name = any.data.items[0]?.seller.name;
  if (!name) throw new Response(null, { status: 404 });
  if (slugOf(name) !== named.slug)
    throw redirect(sellerPath(setting.language, id, name) + new URL(request.url).search, 301);
  return { id, name, listing };
};

export const handle: PageHandle<SellerData> = {
  head: ({ id, name, listing }, { setting: { language, origin, shopName: shop }, text }) => ({
    title: name,
    description: text.say('seller.description', { name, shop }),
    path: sellerPath(language, id, name),
    alternates: { es: sellerPath('es', id, name), en: sellerPath('en', id, name) },
    isIndexed: countFilters(listing.narrowing) <= 1 && listing.narrowing.cursor === '',
    jsonLd: [itemListOf(listing, origin, language)],
  }),
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language, shopName } = useSetting();
  const { name, listing } = useLoaderData<typeof loader>();
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-5 py-5">
      <Breadcrumb crumbs={[{ name: say('frame.home'), to: homePath(language) }, { name }]} />
      <div className="flex items-center gap-4">
        <Monogram name={name} size={64} />
        <div>
          <PageTitle>{name}</PageTitle>
          <p className="text-small text-text-2">{say('seller.text', { shop: shopName })}</p>
        </div>
      </div>
      <ListingView listing={listing} hides="seller" />
    </main>
  );
};
