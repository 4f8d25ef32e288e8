import {
  CircleCheck,
  CircleX,
  Clock3,
  CreditCard,
  PackageCheck,
  RotateCcw,
  Truck,
  type LucideIcon,
} from 'lucide-react';
import type { Tone } from '../kit/feedback.tsx';

/** How each state of an order is shown: its colour never alone. */
export const orderStates: Readonly<Record<string, readonly [Tone, LucideIcon]>> = {
  pending: ['neutral', Clock3],
  awaiting_payment: ['warning', Clock3],
  paid: ['info', CreditCard],
  shipped: ['info', Truck],
  delivered: ['success', PackageCheck],
  cancelled: ['neutral', CircleX],
  failed: ['danger', CircleX],
  refunded: ['neutral', RotateCcw],
  partially_refunded: ['neutral', RotateCcw],
};

/** What happened to an order, by the name of its event. */
export const orderEvents: Readonly<Record<string, LucideIcon>> = {
  OrderPlaced: CircleCheck,
  StockConfirmed: CircleCheck,
  StockRefused: CircleX,
  PaymentRequested: CreditCard,
  OrderPaid: CreditCard,
  PaymentRefused: CircleX,
  OrderShipped: Truck,
  OrderDelivered: PackageCheck,
  OrderCancelled: CircleX,
  RefundRequested: RotateCcw,
  OrderRefunded: RotateCcw,
};
