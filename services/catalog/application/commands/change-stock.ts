import type { Cause, Stock, StockKind, StockLevel } from '../ports.ts';

export type ChangeStock = Readonly<{
  /** The same for a request and its repetitions: it is booked once. */
  operationId: string;
  productId: string;
  variantId?: string;
  /** Positive to add, negative to take away. */
  difference: number;
  kind: StockKind;
}>;

export type ChangeStockHandler = (command: ChangeStock, cause: Cause) => Promise<StockLevel>;

export const createChangeStock =
  ({ stock }: Readonly<{ stock: Stock }>): ChangeStockHandler =>
  (command, cause) =>
    stock.adjust(command, cause);
