import type { Delivery, Trace } from '#shared/kernel/trace.ts';
import type { ContractPart, Escrow, EscrowStatus, Resolution, Wish } from '../domain/escrow.ts';
import type { JournalEntry } from '../domain/posting.ts';
import type { PublishedEvent } from './published-events.ts';

/** What may be charged for a job and what is then held. */
export type JobPayable = Readonly<{
  jobId: string;
  buyerId: string;
  payeeId: string;
  currency: string;
  parts: readonly ContractPart[];
  taxJurisdiction: string | null;
  payBy: string;
}>;

export type EscrowFilter = Readonly<{
  /** Buyer or payee of the hold; absent for staff. */
  partyId?: string;
  jobId?: string;
  status?: EscrowStatus;
  after?: Readonly<{ heldAt: string; id: string }>;
  limit: number;
}>;

/** What a change tells others; stored with it. */
export type Told = Readonly<{ messages: readonly PublishedEvent[]; trace: Trace }>;

/** `stale`: the hold, or what its payee owes, is no longer what was decided on. Decide again. */
export type Stored = 'done' | 'stale';

export interface Escrows {
  /** Takes over what a job asks to be paid; again changes nothing. */
  open(payable: JobPayable, delivery: Delivery): Promise<void>;
  /**
   * The hold, what its payee owes us in its currency, and what can still go back of its payment: neither
   * is negative.
   */
  find(
    id: string,
  ): Promise<Readonly<{ hold: Escrow; owedMinor: bigint; refundableMinor: bigint }> | undefined>;
  /** Newest first. */
  list(filter: EscrowFilter): Promise<readonly Escrow[]>;
  /**
   * Ends a hold once, in one transaction: its books, what is earned, what goes back with the timer that
   * sends it, and the warranty of the parts that wait for it.
   */
  resolve(hold: Escrow, resolution: Resolution, entry: JournalEntry, told: Told): Promise<Stored>;
  dispute(
    hold: Escrow,
    dispute: Readonly<{ id: string; by: string; as: 'buyer' | 'payee'; reason: string }>,
    told: Told,
  ): Promise<Stored>;
  /** Keeps what one administrator decided until another confirms it. */
  propose(hold: Escrow, wish: Wish, decidedBy: string): Promise<Stored>;
  /** The work is delivered: parts that wait for silence are released so many days later. */
  startClocks(
    jobId: string,
    partIds: readonly string[],
    deliveredAt: string,
    delivery: Delivery,
  ): Promise<void>;
}

/** Refunds of what holds gave back. */
export interface HoldRefunds {
  /**
   * Commits the refund `refundId` in place of the last one of the hold, which failed. `seen`: that one did
   * not fail, and is answered. `none`: nothing of the hold went back. `too_much`: a bank took it meanwhile.
   */
  retry(
    holdId: string,
    refundId: string,
    by: string,
  ): Promise<
    Readonly<{
      result: 'unknown' | 'none' | 'seen' | 'too_much' | 'requested';
      refundId: string | null;
    }>
  >;
}
