import { browserApi } from '../../api/client.ts';
import { useLoaded } from '../../kit/use-request.ts';
import type { Point } from './sales-chart.tsx';

const dayMs = 86_400_000;

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);

/** How many days a range has, its ends among them. */
export const daysOf = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** The days of a range with as many before, in one question; split where the range begins. */
export const useSales = (from: string, to: string) => {
  const days = daysOf(from, to);
  const query = { from: daysBefore(from, days), to, by: 'day' as const };
  const loaded = useLoaded(['admin', 'analytics', query], (signal) =>
    browserApi().GET('/api/v1/admin/analytics', { params: { query }, signal }),
  );
  const { data } = loaded;
  const all: readonly Point[] = (data?.items ?? []).map(({ key, amount, orders }) => ({
    day: key,
    amount,
    orders,
  }));
  return {
    ...loaded,
    data: data && {
      currency: data.currency,
      previous: all.slice(0, -days),
      points: all.slice(-days),
    },
  };
};
