import type { ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { AdminPage, Region } from '../kit/page.tsx';
import { MissedSearches, StockAtRisk } from './assortment.tsx';
import { Buyers, OrderFunnel, Reversals } from './buying.tsx';
import { RangeChoice, useRange } from './range.tsx';
import { SalesOverTime } from './sales-over-time.tsx';
import { useSales } from './sales.ts';
import { Hours, Products, Regions } from './sold.tsx';

const pair = 'grid gap-x-10 gap-y-8 lg:grid-cols-2';

export const Component = (): ReactElement => {
  const say = useText();
  const range = useRange();
  const sales = useSales(range);
  // Who may not see the first figure may see none: said once.
  const isRefused = sales.failure?.status === 403;
  return (
    <AdminPage title={say('nav.analytics')} action={<RangeChoice range={range} />}>
      <Region of={sales} height="h-[484px]">
        {({ points, currency }) => <SalesOverTime points={points} currency={currency} />}
      </Region>
      {!isRefused && (
        <div className="flex flex-col gap-8">
          <div className={pair}>
            <OrderFunnel range={range} />
            <Buyers range={range} />
          </div>
          <div className={pair}>
            <Products range={range} />
            <Regions range={range} />
          </div>
          <Hours range={range} />
          <div className={pair}>
            <Reversals range={range} />
            <MissedSearches range={range} />
          </div>
          <StockAtRisk range={range} />
          <p className="max-w-3xl text-caption text-text-3">{say('analytics.meaning')}</p>
        </div>
      )}
    </AdminPage>
  );
};
