import { withOneSpace } from './money.ts';

type Place = Readonly<{ locale: string; timeZone: string }>;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (
  { locale, timeZone }: Place,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat => {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formats.set(key, format);
  return format;
};

/** Only the narrow spaces differ between versions of ICU; ordinary ones may wrap. */
const settle = (text: string): string => text.replaceAll(/[\u2009\u202f]/g, '\u00a0');

/** `22 nov 2026, 1:05 p. m.`, in the zone of the shop. */
export const formatDateTime = (at: string, place: Place): string =>
  settle(formatOf(place, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)));

export const formatDate = (at: string, place: Place): string =>
  settle(formatOf(place, { dateStyle: 'medium' }).format(new Date(at)));

/** Weekday and date, as a promise names its day: `martes, 24 de noviembre`. */
export const formatDay = (at: string, place: Place): string =>
  settle(formatOf(place, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at)));

export const formatRange = (from: string, to: string, place: Place): string =>
  settle(formatOf(place, { dateStyle: 'medium' }).formatRange(new Date(from), new Date(to)));

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const relativeWithinMs = 7 * dayMs;

/** `hace 3 horas`; undefined a week ago and earlier, where the date says more. */
export const formatRelative = (at: string, now: number, locale: string): string | undefined => {
  const ms = new Date(at).getTime() - now;
  const size = Math.abs(ms);
  if (size >= relativeWithinMs) return undefined;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const text =
    size < minuteMs
      ? format.format(0, 'second')
      : size < hourMs
        ? format.format(Math.trunc(ms / minuteMs), 'minute')
        : size < dayMs
          ? format.format(Math.trunc(ms / hourMs), 'hour')
          : format.format(Math.trunc(ms / dayMs), 'day');
  return withOneSpace(text);
};
