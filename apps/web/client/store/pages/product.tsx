import {
  data,
  redirect,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { ReactElement } from 'react';
import {
  cartPath,
  categoryPath,
  checkoutPath,
  productPath,
  readNamed,
} from '../../../addresses.ts';
import type { AnswerOf } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Breadcrumb } from '../../kit/layout.tsx';
import { readForm, refuse } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { BuyColumn } from '../parts/buy-column.tsx';
import type { Delivery } from '../parts/delivery.tsx';
import { Gallery } from '../parts/gallery.tsx';
import { GoneProduct, type Gone } from '../parts/gone-product.tsx';
import { ProductGrid, type Listed } from '../parts/product-card.tsx';
import { returnPolicy } from '../returns.ts';
import { chooseVariant } from '../variants.ts';
import { useSearchParams } from 'react-router';

export type Product = AnswerOf<'/api/v1/products/{id}', 'get'>;
type ProductData = Readonly<{
  product: Product;
  others: readonly Listed[];
  /** The first way in which it can be brought to the shop's country; undefined when none is known. */
  delivery: (Delivery & Readonly<{ country: string; variantId: string }>) | undefined;
}>;

type Api = ReturnType<typeof loaderSetting>['api'];

/** Products of a category that can be bought, but for one. */
const likeThese = async (api: Api, category: string, but: string): Promise<readonly Listed[]> => {
  const query = { category, limit: 5, in_stock: true };
  const near = await api.GET('/api/v1/products', { params: { query } }).catch(() => undefined);
  return (near?.data?.items ?? []).filter(({ id }) => id !== but).slice(0, 4);
};

const isGone = (page: ProductData | Gone): page is Gone => !('product' in page);

/** What was sold here and is not any more: 410, and what there is like it. */
const goneFrom = async (api: Api, id: string, problem: unknown) => {
  const { category = null } = (problem ?? {}) as Partial<Gone>;
  const others = category ? await likeThese(api, category.slug, id) : [];
  return data<Gone>({ category, others }, { status: 410 });
};

export const loader = async ({ request, params, context }: LoaderFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const named = readNamed(params['product']!);
  if (!named) throw new Response(null, { status: 404 });
  const path = { id: named.id };
  const answer = await api.GET('/api/v1/products/{id}', { params: { path } });
  const { data: product, response } = answer;
  if (response.status === 410) return goneFrom(api, named.id, answer.error);
  if (!product) throw new Response(null, { status: response.status === 404 ? 404 : 503 });
  if (product.slug !== named.slug)
    throw redirect(productPath(setting.language, product) + new URL(request.url).search, 301);
  const variant = chooseVariant(product, new URL(request.url).searchParams);
  const country = setting.locale.split('-')[1] ?? 'CO';
  const [others, ways] = await Promise.all([
    product.category ? likeThese(api, product.category.slug, product.id) : [],
    variant?.in_stock
      ? api
          .GET('/api/v1/shipping-options', {
            params: { query: { country, variant_id: variant.id } },
          })
          .catch(() => undefined)
      : undefined,
  ]);
  const way = ways?.data?.items.find(({ pickup_place: place }) => place === null);
  const delivery = way && variant && { ...way, country, variantId: variant.id };
  return { product, others, delivery } satisfies ProductData;
};

/** Adds to the cart, with scripts or without. */
export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const values = await readForm(request);
  const quantity = Math.min(999, Math.max(1, Number(values['quantity']) || 1));
  const body = { variant_id: values['variant_id'] ?? '', quantity };
  const answer = await api.POST('/api/v1/cart/add', { body }).catch(() => undefined);
  if (!answer?.data) return refuse(answer, values);
  if (values['then'] === 'buy') return redirect(checkoutPath(setting.language));
  if (values['by'] === 'script') return { cart: answer.data };
  return redirect(cartPath(setting.language));
};

const absolute = (url: string, origin: string): string => new URL(url, origin).href;

export const handle: PageHandle<ProductData | Gone> = {
  head: (page, { setting, text }) => {
    if (isGone(page)) return { title: text.say('error.410.title'), isIndexed: false };
    const { product, delivery } = page;
    const { language, origin } = setting;
    const url = origin + productPath(language, product);
    const offer = (variant: Product['variants'][number]) => ({
      '@type': 'Offer',
      sku: variant.sku,
      url,
      price: variant.price,
      priceCurrency: variant.currency,
      itemCondition: 'https://schema.org/NewCondition',
      availability: `https://schema.org/${variant.in_stock ? 'InStock' : 'OutOfStock'}`,
      seller: { '@type': 'Organization', name: product.seller.name ?? setting.shopName },
      ...returnPolicy(setting),
      ...(delivery?.variantId === variant.id
        ? {
            shippingDetails: {
              '@type': 'OfferShippingDetails',
              shippingRate: {
                '@type': 'MonetaryAmount',
                value: delivery.price,
                currency: delivery.currency,
              },
              shippingDestination: { '@type': 'DefinedRegion', addressCountry: delivery.country },
            },
          }
        : {}),
    });
    return {
      title: product.seo.title || product.title,
      description: (product.seo.description || product.description).slice(0, 155),
      path: productPath(language, product),
      alternates: { es: productPath('es', product), en: productPath('en', product) },
      type: 'product',
      ...(product.images[0] ? { image: product.images[0].url } : {}),
      // The server alone writes it, so that no browser loads what makes it.
      jsonLd: !import.meta.env.SSR
        ? []
        : [
            {
              '@context': 'https://schema.org',
              '@type': 'Product',
              name: product.title,
              description: product.description,
              image: product.images.map((image) => absolute(image.url, origin)),
              offers: product.variants.map(offer),
            },
            {
              '@context': 'https://schema.org',
              '@type': 'BreadcrumbList',
              itemListElement: product.category_path.map(({ slug, name }, i) => ({
                '@type': 'ListItem',
                position: i + 1,
                name,
                item: origin + categoryPath(language, slug),
              })),
            },
          ],
    };
  },
};

/** The seller's text: the first paragraph says what it is, its sentences are what one has to know. */
const sentencesOf = (description: string): readonly string[] =>
  description
    .split(/(?<=[.!?])\s+(?=\p{Lu})|\n/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const Component = (): ReactElement => {
  const page = useLoaderData<typeof loader>();
  return isGone(page) ? <GoneProduct {...page} /> : <ProductPage {...page} />;
};

const ProductPage = ({ product, others, delivery }: ProductData): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [params] = useSearchParams();
  const variant = chooseVariant(product, params);
  const sentences = sentencesOf(product.description);
  return (
    <main id="content" className="flex-1 pb-8">
      <div className="container-shop max-md:hidden">
        <div className="pt-5 pb-2.5">
          <Breadcrumb
            crumbs={[
              ...product.category_path.map(({ slug, name }) => ({
                name,
                to: categoryPath(language, slug),
              })),
              { name: product.title },
            ]}
          />
        </div>
      </div>
      <div className="mx-auto grid max-w-[1232px] md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] md:grid-rows-[auto_1fr] md:gap-x-6 md:px-4 lg:grid-cols-[676px_minmax(0,1fr)] lg:gap-0">
        <div className="min-w-0">
          <Gallery product={product} variant={variant} />
        </div>
        <div className="px-4 pt-5 md:row-span-2 md:px-0 md:pt-0 lg:pl-12">
          <BuyColumn product={product} variant={variant} delivery={delivery} />
        </div>
        {sentences.length > 0 && (
          <section aria-labelledby="about" className="px-4 pt-7 md:px-0 lg:pl-22">
            <h2 id="about" className="text-h2">
              {say('product.about')}
            </h2>
            <ul className="mt-3 flex list-disc flex-col gap-2 pl-5 text-body text-text-2 marker:text-text-3">
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {others.length > 0 && (
        <section aria-labelledby="others" className="container-shop mt-14 flex flex-col gap-6">
          <h2 id="others" className="text-h2">
            {say('product.others')}
          </h2>
          <ProductGrid products={others} isBelow />
        </section>
      )}
    </main>
  );
};
