import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { SimulateOrder } from '../kit/simulate-order.tsx';
import { Controls } from './controls.tsx';
import { Flow } from './flow.tsx';
import { Region, SystemPage } from './frame.tsx';
import { LiveEvents } from './live-events.tsx';
import { Memory } from './memory.tsx';
import { Services } from './services.tsx';
import { useShared } from './use-system.ts';
import { Verdict } from './verdict.tsx';

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
        <div className="min-w-0">
          <Region of={system} height="h-112.5">
            {(shown) => <Services system={shown} />}
          </Region>
        </div>
        <LiveEvents />
      </div>
      {data && <Flow system={data} />}
      {data && <Memory system={data} />}
    </SystemPage>
  );
};
