import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useLoaded, type Loaded } from '../../kit/use-request.ts';

export type Range = Readonly<{ from: string; to: string }>;
export type Figures = AnswerOf<'/api/v1/admin/analytics', 'get'>;
export type Part = Figures['items'][number];

type Cut = Readonly<{ metric?: 'sales' | 'funnel' | 'buyers' | 'reversals' }> &
  Readonly<{ by?: 'day' | 'product' | 'region' | 'hour' }>;

/** What one day had, beside the day that is as many days before as the range has. */
export type Point = Readonly<{
  day: string;
  amount: string;
  orders: number;
  previousAmount: string;
  previousOrders: number;
}>;

const dayMs = 86_400_000;

/** How many days a range has, its ends among them. */
export const daysOf = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / dayMs + 1;

/** Figures of a range and of as many days before, in one question. */
export const useFigures = ({ from, to }: Range, cut: Cut): Loaded<Figures> => {
  const query = { from, to, ...cut };
  return useLoaded(['admin', 'analytics', query], (signal) =>
    browserApi().GET('/api/v1/admin/analytics', { params: { query }, signal }),
  );
};

export const useSales = (range: Range) => {
  const loaded = useFigures(range, { by: 'day' });
  const { data } = loaded;
  return {
    ...loaded,
    data: data && {
      currency: data.currency,
      points: data.items.map((item): Point => ({
        day: item.key,
        amount: item.amount,
        orders: item.orders,
        previousAmount: item.previous_amount,
        previousOrders: item.previous_orders,
      })),
    },
  };
};

/** `0` where nothing can be divided by. */
export const averageOf = (amount: string, orders: number): string =>
  orders === 0 ? '0' : (Number(amount) / orders).toFixed(2);
