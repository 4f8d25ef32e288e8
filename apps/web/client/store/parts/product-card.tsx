import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { productPath } from '../../../addresses.ts';
import type { AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { BeforePrice } from '../../kit/price.tsx';
import { Later } from '../later.tsx';

export type Listed = AnswerOf<'/api/v1/products', 'get'>['items'][number];

/** A product in a list: the whole of it is one link. */
export const ProductCard = ({
  product,
  isFirst = false,
}: Readonly<{ product: Listed; isFirst?: boolean }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { money } = useFormats();
  const { title, price, price_max: most, compare_at_price: before, currency, seller } = product;
  const hasRange = price !== most;
  return (
    <article className="group relative flex flex-col gap-3">
      <ProductImage
        url={product.image?.url}
        alt=""
        sizes="(min-width: 1280px) 280px, (min-width: 768px) 24vw, calc(50vw - 24px)"
        isFirst={isFirst}
        className="rounded-card"
      />
      <Later part="Heart" id={product.id} title={title} />
      <div className="flex flex-col gap-1">
        <h3 className="text-body font-medium">
          <Link
            to={productPath(language, product)}
            className="line-clamp-2 rounded-tag after:absolute after:inset-0 after:rounded-card group-hover:underline"
          >
            {title}
          </Link>
        </h3>
        {!hasRange && <BeforePrice price={price} before={before} currency={currency} />}
        <p className="tabular text-h3 max-sm:whitespace-normal">
          {hasRange
            ? say('product.from', { price: money(price, currency) })
            : money(price, currency)}
        </p>
        <p className="text-caption text-text-3">
          {product.in_stock ? (seller.name ?? '') : say('product.soldOut')}
        </p>
      </div>
    </article>
  );
};

/** Products side by side, as many as fit. */
export const ProductGrid = ({
  products,
  isNarrow = false,
  isBelow = false,
}: Readonly<{
  products: readonly Listed[];
  isNarrow?: boolean;
  /** Under something else that the visitor came for, whose picture comes first. */
  isBelow?: boolean;
}>): ReactElement => (
  <ul
    className={`grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-4 ${isNarrow ? 'lg:grid-cols-3' : ''} md:gap-x-6`}
  >
    {products.map((product, i) => (
      <li key={product.id}>
        <ProductCard product={product} isFirst={!isBelow && i < 4} />
      </li>
    ))}
  </ul>
);
