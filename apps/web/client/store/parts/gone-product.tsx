import type { ReactElement } from 'react';
import { categoryPath, searchPath } from '../../../addresses.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { PageTitle } from '../../kit/layout.tsx';
import { ProductGrid, type Listed } from './product-card.tsx';

export type Gone = Readonly<{
  category: Readonly<{ slug: string; name: string }> | null;
  others: readonly Listed[];
}>;

/** Where a product was that is not sold any more: what there is like it. */
export const GoneProduct = ({ category, others }: Gone): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  return (
    <main
      id="content"
      data-gone
      className="container-shop flex flex-1 flex-col gap-10 py-10 md:py-16"
    >
      <div className="flex flex-col items-start gap-3">
        <PageTitle>{say('error.410.title')}</PageTitle>
        <p className="max-w-md text-body text-text-2">{say('error.410.text')}</p>
        <ButtonLink
          to={category ? categoryPath(language, category.slug) : searchPath(language)}
          kind="filled"
          className="mt-2"
        >
          {category?.name ?? say('error.search')}
        </ButtonLink>
      </div>
      {others.length > 0 && (
        <section aria-labelledby="others" className="flex flex-col gap-6">
          <h2 id="others" className="text-h2">
            {say('product.others')}
          </h2>
          <ProductGrid products={others} isBelow />
        </section>
      )}
    </main>
  );
};
