import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Skeleton } from '../kit/layout.tsx';
import { SimulateOrder } from '../kit/simulate-order.tsx';
import { Controls } from './controls.tsx';
import { Flow } from './flow.tsx';
import { SystemPage } from './frame.tsx';
import { LiveEvents } from './live-events.tsx';
import { Memory } from './memory.tsx';
import { Services } from './services.tsx';
import { useShared } from './use-system.ts';
import { Verdict } from './verdict.tsx';
import { RegionError } from '../kit/feedback.tsx';
import { Loading } from '../kit/loading.tsx';

/** All at a glance: what is sick, how quick each service is, what happens, and what waits. */
export const Component = (): ReactElement => {
  const say = useText();
  const { system } = useShared();
  const { data } = system;
  return (
    <SystemPage
      title={say('nav.system')}
      action={
        <div className="flex flex-wrap items-center gap-2">
          {/* Elsewhere there is no such order. */}
          {data?.may_simulate === true && <SimulateOrder />}
          <Controls />
        </div>
      }
    >
      {data ? <Verdict system={data} failure={system.failure} onRetry={system.retry} /> : null}
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_372px]">
        {data ? (
          <Services system={data} />
        ) : system.failure ? (
          <RegionError failure={system.failure} onRetry={system.retry} />
        ) : (
          <Loading>
            <Skeleton className="h-112.5 w-full" />
          </Loading>
        )}
        <LiveEvents />
      </div>
      {data && <Flow system={data} />}
      {data && <Memory system={data} />}
    </SystemPage>
  );
};
