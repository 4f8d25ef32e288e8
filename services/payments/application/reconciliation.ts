import type { Money } from '#shared/kernel/money.ts';
import type { JournalEntry } from '../domain/posting.ts';

/** What a provider says that it moved. */
export type ProviderMovement = Readonly<{
  /** The provider's own name of it, one a movement. */
  reference: string;
  /** What it must be in our books: the cause of an entry; null where nothing of ours names it. */
  cause: Readonly<{ type: string; id: string }> | null;
  /** Positive: it came to us. */
  amount: Money;
  occurredAt: string;
  /** It went to a bank by hand, or came back from it; `payoutId` where it names a payout of ours. */
  withdrawal?: Readonly<{ payoutId: string | null }>;
}>;

/** The books of a provider as it shows them, read from the provider and never from copies of ours. */
export interface ProviderStatement {
  readonly provider: string;
  /**
   * At least every movement from `from` on and before `to`, each once, in any order, in pages. Throws
   * `ProviderUnclear` when the provider does not tell.
   */
  movements(from: Date, to: Date): AsyncIterable<readonly ProviderMovement[]>;
}

/** `booked`: a person had the movement posted to the books as what it is. */
export type DifferenceState = 'open' | 'explained' | 'corrected' | 'booked' | 'matched';

export type Difference = Readonly<{
  id: string;
  provider: string;
  /** `withdrawal`: it left the provider for a bank by hand; `payout`: likewise, by the name of a payout. */
  kind: 'missing_here' | 'missing_there' | 'amount_differs' | 'withdrawal' | 'payout';
  matter: string;
  reference: string | null;
  currency: string;
  providerMinor: bigint | null;
  bookedMinor: bigint | null;
  entryId: string | null;
  paymentId: string | null;
  payoutId: string | null;
  occurredAt: string;
  foundAt: string;
  state: DifferenceState;
  note: string | null;
  resolvedBy: string | null;
  resolvedAt: string | null;
}>;

export type Resolution = Readonly<{
  state: 'explained' | 'corrected' | 'booked';
  note: string;
  by: string;
}>;

export type ReconciliationRun = Readonly<{
  provider: string;
  from: string;
  to: string;
  movements: number;
  differences: number;
}>;

export interface Reconciliation {
  /** Where the last run of this provider ended. */
  lastEnd(provider: string): Promise<Date | undefined>;
  /** Holds movements against the entries of a period; answers how many matters differ. */
  run(
    request: Readonly<{
      provider: string;
      from: Date;
      to: Date;
      movements: readonly ProviderMovement[];
    }>,
  ): Promise<number>;
  /** The oldest first. */
  list(
    filter: Readonly<{
      state: DifferenceState;
      after?: Readonly<{ occurredAt: string; id: string }>;
      limit: number;
    }>,
  ): Promise<readonly Difference[]>;
  find(id: string): Promise<Difference | undefined>;
  /**
   * Settles an open difference, with the entry that books it in the same transaction; answers it as it is
   * then, or undefined when there is none.
   */
  resolve(
    id: string,
    how: Resolution,
    entry?: JournalEntry,
  ): Promise<Readonly<{ isSettled: boolean; difference: Difference }> | undefined>;
  /** Asks for the next run. */
  plan(at: Date): Promise<void>;
}
