const dayMs = 86_400_000;

/** How far the clocks of a zone are ahead at a moment. */
const aheadMs = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
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
  return shown - at;
};

/** The moment a day (`2026-11-22`) begins in a zone; `daysLater` days after it. */
export const startOfDay = (day: string, timeZone: string, daysLater = 0): string => {
  const midnight = Date.parse(`${day}T00:00:00Z`) + daysLater * dayMs;
  return new Date(midnight - aheadMs(midnight, timeZone)).toISOString();
};

/** The day that it is in a zone, some days ago. */
export const dayOf = (at: number, timeZone: string, daysAgo = 0): string => {
  const local = at + aheadMs(at, timeZone) - daysAgo * dayMs;
  return new Date(local).toISOString().slice(0, 10);
};

/** Whether something is a day as a field of the browser gives it. */
export const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
