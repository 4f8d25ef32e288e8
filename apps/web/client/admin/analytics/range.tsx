import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { dayOf, isDay } from '../kit/days.ts';
import { daysOf, type Range } from './sales.ts';

const spans = [7, 30, 90] as const;
const daysMost = 183;
const usual = 30;

/** One range for the whole page, in the address. */
export const useRange = () => {
  const { timeZone, now } = useSetting();
  const [params, setParams] = useSearchParams();
  const today = dayOf(now, timeZone);
  const [from, to] = [params.get('from') ?? undefined, params.get('to') ?? undefined];
  const isGiven = isDay(from) && isDay(to) && daysOf(from, to) >= 1 && daysOf(from, to) <= daysMost;
  const range = isGiven ? { from, to } : { from: dayOf(now, timeZone, usual - 1), to: today };
  const choose = (next: Range): void => setParams({ ...next }, { replace: true });
  return {
    ...range,
    today,
    choose,
    chooseDays: (days: number) => choose({ from: dayOf(now, timeZone, days - 1), to: today }),
  };
};

export const RangeChoice = ({
  range,
}: Readonly<{ range: ReturnType<typeof useRange> }>): ReactElement => {
  const say = useText();
  const field =
    'h-9 rounded-control-small border border-control bg-surface px-2.5 text-small max-md:h-11';
  return (
    <>
      {spans.map((days) => {
        const isNow = range.to === range.today && daysOf(range.from, range.to) === days;
        return (
          <button
            key={days}
            type="button"
            aria-pressed={isNow}
            onClick={() => range.chooseDays(days)}
            className={`inline-flex h-9 items-center rounded-control-small px-3 text-small hover:bg-sunken max-md:h-11 ${isNow ? 'bg-sunken font-semibold' : 'text-text-2'}`}
          >
            {say('analytics.days', { days })}
          </button>
        );
      })}
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="inline-flex items-center gap-2 text-caption text-text-2">
          {say(`orders.${end}`)}
          <input
            type="date"
            value={range[end]}
            max={range.today}
            onChange={({ target }) =>
              range.choose({ from: range.from, to: range.to, [end]: target.value })
            }
            className={`${field} text-text-1`}
          />
        </label>
      ))}
    </>
  );
};
