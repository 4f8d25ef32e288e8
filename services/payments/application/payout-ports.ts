import type { Money } from '#shared/kernel/money.ts';
import type { Destination } from '../domain/destination.ts';
import type { Payable, Payout, PayoutState, PayoutStatus } from '../domain/payout.ts';
import type { JournalEntry } from '../domain/posting.ts';
import type { Stored, Told } from './escrow-ports.ts';

/**
 * Who brings money to a bank. A payout's id is the key of its transfer: the same key again is the same
 * transfer, and answers what became of the first.
 */
export interface PayoutRail {
  readonly name: string;
  /** False: nobody is called, a person carries a file to the bank and back. */
  readonly isAutomatic: boolean;
  /** Asks for a transfer. Throws `ProviderUnclear` when the outcome is not known. */
  send(
    request: Readonly<{ key: string; amount: Money; destination: Destination }>,
  ): Promise<PayoutState>;
  /** What became of the transfer of `key`; one that never came is made `void` and never will. */
  read(key: string): Promise<PayoutState>;
}

/** What somebody has, in one currency; amounts in minor units and not negative. */
export type Balance = Readonly<{
  currency: string;
  /** Captured, and its delivery is awaited. */
  pendingMinor: bigint;
  /** Held by guarantees for parts of jobs. */
  heldMinor: bigint;
  /** What a payout would pay now; negative while more is owed than is available. */
  payableMinor: bigint;
  availableMinor: bigint;
  owingMinor: bigint;
  disputedMinor: bigint;
  /** At the seller's own account with the provider already, of sales that are not settled yet. */
  collectedMinor: bigint;
  inTransitMinor: bigint;
}>;

/** A destination as it may be shown: never the number. */
export type ShownDestination = Readonly<{
  id: string;
  country: string;
  type: string;
  bankCode: string;
  last4: string;
  createdAt: string;
  usableAt: string;
}>;

/** One earning or reversal that a payout listed. */
export type PaidTransfer = Readonly<{
  id: string;
  kind: string;
  orderId: string | null;
  jobId: string | null;
  grossMinor: bigint;
  commissionMinor: bigint;
  taxMinor: bigint;
  netMinor: bigint;
  earnedAt: string;
}>;

export type PayoutFilter = Readonly<{
  /** Absent for staff. */
  sellerId?: string;
  status?: PayoutStatus;
  after?: Readonly<{ createdAt: string; id: string }>;
  limit: number;
}>;

export type Batch = Readonly<{
  id: string;
  currency: string;
  payoutCount: number;
  totalMinor: bigint;
  createdBy: string;
  createdAt: string;
}>;

export interface Payouts {
  balances(accountId: string): Promise<readonly Balance[]>;
  /** What may be paid out, all of it seen at one moment. */
  payable(sellerId: string, currency: string): Promise<Payable>;
  /** Sellers and currencies with something to pay out, whose destination can be used. */
  due(now: Date): Promise<readonly Readonly<{ sellerId: string; currency: string }>[]>;
  /** Claims exactly the rows of `payable`, once a payout's id; `stale` when they are not what they were. */
  request(
    payout: Readonly<{
      id: string;
      payable: Payable;
      amountMinor: bigint;
      rail: string;
      requestedBy: string;
    }>,
    entry: JournalEntry,
    told: Told,
  ): Promise<Stored>;
  find(id: string): Promise<Payout | undefined>;
  /** Those of a batch, or of these ids. */
  findAll(ids: readonly string[]): Promise<readonly Payout[]>;
  transfersOf(payoutId: string): Promise<readonly PaidTransfer[]>;
  /** Newest first. */
  list(filter: PayoutFilter): Promise<readonly Payout[]>;
  settle(
    payout: Payout,
    outcome: Readonly<{
      status: Exclude<PayoutStatus, 'requested'>;
      reference: string | null;
      failure: string | null;
      settledBy: string | null;
    }>,
    entry: JournalEntry | undefined,
    told: Told,
  ): Promise<Stored>;
  /** Looks at a payout again after `delayMs`. */
  checkAgain(id: string, delayMs: number): Promise<void>;

  /** Puts what waits for a file into one; undefined when nothing does. The payouts of `by` are left out. */
  makeBatch(id: string, rail: string, currency: string, by: string): Promise<Batch | undefined>;
  findBatch(id: string): Promise<Batch | undefined>;
  batches(limit: number): Promise<readonly Batch[]>;
  payoutsOfBatch(id: string): Promise<readonly Payout[]>;
}

export interface Destinations {
  current(accountId: string): Promise<ShownDestination | undefined>;
  /** Seals and keeps it in place of the one before; again with the same id changes nothing. */
  change(
    id: string,
    accountId: string,
    destination: Destination,
    when: Readonly<{ changedAt: Date; usableAt: Date }>,
    told: Told,
  ): Promise<void>;
  /** Seals with the installation's secret whatever a former one sealed; called at start. */
  sealAnew(): Promise<void>;
  /** Opens what is sealed: for a rail, and for nothing else. */
  open(ids: readonly string[]): Promise<ReadonlyMap<string, Destination>>;
}
