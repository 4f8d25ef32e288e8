import { ChevronDown, Pause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Icon } from '../kit/icon.tsx';
import { useLiveState } from '../kit/use-live.ts';
import { ranges, useShared } from './use-system.ts';

const control =
  'inline-flex h-8.5 items-center gap-2 rounded-control-small border border-line-2 bg-surface px-3 text-small font-medium text-text-1 hover:border-control max-lg:h-11';

/** Whether the page moves by itself. */
const Pulse = (): ReactElement => {
  const say = useText();
  const { isPaused } = useShared();
  const live = useLiveState();
  const state = isPaused ? 'paused' : live;
  const isLive = state === 'live';
  return (
    <span
      role="status"
      className={`inline-flex items-center gap-2 text-small font-medium ${isLive ? 'text-success' : 'text-text-2'}`}
    >
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${isLive ? 'live-dot bg-success' : 'bg-text-3'}`}
      />
      {say(`live.${state}`)}
    </span>
  );
};

/** How far back, and whether it goes on. */
export const Controls = (): ReactElement => {
  const say = useText();
  const { minutes, setMinutes, isPaused, setPaused } = useShared();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="mx-1">
        <Pulse />
      </span>
      <span className="relative inline-flex">
        <select
          aria-label={say('range.label')}
          value={minutes}
          onChange={(event) => setMinutes(Number(event.target.value))}
          className={`${control} appearance-none pr-8`}
        >
          {ranges.map((range) => (
            <option key={range} value={range}>
              {say('range.minutes', { minutes: range })}
            </option>
          ))}
        </select>
        <Icon
          of={ChevronDown}
          size={16}
          className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2"
        />
      </span>
      <button type="button" className={control} onClick={() => setPaused(!isPaused)}>
        <Icon of={isPaused ? Play : Pause} size={16} />
        {say(isPaused ? 'live.resume' : 'live.pause')}
      </button>
    </div>
  );
};
