import { useSetting } from '../i18n/use-text.tsx';
import { withOneSpace } from '../format/money.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Figures of machines as this page writes them, each with its unit. */
export const useFigures = () => {
  const { locale, timeZone } = useSetting();
  const number = (value: number, digits = 0): string =>
    withOneSpace(
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value),
    );
  const time = (at: string, withParts: boolean): string => {
    const text = new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(withParts ? { second: '2-digit', fractionalSecondDigits: 3 } : {}),
    }).format(new Date(at));
    // Clocks of machines are read with a point everywhere.
    return text.replace(',', '.');
  };
  return {
    number,
    /** `412 ms`, `2,1 s`; without its unit where the next figure has it. */
    duration: (ms: number): string => {
      if (ms >= 2 * hourMs) return `${number(ms / hourMs, 1)}\u00a0h`;
      if (ms >= 2 * minuteMs) return `${number(ms / minuteMs)}\u00a0min`;
      if (ms >= 1_000) return `${number(ms / 1_000, 1)}\u00a0s`;
      return `${number(ms, ms > 0 && ms < 1 ? 1 : 0)}\u00a0ms`;
    },
    seconds: (value: number): string =>
      value >= 120 ? `${number(value / 60)}\u00a0min` : `${number(value)}\u00a0s`,
    percent: (share: number): string => `${number(share * 100, 1)}\u00a0%`,
    megabytes: (bytes: number): string => `${number(bytes / 1024 / 1024)}\u00a0MB`,
    rate: (perSecond: number): string =>
      number(perSecond, perSecond >= 10 || perSecond === 0 ? 0 : perSecond >= 1 ? 1 : 2),
    /** `14:32` */
    minute: (at: string): string => time(at, false),
    /** `14:32:08.412` */
    instant: (at: string): string => time(at, true),
  };
};
