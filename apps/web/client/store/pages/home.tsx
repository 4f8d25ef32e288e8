import { ArrowRight, PackageCheck, ShieldCheck, Store } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useLoaderData, useRouteLoaderData, type LoaderFunctionArgs } from 'react-router';
import { categoryPath, homePath, productPath, searchPath } from '../../../addresses.ts';
import { readFailure } from '../../api/problems.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { RegionError } from '../../kit/feedback.tsx';
import { Icon } from '../../kit/icon.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { PageTitle } from '../../kit/layout.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import type { FrameData } from '../layout.tsx';
import { loaderSetting } from '../loader-setting.ts';
import { returnPolicy, returnsText } from '../returns.ts';
import { ProductGrid, type Listed } from '../parts/product-card.tsx';

type HomeData = Readonly<{ newest: readonly Listed[] | null; offers: readonly Listed[] }>;

/** One of each shelf first, so that the first row is not four sizes of coffee. */
const mixed = (items: readonly Listed[]): readonly Listed[] => {
  const seen = new Set<string>();
  const first = items.filter(({ category, id }) => {
    const shelf = category?.id ?? id;
    return !seen.has(shelf) && seen.add(shelf);
  });
  return [...first, ...items.filter((item) => !first.includes(item))];
};

export const loader = async ({ context }: LoaderFunctionArgs): Promise<HomeData> => {
  const { api } = loaderSetting(context);
  const query = { sort: 'newest', limit: 100, in_stock: true } as const;
  const answer = await api.GET('/api/v1/products', { params: { query } }).catch(() => undefined);
  const items = answer?.data?.items;
  if (!items) return { newest: null, offers: [] };
  const offers = items.filter(({ compare_at_price: before }) => before !== null);
  return { newest: mixed(items).slice(0, 12), offers: offers.slice(0, 4) };
};

export const handle: PageHandle<HomeData> = {
  head: (_, { setting, setting: { language, origin }, text }) => ({
    title: text.say('home.head'),
    description: text.say('home.description'),
    path: homePath(language),
    alternates: { es: homePath('es'), en: homePath('en') },
    jsonLd: [
      {
        '@context': 'https://schema.org',
        '@type': 'Organization',
        name: setting.shopName,
        url: origin,
        logo: `${origin}/apple-touch-icon.png`,
        ...returnPolicy(setting),
      },
      {
        '@context': 'https://schema.org',
        '@type': 'WebSite',
        name: setting.shopName,
        url: origin + homePath(language),
        potentialAction: {
          '@type': 'SearchAction',
          target: `${origin}${searchPath(language)}?q={q}`,
          'query-input': 'required name=q',
        },
      },
    ],
  }),
};

const Promises = (): ReactElement => {
  const say = useText();
  const returns = returnsText(say, useSetting().returnDays);
  return (
    <ul className="grid gap-x-8 gap-y-4 border-y border-line py-6 md:grid-cols-3">
      {(
        [
          [ShieldCheck, 'protected'],
          [Store, 'sellers'],
          [PackageCheck, 'follow'],
        ] as const
      ).map(([icon, key]) => (
        <li key={key} className="flex gap-3">
          <Icon of={icon} size={22} className="text-primary" />
          <span className="flex flex-col">
            <span className="text-h3">{say(`home.${key}.title`)}</span>
            <span className="text-small text-text-2">
              {say(`home.${key}.text`)}
              {key === 'protected' && returns !== undefined && ` ${returns}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
};

const Hero = ({ product }: Readonly<{ product: Listed | undefined }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { money } = useFormats();
  return (
    <section className="grid items-center gap-8 md:grid-cols-[1fr_minmax(0,460px)]">
      <div className="flex flex-col items-start gap-4">
        <PageTitle className="text-display-small md:text-display">{say('home.title')}</PageTitle>
        <p className="max-w-lg text-body text-text-2">{say('home.text')}</p>
        <ButtonLink to={searchPath(language)} kind="filled" size={48} className="mt-2">
          {say('home.browse')}
        </ButtonLink>
      </div>
      {product && (
        <Link to={productPath(language, product)} className="group relative block rounded-media">
          <ProductImage
            url={product.image?.url}
            alt={product.image?.alt ?? ''}
            sizes="(min-width: 768px) 460px, 92vw"
            isFirst
            className="rounded-media"
          />
          <span className="absolute inset-x-4 bottom-4 flex flex-wrap items-center justify-between gap-x-3 rounded-card bg-surface px-4 py-3 shadow-floating">
            <span className="truncate text-small font-medium group-hover:underline">
              {product.title}
            </span>
            <span className="tabular text-h3">{money(product.price, product.currency)}</span>
          </span>
        </Link>
      )}
    </section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { newest, offers } = useLoaderData<typeof loader>();
  const frame = useRouteLoaderData('frame') as FrameData;
  return (
    <main
      id="content"
      className="container-shop flex flex-1 flex-col gap-12 py-8 md:gap-16 md:py-12"
    >
      <Hero product={offers[0] ?? newest?.[0]} />
      <Promises />
      {offers.length > 1 && (
        <section aria-labelledby="offers" className="flex flex-col gap-6">
          <h2 id="offers" className="text-h2">
            {say('home.offers')}
          </h2>
          <ProductGrid products={offers} isBelow />
        </section>
      )}
      {newest?.length !== 0 && (
        <section aria-labelledby="newest" className="flex flex-col gap-6">
          <div className="flex items-baseline justify-between gap-4">
            <h2 id="newest" className="text-h2">
              {say('home.newest')}
            </h2>
            <Link
              to={`${searchPath(language)}?sort=newest`}
              className="inline-flex min-h-9 items-center gap-1 text-small font-medium text-primary hover:underline"
            >
              {say('home.seeAll')}
              <Icon of={ArrowRight} size={16} />
            </Link>
          </div>
          {newest === null ? (
            <RegionError
              failure={{ ...readFailure(undefined, undefined), status: 503 }}
              title={say('listing.failed')}
              onRetry={() => location.reload()}
            />
          ) : (
            <ProductGrid products={newest} isBelow />
          )}
        </section>
      )}
      {frame.categories.length > 0 && (
        <section
          id="categorias"
          aria-labelledby="categories"
          className="flex scroll-mt-24 flex-col gap-4"
        >
          <h2 id="categories" className="text-h2">
            {say('frame.categories')}
          </h2>
          <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
            {frame.categories.map(({ id, slug, name }) => (
              <li key={id}>
                <Link
                  to={categoryPath(language, slug)}
                  className="flex h-14 items-center justify-between gap-2 rounded-card border border-line bg-surface px-4 text-body font-medium hover:border-control"
                >
                  {name}
                  <Icon of={ArrowRight} className="text-text-3" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
};
