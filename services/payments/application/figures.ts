import type { Money } from '#shared/kernel/money.ts';

export type PaymentFigures = Readonly<{
  /** Asked for, and not answered by the provider yet. */
  refundsWaiting: number;
  refundsFailed: number;
  /** What went back within thirty days, by currency. */
  refunded: readonly Readonly<{ amount: Money; count: number }>[];
  disputesOpen: number;
  /** What a person has to look at. */
  alertsOpen: number;
}>;

export interface ReadPaymentFigures {
  read(): Promise<PaymentFigures>;
}
