import { useState, type ReactElement } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../i18n/use-text.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { Later } from '../later.tsx';
import type { Variant } from '../variants.ts';

type Product = AnswerOf<'/api/v1/products/{id}', 'get'>;

/** The pictures: small ones beside the large on wide screens, a count over it on phones. */
export const Gallery = ({
  product,
  variant,
}: Readonly<{ product: Product; variant: Variant | undefined }>): ReactElement => {
  const say = useText();
  const { images } = product;
  const ofVariant = images.findIndex(({ id }) => id === variant?.image_id);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const index = chosen ?? Math.max(0, ofVariant);
  const image = images[index];
  const hasMany = images.length > 1;
  return (
    <div className="flex gap-4">
      <ul className="hidden w-18 shrink-0 flex-col gap-2.5 lg:flex">
        {images.map(({ id, url, alt }, i) => (
          <li key={id}>
            <button
              type="button"
              aria-label={say('product.picture', { number: i + 1, total: images.length })}
              aria-pressed={i === index}
              onClick={() => setChosen(i)}
              className={`block w-18 rounded-control-small ${i === index ? 'outline-2 outline-offset-2 outline-primary focus-visible:outline-offset-4' : ''}`}
            >
              <ProductImage
                url={url}
                alt={hasMany ? alt : ''}
                sizes="72px"
                className="rounded-control-small"
              />
            </button>
          </li>
        ))}
      </ul>
      <div className="relative min-w-0 flex-1 lg:max-w-147">
        <ProductImage
          url={image?.url}
          alt={image?.alt ?? product.title}
          sizes="(min-width: 1024px) 588px, (min-width: 768px) 48vw, 100vw"
          isFirst
          isWhole
          className="max-h-85 w-full md:max-h-none md:rounded-media"
        />
        <Later part="Heart" id={product.id} />
        {hasMany && (
          <>
            <span className="tabular absolute right-3 bottom-3 rounded-tag bg-scrim px-2.5 py-1 text-micro text-surface lg:hidden">
              {index + 1} / {images.length}
            </span>
            <div className="flex gap-2 overflow-x-auto p-3 lg:hidden">
              {images.map(({ id, url, alt }, i) => (
                <button
                  key={id}
                  type="button"
                  aria-label={say('product.picture', { number: i + 1, total: images.length })}
                  aria-pressed={i === index}
                  onClick={() => setChosen(i)}
                  className={`w-14 shrink-0 rounded-control-small ${i === index ? 'outline-2 outline-offset-2 outline-primary' : ''}`}
                >
                  <ProductImage
                    url={url}
                    alt={alt}
                    sizes="56px"
                    className="rounded-control-small"
                  />
                </button>
              ))}
            </div>
          </>
        )}
      </div>
    </div>
  );
};
