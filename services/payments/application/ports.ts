import type { Money } from '#shared/kernel/money.ts';
import type { Delivery, Trace } from '#shared/kernel/trace.ts';
import type {
  ChargeState,
  LineQuantity,
  Payment,
  PaymentStatus,
  Refund,
  RefundedLine,
  Share,
} from '../domain/payment.ts';
import type { JournalEntry } from '../domain/posting.ts';
import type { ProviderCapabilities } from './provider-ports.ts';
import type { SoldLine, TakenBack } from '../domain/sale.ts';
import type { PublishedEvent } from './published-events.ts';

export type Payable = Readonly<{
  orderId: string;
  number: string;
  buyerId: string;
  amount: Money;
  /** They add up to the amount; a variant stands there once. */
  lines: readonly PayableLine[];
  payBy: string;
}>;

export type PayableLine = Readonly<{
  variantId: string;
  productId: string | null;
  sellerId: string;
  /** The product's category and those above it, the nearest first. */
  categoryIds: readonly string[];
  quantity: number;
  /** What the buyer pays, tax included. */
  amountMinor: bigint;
  taxMinor: bigint;
}>;

/** The provider did not answer in time, or not in a way that tells: nothing is known. */
export class ProviderUnclear extends Error {
  override readonly name = 'ProviderUnclear';
}

/**
 * Who moves the money. Every mutation carries a key that never changes: the same key again is the
 * same charge or refund, and answers what the first one did.
 */
export interface PaymentProvider {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  /** Whether a card of this number can be charged at all; asked before an intent is made. */
  accepts(cardNumber: string): boolean;
  /** Charges at once. Throws `ProviderUnclear` when the outcome is not known. */
  charge(
    request: Readonly<{ key: string; amount: Money; cardNumber: string }>,
  ): Promise<ChargeState>;
  /**
   * What became of the charge of `key`. A charge that never reached the provider is made `void`:
   * one that is still on its way will be refused.
   */
  read(key: string): Promise<ChargeState>;
  /** Pays back part of a charge. Throws `ProviderUnclear` when the outcome is not known. */
  refund(
    request: Readonly<{ key: string; chargeKey: string; amount: Money; provider: string }>,
  ): Promise<
    Readonly<
      | { is: 'completed'; reference: string }
      /** It works on it, or will: ask again with the same key. */
      | { is: 'pending' }
      | { is: 'refused'; reason: string }
    >
  >;
}

/** What one settled change stores besides the payment itself. */
export type Settlement = Readonly<{
  entry?: JournalEntry;
  messages: readonly PublishedEvent[];
  trace: Trace;
}>;

/** What a payment is of. */
export type PaymentSubject =
  | Readonly<{ orderId: string; jobId?: never }>
  | Readonly<{ jobId: string; orderId?: never }>;

export type CreatedPayment =
  | Readonly<{ result: 'created' | 'exists'; payment: Payment }>
  | Readonly<{ result: 'unknown' | 'closed'; payment?: never }>;

export type PaymentListFilter = Readonly<{
  buyerId?: string;
  orderId?: string;
  status?: PaymentStatus;
  after?: Readonly<{ createdAt: string; id: string }>;
  limit: number;
}>;

export type RefundListFilter = Readonly<{
  status?: Refund['status'];
  after?: Readonly<{ createdAt: string; id: string }>;
  limit: number;
}>;

export interface Payments {
  /** Takes over what orders asks to be paid and freezes its commission; again changes nothing. */
  open(payable: Payable, delivery: Delivery): Promise<void>;
  /** The order has ended: no new payment of it begins, in whatever order the messages come. */
  close(orderId: string, delivery: Delivery): Promise<void>;
  /** Commits the intent to charge, with the timer that asks the provider when we die. */
  create(
    request: PaymentSubject &
      Readonly<{
        id: string;
        buyerId: string;
        provider: string;
        card: Readonly<{ brand: string; last4: string }>;
      }>,
  ): Promise<CreatedPayment>;
  find(id: string): Promise<Payment | undefined>;
  list(filter: PaymentListFilter): Promise<readonly Payment[]>;
  /** Stores an outcome unless the payment has one already, and answers the payment as it is then. */
  settle(
    id: string,
    outcome: Readonly<{
      status: 'completed' | 'failed' | 'cancelled';
      reference: string | null;
      failure: string | null;
    }>,
    settlement: Settlement,
  ): Promise<Payment>;
  /** Asks for another look at the payment after `delayMs`. */
  checkAgain(id: string, delayMs: number): Promise<void>;
  /**
   * Commits the intent to refund `amountMinor`, or `lines`, or all that is left. Answers `seen` for a
   * repeated id or delivery, and what could be refunded when it is too much. Pieces of a line cost
   * their part of it, rounded down for all that went back, and at most what is left of it. `restock`
   * is kept with it, for when it is completed.
   */
  requestRefund(
    request: Readonly<{
      id: string;
      paymentId: string;
      amountMinor: bigint | null;
      lines?: readonly LineQuantity[];
      restock?: readonly LineQuantity[];
      reason: string;
      requestedBy: string;
      delivery?: Delivery;
    }>,
  ): Promise<Readonly<{ result: RefundRequestResult; refundableMinor: bigint }>>;
  /** A payment with the lines that it paid for. */
  findSale(
    paymentId: string,
  ): Promise<Readonly<{ payment: Payment; lines: readonly SoldLine[] }> | undefined>;
  /** The provider works on the refund: asks for another look at it after `delayMs`. */
  refundIsPending(id: string, delayMs: number): Promise<void>;
  findRefund(id: string): Promise<Refund | undefined>;
  refundsOf(paymentId: string): Promise<readonly Refund[]>;
  /** Of all payments, newest first. */
  listRefunds(filter: RefundListFilter): Promise<readonly Refund[]>;
  /** Stores a refund's outcome once; `stale` when the payment changed since `version`. */
  settleRefund(
    id: string,
    version: number,
    outcome: Readonly<{
      isCompleted: boolean;
      reference: string | null;
      failure: string | null;
      shares: readonly Share[] | null;
      lines?: readonly RefundedLine[];
      takenBack?: readonly TakenBack[];
      takenAtSellerMinor?: bigint;
    }>,
    settlement: Settlement,
  ): Promise<'settled' | 'seen' | 'stale'>;
}

/** `too_many`: more pieces than are left of a line; `unknown_line`: a variant that was not sold. */
export type RefundRequestResult =
  | 'requested'
  | 'seen'
  | 'unknown'
  | 'too_much'
  | 'too_many'
  | 'unknown_line';

export interface Earnings {
  /**
   * What the sellers delivered (null: all of the order) is theirs now, less commission and its tax.
   * Before the capture it is noted, and earned with it. Again it changes nothing: one round trip.
   */
  earn(
    delivered: Readonly<{
      orderId: string;
      sellerIds: readonly string[] | null;
      deliveredAt: string;
    }>,
    delivery?: Delivery,
  ): Promise<void>;
}

export interface OpenPayments {
  /** Payments of the account, and refunds of them, that have not ended. */
  count(accountId: string): Promise<number>;
}
