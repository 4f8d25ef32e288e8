const dayMs = 86_400_000;

/** How far the shop's clock is ahead of UTC at a moment. */
const aheadMs = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
};

/** The moment at which a day of the shop ends; undefined for what is no day. */
export const endOfDay = (day: string, timeZone: string): string | undefined => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(midnight)) return undefined;
  const next = midnight + dayMs;
  return new Date(next - aheadMs(next, timeZone)).toISOString();
};
