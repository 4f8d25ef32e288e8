import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Panel } from './frame.tsx';
import { useFigures } from './use-figures.ts';
import type { System } from './use-system.ts';

/** What each process holds of what it may, and the limits that raise an alert. */
export const Memory = ({ system }: Readonly<{ system: System }>): ReactElement => {
  const say = useText();
  const { megabytes, percent, seconds, duration } = useFigures();
  const { processes, thresholds, version, node } = system;
  return (
    <Panel className="flex flex-col gap-3 p-4">
      <h2 className="text-body font-semibold">{say('memory.title')}</h2>
      <ul className="flex flex-col">
        {processes.map((process) => {
          const share = Math.max(
            process.memory_bytes / process.memory_limit_bytes,
            process.heap_bytes / process.heap_limit_bytes,
          );
          const isMuch = share > thresholds.memory_share;
          return (
            <li
              key={`${process.name} ${process.pid}`}
              className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line py-2 text-small last:border-0"
            >
              <span className="w-32 font-mono text-caption font-medium">{process.name}</span>
              <span
                aria-hidden="true"
                className="h-1.5 w-40 overflow-hidden rounded-full bg-sunken"
              >
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="block h-full w-full">
                  <rect
                    width={Math.max(1, share * 100)}
                    height="6"
                    className={isMuch ? 'fill-warning' : 'fill-chart-1'}
                  />
                </svg>
              </span>
              <span className={`tabular ${isMuch ? 'font-semibold text-warning' : ''}`}>
                {percent(share)}
              </span>
              <span className="tabular text-text-2">
                {say('memory.used', {
                  used: megabytes(process.memory_bytes),
                  limit: megabytes(process.memory_limit_bytes),
                })}
              </span>
              <span className="tabular text-text-3">
                {say('memory.uptime', { time: seconds(process.uptime_seconds) })}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="text-caption text-text-3">
        {say('memory.thresholds', {
          latency: duration(thresholds.latency_ms),
          errors: percent(thresholds.error_rate),
          memory: percent(thresholds.memory_share),
        })}{' '}
        Plaza {version} · Node {node}
      </p>
    </Panel>
  );
};
